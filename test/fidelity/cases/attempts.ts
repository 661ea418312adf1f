import type { Fault } from '../../../src/protocol/command.ts';
import { turnedTo } from '../../lab/misbehaviour.ts';
import type { FidelityCase } from '../case.ts';
import { AFTER_THREE, AT, LATER, LOST, LOST_LATER, THREE, UNSAID, whatAnswered, whoCloses } from './plan.ts';

/** Faults of attempts to connect. */

const managed = { mode: 'managed', feed: THREE, moment: AFTER_THREE, until: 6 } as const;
const observed = { mode: 'observed', feed: UNSAID, moment: AFTER_THREE, until: 6 } as const;
const fresh = { mode: 'new', feed: THREE, until: 3 } as const;

const outage = (duration: number, resume: Extract<Fault, { type: 'outage' }>['resume'] = { type: 'kept' }) => ({
  fault: { type: 'outage', duration, resume } as const,
});

const OUTAGES: FidelityCase[] = [
  {
    ...{ ...managed, fault: 'outage', variation: '900 ms' },
    real: [{ type: 'down', at: AT, duration: 900, last: 1 }],
    order: outage(900),
    inherent: [whoCloses(1)],
  },
  {
    ...{ ...managed, fault: 'outage', variation: '900 ms, id given by hand' },
    real: [
      { ...turnedTo(AT - 100, '41'), last: 1 },
      { type: 'down', at: AT, duration: 900, last: 1 },
    ],
    order: outage(900, { type: 'given', id: '41' }),
    inherent: [whoCloses(1)],
  },
  {
    ...{ ...observed, fault: 'outage', variation: '4000 ms' },
    real: [{ type: 'down', at: AT, duration: 4000, last: 1 }],
    order: outage(4000),
    inherent: [whoCloses(1)],
  },
  {
    ...{ ...fresh, fault: 'outage', variation: '900 ms', real: [] },
    beforehand: { duration: 900 },
    order: outage(900),
  },
];

const refuse = (times: number) => ({ fault: { type: 'refuse' }, times }) as const;

const REFUSALS: FidelityCase[] = [
  {
    ...{ ...managed, fault: 'refuse', variation: '2 attempts' },
    real: [{ type: 'down', at: LATER, attempts: 2, last: 1 }],
    forced: LOST_LATER,
    order: refuse(2),
  },
  {
    ...{ ...observed, fault: 'refuse', variation: '1 attempt' },
    real: [{ type: 'down', at: AT, attempts: 1, last: 1 }],
    order: refuse(1),
    inherent: [whoCloses(1)],
  },
  {
    ...{ ...fresh, fault: 'refuse', variation: '1 attempt', real: [] },
    beforehand: { attempts: 1 },
    order: refuse(1),
  },
];

const answered = (status: number, contentType: string) => ({
  title: status === 200 ? `200 ${contentType}` : `${status}`,
  real: { type: 'answer', status, contentType } as const,
  order: { fault: { type: 'respond', status, contentType }, times: 1 } as const,
});

const ANSWERS: FidelityCase[] = [
  ...[503, 500, 429, 401, 404, 204, 200].map((status): FidelityCase => {
    const { title, real, order } = answered(status, 'text/html');
    return {
      ...{ ...fresh, fault: 'respond', variation: title, until: 'closed', order },
      real: [real],
      inherent: [...whatAnswered(1, status), whoCloses(1)],
    };
  }),
  ...[503, 204].map((status): FidelityCase => {
    const { title, real, order } = answered(status, 'text/plain');
    return {
      ...{ ...managed, fault: 'respond', variation: title, until: 'closed', order },
      real: [...LOST_LATER, { ...real, first: 2 }],
      forced: LOST_LATER,
      inherent: [...whatAnswered(2, status), whoCloses(2)],
    };
  }),
  ...[503, 401].map((status): FidelityCase => {
    const { title, real, order } = answered(status, 'text/plain');
    return {
      ...{ ...observed, fault: 'respond', variation: title, until: 'closed', order },
      real: [...LOST, { ...real, first: 2 }],
      inherent: [whoCloses(1), ...whatAnswered(2, status), whoCloses(2)],
    };
  }),
];

const WRONG = { type: 'answer', status: 200, contentType: 'text/html', first: 2 } as const;
const FAIL = { fault: { type: 'fail' } } as const;
/** No server can fail a connection that is open; the nearest is to lose it, and to fail the attempt that follows. */
const AT_ONCE = 'no server can fail an open connection: the real one loses it, and fails the next attempt';

const FAILURES: FidelityCase[] = [
  ...([managed, observed] as const).map(
    (how): FidelityCase => ({
      ...{ ...how, fault: 'fail', variation: 'while it is open', until: 'closed', order: FAIL },
      real: [...LOST, WRONG],
      inherent: [
        whoCloses(1),
        { side: 'page', index: 5, field: 'readyState', real: 'CONNECTING', forced: 'CLOSED', why: AT_ONCE },
        { side: 'page', index: 6, field: 'line', real: 'error CLOSED', forced: 'nothing', why: AT_ONCE },
        { side: 'server', index: 2, field: 'line', real: 'GET /feed?case=1', forced: 'nothing', why: AT_ONCE },
      ],
    }),
  ),
  {
    ...{ ...managed, fault: 'fail', variation: 'while it connects', until: 'closed', order: FAIL },
    // The second attempt starts at 1100.
    moment: { events: 3, wait: 1200 },
    real: [...LOST, { type: 'hold', until: 400, first: 2 }, WRONG],
    forced: [...LOST, { type: 'hold', until: 60_000, first: 2 }],
    inherent: [...whatAnswered(2, 200, 'none'), whoCloses(2)],
  },
];

const hang = { fault: { type: 'hang', duration: 800 }, times: 1 } as const;

const HANGING: FidelityCase[] = [
  { ...{ ...fresh, fault: 'hang', variation: '800 ms', order: hang }, real: [{ type: 'hold', until: 800, last: 1 }] },
  {
    ...{ ...managed, fault: 'hang', variation: '800 ms', order: hang, forced: LOST_LATER },
    real: [...LOST_LATER, { type: 'hold', until: 800, first: 2, last: 2 }],
  },
  {
    ...{ ...observed, fault: 'hang', variation: '800 ms', order: hang },
    real: [...LOST, { type: 'hold', until: 800, first: 2, last: 2 }],
    inherent: [whoCloses(1)],
  },
];

export const ATTEMPTS: FidelityCase[] = [...OUTAGES, ...REFUSALS, ...ANSWERS, ...FAILURES, ...HANGING];
