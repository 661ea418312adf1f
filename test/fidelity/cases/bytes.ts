import type { Fault } from '../../../src/protocol/command.ts';
import { eventOf, type Feed } from '../../lab/feed.ts';
import type { Misbehaviour, Misbehaviours } from '../../lab/misbehaviour.ts';
import type { FidelityCase } from '../case.ts';
import { AFTER_THREE, AT, LOST, RETRY, THREE, whoCloses } from './plan.ts';

/** Faults of what a connection brings. */

const fresh = { mode: 'new', feed: THREE, until: 3 } as const;

/** Two events in the silence, two behind it. */
const THROUGH: Feed = { at: [...THREE.at, 900, 1000, 1900, 2000], retry: RETRY };
const SILENCE = { from: AT, to: AT + 1000 } as const;
const silence = (arrives: 'never' | 'late') => ({ fault: { type: 'silence', duration: 1000, arrives } }) as const;

const SILENCES: FidelityCase[] = (
  [
    ['never', 'lost', 5, 5, 6],
    ['late', 'late', 7, 8, 8],
  ] as const
).flatMap(([arrives, what, managed, observed, ended]): FidelityCase[] => [
  {
    ...{ fault: 'silence', variation: `1000 ms, ${what}`, mode: 'managed', feed: THROUGH, until: managed },
    ...{ moment: AFTER_THREE, order: silence(arrives) },
    real: [{ type: 'mute', ...SILENCE, what }],
  },
  {
    ...{
      fault: 'silence',
      variation: `1000 ms, ${what}`,
      mode: 'observed',
      until: observed,
    },
    ...{ feed: { at: [...THREE.at, 1500, 1600] }, moment: AFTER_THREE, order: silence(arrives) },
    // From the first byte of the connection that follows the reset: Firefox is not open before there is one.
    real: [...LOST, { type: 'mute', from: 0, to: 1000, what, first: 2, last: 2 }],
    inherent: [whoCloses(1)],
  },
  {
    ...{
      fault: 'silence',
      variation: `1000 ms, ${what}, the server ends in it`,
      mode: 'managed',
      until: ended,
    },
    ...{ feed: { at: [...THREE.at, 700, 750], retry: RETRY }, moment: AFTER_THREE, order: silence(arrives) },
    real: [
      { type: 'mute', ...SILENCE, what, last: 1 },
      { type: 'end', at: 1000, last: 1 },
    ],
    forced: [{ type: 'end', at: 1000, last: 1 }],
    inherent: [
      {
        ...{ side: 'server', index: 1, field: 'life', real: '', forced: '' },
        why: 'the server has ended long before the page may know',
      },
    ],
  },
]);

const paced = (variation: string, fault: Fault, real: Misbehaviour, seed = 0): FidelityCase => ({
  ...{ ...fresh, fault: fault.type, variation, order: { fault, seed }, real: [real] },
});

const PACES: FidelityCase[] = [
  paced('500 ms', { type: 'delay', delay: 500, jitter: 0 }, { type: 'late', delay: 500, jitter: 0, seed: 0 }),
  {
    ...paced(
      '800 ± 700 ms by seed',
      { type: 'delay', delay: 800, jitter: 700 },
      { type: 'late', delay: 800, jitter: 700, seed: 3 },
      3,
    ),
    feed: { at: [100, 600, 1100, 1600, 2100], retry: RETRY },
    until: 5,
  },
  paced('100 bytes a second', { type: 'throttle', rate: 100 }, { type: 'slow', rate: 100 }),
  {
    ...paced('every 700 ms', { type: 'burst', every: 700 }, { type: 'buffered', every: 700 }),
    feed: { at: [100, 200, 300, 800, 900, 1000], retry: RETRY },
    until: 6,
  },
];

const BEGINNING = Buffer.byteLength(`retry: ${RETRY}\n\n${eventOf(THREE, 1)}`);
const SNOWMAN = Buffer.byteLength('id: 2\ndata: event 2 ') + 1;

const CUTS: FidelityCase[] = (
  [
    ['after 2 events', 'events', 2, false, 5],
    ['in the middle of the 3rd event', 'events', 2, true, 5],
    ['in the middle of the 1st event', 'events', 0, true, 3],
    ['in the middle of a character of UTF-8', 'bytes', BEGINNING + SNOWMAN, false, 4],
    ['after the last byte of an event', 'bytes', BEGINNING, false, 4],
  ] as const
).map(([variation, unit, after, inside, until]) => ({
  ...{ ...fresh, fault: 'cut', variation, until, order: { fault: { type: 'cut', unit, after, inside }, times: 1 } },
  real: [{ type: 'cut short', unit, after, inside, last: 1 }],
  inherent: [whoCloses(1)],
}));

const KEPT: Feed = { at: [100, 600, 2200], retry: RETRY };
/** The standard's way to keep a connection: a comment, which fires nothing. */
const COMMENTS: Misbehaviours = [900, 1400, 1900].map((at) => ({
  type: 'block',
  at,
  text: ': still here\n\n',
  last: 1,
}));
const idle = { fault: { type: 'cut', idle: 800 }, times: 1 } as const;

const IDLE_CUTS: FidelityCase[] = [
  {
    ...{ ...fresh, fault: 'cut', variation: 'after 800 ms without a byte', until: 6, order: idle },
    real: [{ type: 'idle', most: 800, last: 1 }],
    inherent: [whoCloses(1)],
  },
  {
    ...{ fault: 'cut', variation: 'after 800 ms without a byte', mode: 'managed', until: 6 },
    ...{ feed: THREE, moment: AFTER_THREE, order: idle },
    // The time begins with the fault.
    real: [{ type: 'cut', at: AT + 800, last: 1 }],
    inherent: [whoCloses(1)],
  },
  {
    ...{ ...fresh, fault: 'cut', variation: 'after 800 ms without a byte, comments keep it', until: 6, order: idle },
    feed: KEPT,
    real: [...COMMENTS, { type: 'idle', most: 800, last: 1 }],
    forced: COMMENTS,
    inherent: [whoCloses(1)],
  },
];

/** Two connections with these, which the server ends, and then a 204: so it shows that there is no more. */
const EIGHT: Feed = { at: [50, 100, 150, 200, 250, 300, 350, 400], retry: RETRY };
const ENDING = [
  { type: 'end', at: 700, last: 2 },
  { type: 'answer', status: 204, contentType: '', first: 3 },
] as const;
const damaged = { mode: 'new', feed: EIGHT, until: 'closed', forced: ENDING } as const;

const DAMAGES: FidelityCase[] = (
  [
    ['drop', 'lose'],
    ['duplicate', 'repeat'],
    ['reorder', 'swap'],
  ] as const
).flatMap(([type, real]) =>
  (
    [
      [0.5, 7],
      [0.5, 11],
      [1, 1],
    ] as const
  ).map(
    ([probability, seed]): FidelityCase => ({
      ...{ ...damaged, fault: type, variation: `${probability * 100} %, seed ${seed}` },
      order: { fault: { type, probability }, seed },
      real: [{ type: real, probability, seed }, ...ENDING],
    }),
  ),
);

export const BYTES: FidelityCase[] = [...SILENCES, ...PACES, ...CUTS, ...IDLE_CUTS, ...DAMAGES];
