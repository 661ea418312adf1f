import { expect, test } from 'vitest';
import { applyWitness, type Witness } from '../../../src/model/witness.ts';
import { hear, logOf, story } from '../../support/story.ts';

test('goes on when the app closes its source: that is when it is needed', () => {
  const told = story('construct /a · connect · announce · dispatch 1');
  const witnessed = { type: 'witnessed', event: 'message', data: '2', size: 1, lastEventId: '2' } as const;
  const records = [{ type: 'witness', phase: 'open', status: 200 }, { type: 'close' }, witnessed] as const;
  told.entries.push(...records.map((record, index) => ({ seq: 5 + index, time: 500 + index, source: 1, record })));
  const log = logOf();
  hear(log, told);
  expect(log.sources).toMatchObject([
    {
      state: 'closed',
      witnesses: [{ from: 500, phase: 'open', status: 200, events: [{ lastEventId: '2', time: 502 }] }],
    },
  ]);
});

test('that was lost on the way is assumed, and one that opens begins anew', () => {
  const witnesses: Witness[] = [];
  applyWitness(witnesses, { type: 'witnessed', event: 'message', data: '1', size: 1, lastEventId: '' }, 10);
  applyWitness(witnesses, { type: 'witness', phase: 'end' }, 20);
  applyWitness(witnesses, { type: 'witness', phase: 'refused', status: 429 }, 30);
  applyWitness(witnesses, { type: 'witness', phase: 'open' }, 40);
  expect(witnesses.map(({ from, to, phase, status, events }) => [from, to, phase, status, events.length])).toEqual([
    [10, 20, 'end', undefined, 1],
    [30, 30, 'refused', 429, 0],
    [40, undefined, 'open', undefined, 0],
  ]);
});
