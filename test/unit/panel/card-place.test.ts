import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeCard } from '../../../src/panel/card-place.ts';

const px = (value: string | undefined) => Number.parseFloat(value ?? 'NaN');
const window = { width: 1400, height: 760 };

describe('a card', () => {
  test('stands above its lane where there is room, else below', () => {
    expect(placeCard({ x: 700, top: 300, bottom: 334, facts: 4, ...window })).toMatchObject({ bottom: '466px' });
    expect(placeCard({ x: 700, top: 77, bottom: 111, facts: 4, ...window })).toMatchObject({ top: '117px' });
  });

  test('is in the window and never over its lane, however small that is', () => {
    const ground = fc.record({
      x: fc.integer({ min: 0, max: 2000 }),
      top: fc.integer({ min: 0, max: 900 }),
      lane: fc.constantFrom(20, 34, 48),
      facts: fc.integer({ min: 0, max: 4 }),
      width: fc.integer({ min: 320, max: 2000 }),
      below: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(ground, ({ x, top, lane, facts, width, below }) => {
        const bottom = top + lane;
        const height = bottom + below;
        const style = placeCard({ x: Math.min(x, width), top, bottom, facts, width, height });
        expect(px(style['left'])).toBeGreaterThanOrEqual(0);
        expect(px(style['left']) + px(style['width'])).toBeLessThanOrEqual(width);
        const room = px(style['maxHeight']);
        if (style['top'] !== undefined) {
          expect(px(style['top'])).toBeGreaterThanOrEqual(bottom);
          expect(room === 0 || px(style['top']) + room <= height).toBe(true);
        } else {
          expect(height - px(style['bottom'])).toBeLessThanOrEqual(top);
          expect(room === 0 || height - px(style['bottom']) - room >= 0).toBe(true);
        }
      }),
    );
  });
});
