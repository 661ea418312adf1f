import type { Milliseconds } from '../protocol/record.ts';

/** What two clocks of one machine may be apart before we believe the other one. `Date.now()` counts whole milliseconds. */
const DRIFT: Milliseconds = 20;

/**
 * Epoch milliseconds that never run backwards and have a fraction, and that stay with the clock of the machine: the
 * page's own (`performance`) drifts, and stands still while the machine sleeps, and what the network did is told in the
 * other's time. Where the machine's clock is set back, we do not follow.
 */
export function clock(
  monotonic: () => Milliseconds,
  wall: () => Milliseconds,
  origin: Milliseconds,
): () => Milliseconds {
  let ahead = origin;
  return () => {
    const time = monotonic();
    const there = wall();
    // Whoever was made to wait between the two looks compares moments that are not the same.
    if (there > ahead + time + DRIFT && monotonic() - time < 1) ahead = there - time;
    return ahead + time;
  };
}
