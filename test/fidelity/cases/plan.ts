import type { Milliseconds } from '../../../src/protocol/record.ts';
import type { Feed } from '../../lab/feed.ts';
import type { Misbehaviours } from '../../lab/misbehaviour.ts';
import type { Inherent, Moment } from '../case.ts';

/** Firefox's least is 500. */
export const RETRY: Milliseconds = 600;

/** Three events, and then nothing until something happens. */
export const THREE: Feed = { at: [100, 200, 300], retry: RETRY };

/**
 * The same, without `retry:`. Of a connection that is the browser's, a page cannot see it: observed sources wait as long
 * as the browser does where the server says nothing, and only those of such servers can be compared to the millisecond.
 */
export const UNSAID: Feed = { at: THREE.at };

/** When it happens: with nothing on its way, so that no machine is too slow for it to be the same twice. */
export const AFTER_THREE: Moment = { events: 3, wait: 200 };
/** The same moment for the server. */
export const AT: Milliseconds = 500;

/** What does nothing to an open connection shows at the next attempt: the server makes one necessary. */
export const LATER: Milliseconds = 800;
export const LOST_LATER: Misbehaviours = [{ type: 'reset', at: LATER, last: 1 }];
/** Where the fault itself begins with a reset. */
export const LOST: Misbehaviours = [{ type: 'reset', at: AT, last: 1 }];

/** The last attempt ends with the test: by the page, in both. */
export const whoCloses = (attempt: number): Inherent => ({
  side: 'server',
  index: attempt,
  field: 'closed by',
  real: 'server',
  forced: 'client',
  why: `attempt ${attempt} is ended by us, not by the server`,
});

/** The server's own answer, which the page does not get. */
export const whatAnswered = (attempt: number, status: number | 'none', forced: number | 'none' = 200): Inherent[] =>
  `${status}` === `${forced}`
    ? []
    : [
        {
          side: 'server',
          index: attempt,
          field: 'status',
          real: `${status}`,
          forced: `${forced}`,
          why: `attempt ${attempt} reaches the server, whose own answer is replaced`,
        },
      ];

/** What a page cannot see of the browser's connection: how long the server asked to wait. */
export const UNSEEN_RETRY: readonly Inherent[] = (
  [
    ['page', 6],
    ['server', 2],
  ] as const
).map(([side, index]) => ({
  ...{ side, index, field: 'gap', real: '', forced: '' },
  why: "of a connection that is the browser's, retry: cannot be seen: the browser's own reconnection time is waited",
}));
