import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, places, resized, toggled, unsized } from '../../../src/model/columns.ts';

const COLUMNS: Column[] = [
  { name: 'time', width: 96, least: 60, stays: true },
  { name: 'type', width: 88, least: 40, leaves: 2 },
  { name: 'size', width: 56, least: 40, leaves: 1 },
  { name: 'data', width: 120, least: 60, stays: true },
];
const NONE = { hidden: [], widths: {} };
const laid = (room: number, columns = NONE as Parameters<typeof places>[1]) =>
  places(COLUMNS, columns, room).map(({ name, width }) => `${name} ${width}`);

describe('columns', () => {
  test('are as they come where there is room; the last one takes the rest', () => {
    expect(laid(500)).toEqual(['time 96', 'type 88', 'size 56', 'data 260']);
  });

  test('get narrower where there is little, and leave where there is less', () => {
    expect(laid(250)).toEqual(['time 78', 'type 64', 'size 48', 'data 60']);
    expect(laid(180)).toEqual(['time 68', 'type 51', 'data 61']);
    expect(laid(130)).toEqual(['time 70', 'data 60']);
  });

  test('are as the user wants them', () => {
    expect(laid(500, { hidden: ['type', 'time'], widths: { size: 200 } })).toEqual(['time 96', 'size 200', 'data 204']);
  });

  test('fill their table and never become narrower than they may', () => {
    const wanted = fc.record({
      hidden: fc.subarray(['time', 'type', 'size', 'data', 'gone']),
      widths: fc.dictionary(fc.constantFrom('time', 'type', 'size', 'data'), fc.integer({ min: -10, max: 5000 })),
    });
    fc.assert(
      fc.property(wanted, fc.integer({ min: 0, max: 3000 }), (columns, room) => {
        const shown = places(COLUMNS, columns, room);
        for (const { name, width } of shown) {
          expect(width).toBeGreaterThanOrEqual(COLUMNS.find((one) => one.name === name)?.least ?? 0);
        }
        const sum = shown.reduce((all, { width }) => all + width, 0);
        expect(sum).toBe(Math.max(room, 120));
        expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(['time', 'data']));
      }),
    );
  });

  test('are changed one at a time', () => {
    const [time] = COLUMNS;
    if (!time) return;
    expect(resized(NONE, time, 99.6)).toEqual({ hidden: [], widths: { time: 100 } });
    expect(resized(NONE, time, 3)).toEqual({ hidden: [], widths: { time: 60 } });
    expect(unsized({ hidden: ['type'], widths: { time: 99, size: 5 } }, 'time')).toEqual({
      hidden: ['type'],
      widths: { size: 5 },
    });
    expect(toggled(toggled(NONE, 'size'), 'type').hidden).toEqual(['size', 'type']);
    expect(toggled({ hidden: ['size', 'type'], widths: {} }, 'size').hidden).toEqual(['type']);
  });
});
