import type { Feed } from '../../lab/feed.ts';
import type { FidelityCase } from '../case.ts';
import { AFTER_THREE, AT, LATER, LOST, LOST_LATER, RETRY, THREE, whatAnswered, whoCloses } from './plan.ts';

/** Whom a fault is for, and when it is over: a pattern, another origin, an app that reconnects by itself, its undo. */

const managed = { mode: 'managed', feed: THREE, moment: AFTER_THREE, until: 6 } as const;
const fresh = { mode: 'new', feed: THREE, until: 3 } as const;
const UNAVAILABLE = { type: 'respond', status: 503, contentType: 'text/plain' } as const;
const REFUSED = { type: 'answer', status: 503, contentType: 'text/plain' } as const;
const KEPT = { type: 'reset', resume: { type: 'kept' } } as const;

/** Taken back so long after it was put. */
const UNDO = 600;
const LONG = 60_000;
/** Two events while it is in force, two behind it. */
const THROUGH: Feed = { at: [...THREE.at, 700, 900, 1900, 2000], retry: RETRY };
const HELD = [
  { type: 'silence', duration: LONG, arrives: 'late' },
  { type: 'delay', delay: LONG, jitter: 0 },
  { type: 'burst', every: LONG },
] as const;

const UNDONE: FidelityCase[] = [
  ...HELD.map(
    (fault): FidelityCase => ({
      ...{ ...managed, fault: fault.type, variation: `taken back after ${UNDO} ms: what was held goes on` },
      ...{ feed: THROUGH, until: 7, order: { fault, undo: UNDO } },
      real: [{ type: 'mute', from: AT, to: AT + UNDO, what: 'late' }],
    }),
  ),
  {
    ...{ ...managed, fault: 'hang', variation: 'taken back while it hangs', forced: LOST_LATER },
    // The second attempt starts when the connection was lost and the reconnection time is over.
    order: { fault: { type: 'hang', duration: LONG }, undo: LATER - AT + RETRY + UNDO },
    real: [...LOST_LATER, { type: 'hold', until: UNDO, first: 2, last: 2 }],
  },
  {
    ...{ ...managed, fault: 'outage', variation: 'taken back after 900 ms' },
    order: { fault: { type: 'outage', duration: LONG, resume: { type: 'kept' } }, undo: 900 },
    real: [{ type: 'down', at: AT, duration: 900, last: 1 }],
    inherent: [whoCloses(1)],
  },
];

const PATTERNS: FidelityCase[] = [
  {
    ...{ ...fresh, fault: 'respond', variation: '503, for a pattern of the URL', until: 'closed', real: [REFUSED] },
    order: { fault: UNAVAILABLE, times: 1, pattern: '/fe*case=' },
    inherent: [...whatAnswered(1, 503), whoCloses(1)],
  },
  {
    ...{ ...fresh, fault: 'respond', variation: '503, for a pattern of other URLs: nothing', real: [] },
    order: { fault: UNAVAILABLE, pattern: '/fe*other=' },
  },
  {
    ...{ ...managed, fault: 'reset', variation: 'TCP reset, for a pattern of the URL', real: LOST },
    order: { fault: KEPT, pattern: '/feed?*' },
    inherent: [whoCloses(1)],
  },
];

/**
 * Without ids: the page script alone cannot send one to another origin as the browser does, without asking by a preflight;
 * that takes the background, whose part test/e2e has.
 */
const ELSEWHERE: FidelityCase[] = (
  [
    {
      ...{ ...managed, fault: 'reset', variation: 'TCP reset', real: LOST, order: { fault: KEPT } },
      inherent: [whoCloses(1)],
    },
    {
      ...{ ...fresh, fault: 'respond', variation: '503', until: 'closed', real: [REFUSED] },
      order: { fault: UNAVAILABLE, times: 1 },
      inherent: [...whatAnswered(1, 503), whoCloses(1)],
    },
    {
      ...{ ...managed, fault: 'respond', variation: '503', until: 'closed', forced: LOST_LATER },
      order: { fault: UNAVAILABLE, times: 1 },
      real: [...LOST_LATER, { ...REFUSED, first: 2 }],
      inherent: [...whatAnswered(2, 503), whoCloses(2)],
    },
    {
      ...{ ...fresh, fault: 'refuse', variation: '1 attempt', real: [], beforehand: { attempts: 1 } },
      order: { fault: { type: 'refuse' }, times: 1 },
    },
    {
      ...{ ...managed, fault: 'refuse', variation: '1 attempt', forced: LOST_LATER },
      order: { fault: { type: 'refuse' }, times: 1 },
      real: [{ type: 'down', at: LATER, attempts: 1, last: 1 }],
    },
    {
      ...{ ...fresh, fault: 'hang', variation: '800 ms', real: [{ type: 'hold', until: 800, last: 1 }] },
      order: { fault: { type: 'hang', duration: 800 }, times: 1 },
    },
    {
      ...{ ...managed, fault: 'hang', variation: '800 ms', forced: LOST_LATER },
      order: { fault: { type: 'hang', duration: 800 }, times: 1 },
      real: [...LOST_LATER, { type: 'hold', until: 800, first: 2, last: 2 }],
    },
  ] satisfies FidelityCase[]
).map((one: FidelityCase) => ({
  ...one,
  variation: `${one.variation}, another origin`,
  feed: { ...one.feed, ids: false },
  elsewhere: true,
}));

/** At `error`: close, wait, `new EventSource` with the id in the query. */
const APP = { byHand: 300 } as const;

const BY_HAND: FidelityCase[] = (
  [
    ...(['managed', 'observed'] as const).map((mode) => ({
      ...{ ...managed, mode, fault: 'reset' as const, variation: 'TCP reset', real: LOST, order: { fault: KEPT } },
      inherent: [whoCloses(1)],
    })),
    {
      ...{ ...managed, fault: 'respond', variation: '503 twice', forced: LOST_LATER },
      order: { fault: UNAVAILABLE, times: 2 },
      real: [...LOST_LATER, { ...REFUSED, first: 2, last: 3 }],
      inherent: [2, 3].flatMap((attempt) => [...whatAnswered(attempt, 503), whoCloses(attempt)]),
    },
    {
      ...{ ...managed, fault: 'outage', variation: '750 ms' },
      order: { fault: { type: 'outage', duration: 750, resume: { type: 'kept' } } },
      real: [{ type: 'down', at: AT, duration: 750, last: 1 }],
      inherent: [whoCloses(1)],
    },
  ] satisfies FidelityCase[]
).map((one: FidelityCase) => ({ ...one, ...APP, variation: `${one.variation}, an app that reconnects by hand` }));

export const SCOPES: FidelityCase[] = [...UNDONE, ...PATTERNS, ...ELSEWHERE, ...BY_HAND];
