import type { Resume } from '../../../src/protocol/command.ts';
import { type Misbehaviours, turnedTo } from '../../lab/misbehaviour.ts';
import type { FidelityCase, Mode } from '../case.ts';
import { AFTER_THREE, AT, THREE, UNSAID, UNSEEN_RETRY, whoCloses } from './plan.ts';

const BOTH: Mode[] = ['managed', 'observed'];

/** How a server loses a connection. A page cannot tell which it was. */
const WAYS = { reset: 'TCP reset', end: 'clean end', cut: 'cut in a chunk' } as const;

const kept = (['reset', 'end', 'cut'] as const).flatMap((type) =>
  BOTH.map((mode) => reset(mode, `${WAYS[type]}, id kept`, [{ type, at: AT, last: 1 }], { type: 'kept' })),
);

/** The server names another id before, in an event that nobody hears: the page knows nothing of it in both. */
const named: [string, string, Resume][] = [
  ['id dropped', '', { type: 'dropped' }],
  ['id one event old', '2', { type: 'old', events: 1 }],
  ['id older than all', '1', { type: 'old', events: 100 }],
  ['id given by hand', '41', { type: 'given', id: '41' }],
];

function reset(mode: Mode, variation: string, real: Misbehaviours, resume: Resume): FidelityCase {
  return {
    ...{ fault: 'reset', variation, mode, real, moment: AFTER_THREE, until: 6 },
    feed: mode === 'observed' ? UNSAID : THREE,
    order: { fault: { type: 'reset', resume } },
    inherent: [whoCloses(1)],
  };
}

export const RESETS: FidelityCase[] = [
  ...kept,
  {
    ...reset('observed', 'TCP reset, the server said retry:', [{ type: 'reset', at: AT, last: 1 }], { type: 'kept' }),
    feed: THREE,
    inherent: [whoCloses(1), ...UNSEEN_RETRY],
  },
  ...named.flatMap(([variation, id, resume]) =>
    BOTH.map((mode) =>
      reset(
        mode,
        variation,
        [
          { ...turnedTo(AT - 100, id), last: 1 },
          { type: 'reset', at: AT, last: 1 },
        ],
        resume,
      ),
    ),
  ),
];
