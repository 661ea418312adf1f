import type { Fault } from '../../../src/protocol/command.ts';
import type { Feed } from '../../lab/feed.ts';
import type { FidelityCase } from '../case.ts';
import { AFTER_THREE, AT, RETRY, THREE, whoCloses } from './plan.ts';

/** Resets by chance, and events of the user's own. */

/** More than a second between what follows a reset and the next one. */
const WHILE = { least: 2000, most: 2700 };
const ONE: Feed = { at: [50], retry: RETRY };

export const CHAOS: FidelityCase[] = [
  ...[7, 11].map(
    (seed): FidelityCase => ({
      ...{ fault: 'chaos', variation: `seed ${seed}`, mode: 'new', feed: ONE, until: 4 },
      order: { fault: { type: 'chaos', ...WHILE }, seed },
      real: [{ type: 'resets', at: 0, ...WHILE, seed }],
      inherent: [1, 2, 3].map(whoCloses),
    }),
  ),
  {
    ...{
      fault: 'chaos',
      variation: 'seed 3',
      mode: 'managed',
      feed: ONE,
      until: 3,
      moment: { events: 1, wait: AT - 50 },
    },
    order: { fault: { type: 'chaos', ...WHILE }, seed: 3 },
    real: [{ type: 'resets', at: AT, ...WHILE, seed: 3 }],
    inherent: [1, 2].map(whoCloses),
  },
];

type Inject = Extract<Fault, { type: 'inject' }>;

/** The page listens for both. */
const TYPED: Feed = { at: [...THREE.at, 900], retry: RETRY, types: ['message', 'notice'] };

/** Behind it an event of the server's own, or its end and another connection. */
const inject = (
  mode: 'managed' | 'observed',
  variation: string,
  fault: Omit<Inject, 'type'>,
  text: string,
): FidelityCase => ({
  ...{ fault: 'inject', variation, mode, feed: TYPED, until: 5, moment: AFTER_THREE },
  order: { fault: { type: 'inject', ...fault } },
  real: [{ type: 'block', at: AT, text }],
});

const PLAIN = [
  // [spec] A line with an empty value puts a line end into the data buffer, which is not empty then, and is taken off again.
  ['empty data', { event: 'notice', data: '' }, 'event: notice\ndata: \n\n'],
  ['two empty lines', { data: '\n' }, 'data\ndata\n\n'],
  ['data', { data: 'mine' }, 'data: mine\n\n'],
  ['type and data of two lines', { event: 'notice', data: 'mine\n☃💥' }, 'event: notice\ndata: mine\ndata: ☃💥\n\n'],
] as const;

const LASTING = { id: 'mine', retry: 1300, data: 'with an id' };
const LASTING_BLOCK = 'id: mine\nretry: 1300\ndata: with an id\n\n';

export const INJECTIONS: FidelityCase[] = [
  ...PLAIN.map(([variation, fault, text]) => inject('managed', variation, fault, text)),
  ...PLAIN.map(([variation, fault, text]) => inject('observed', variation, fault, text)),
  {
    ...inject('managed', 'no data: no event', { event: 'notice' }, 'event: notice\n\n'),
    until: 4,
  },
  {
    ...inject('managed', 'id and retry:, then the server ends', LASTING, LASTING_BLOCK),
    ...{ feed: THREE, until: 7 },
    real: [
      { type: 'block', at: AT, text: LASTING_BLOCK, last: 1 },
      { type: 'end', at: 900, last: 1 },
    ],
    forced: [{ type: 'end', at: 900, last: 1 }],
  },
  {
    ...inject('observed', 'id and retry:, then the server ends', LASTING, LASTING_BLOCK),
    ...{ feed: { at: [200, 300, 400] }, until: 10 },
    moment: { events: 3, wait: 200 },
    // What is the browser's knows no id of ours: it becomes ours by a reset, and the event comes first on what follows.
    real: [
      { type: 'reset', at: 600, last: 1 },
      { type: 'block', at: 20, text: LASTING_BLOCK, first: 2, last: 2 },
      { type: 'end', at: 700, first: 2, last: 2 },
    ],
    forced: [{ type: 'end', at: 700, first: 2, last: 2 }],
    inherent: [whoCloses(1)],
  },
];
