import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inTurns } from '../../../src/devtools/turns.ts';

/** Until a message that is sent now has come: a turn of the event loop later. */
const turn = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });

test('takes at once what is little, and the rest turn by turn', async () => {
  const turns: number[][] = [];
  let isTaking = false;
  const { add } = inTurns<number>(
    (item) => {
      if (!isTaking) {
        turns.push([]);
        // Before anything else is done, a turn is over.
        queueMicrotask(() => {
          isTaking = false;
        });
      }
      isTaking = true;
      turns.at(-1)?.push(item);
    },
    (item) => item,
    10,
  );
  for (const item of [4, 7, 3, 8, 1]) add(item);
  expect(turns).toEqual([[4, 7]]);
  await vi.waitFor(() => expect(turns).toEqual([[4, 7], [3, 8], [1]]));
});

test('takes all that waits when it has to be', async () => {
  const taken: number[] = [];
  const { add, flush } = inTurns<number>(
    (item) => taken.push(item),
    (item) => item,
    1,
  );
  for (const item of [1, 2, 3]) add(item);
  flush();
  expect(taken).toEqual([1, 2, 3]);
  await turn();
  add(4);
  expect(taken).toEqual([1, 2, 3, 4]);
});

test('loses nothing, takes nothing twice, and keeps the order, whatever comes when', async () => {
  const items = fc.array(
    fc.record({ size: fc.integer({ min: 0, max: 30 }), waits: fc.boolean(), flushes: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(items, async (list) => {
      const taken: number[] = [];
      const turns = inTurns<number>(
        (item) => taken.push(item),
        (item) => list[item]?.size ?? 0,
        20,
      );
      for (const [item, { waits, flushes }] of list.entries()) {
        turns.add(item);
        if (waits) await turn();
        if (flushes) turns.flush();
      }
      for (let n = 0; n <= list.length; n++) await turn();
      expect(taken).toEqual(list.map((_, item) => item));
    }),
  );
});
