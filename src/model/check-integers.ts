import type { Dispatched } from './check-lineage.ts';

/** What integer ids say about a loss, where there is no witness. */
export type Count =
  | {
      type: 'counted';
      /** The last id before it. */
      last: string;
      /** The first event that is new after it. */
      next: Dispatched;
      /** How many ids are missing between the two. */
      missing: number;
      /** Dispatched again, before `next`. */
      repeated: readonly Dispatched[];
    }
  | { type: 'unknown' }
  | { type: 'pending' };

/** So many events in a row whose ids count one by one say that the next one will, too. */
const ENOUGH = 5;

const numberOf = ({ event: { lastEventId } }: Dispatched): number =>
  /^(?:0|[1-9]\d{0,14})$/.test(lastEventId) ? Number(lastEventId) : Number.NaN;

/** Where the last events `before` a loss count one by one, the first new one `after` it says what is missing. */
export function countOver(before: readonly Dispatched[], after: readonly Dispatched[]): Count {
  const row = before.slice(-ENOUGH).map(numberOf);
  const isCounting = row.length === ENOUGH && row.every((id, index) => index === 0 || id === (row[index - 1] ?? 0) + 1);
  if (!isCounting) return { type: 'unknown' };
  const last = row.at(-1) ?? 0;
  const place = after.findIndex((one) => !(numberOf(one) <= last));
  const next = after[place];
  const repeated = next ? after.slice(0, place) : after;
  // The same ids may be those of each connection, counted anew: only what is the same in all came again.
  const seen = new Set(before.map(alike));
  if (!repeated.every((one) => seen.has(alike(one)))) return { type: 'unknown' };
  if (!next) return { type: 'pending' };
  const missing = numberOf(next) - last - 1;
  return Number.isNaN(missing) ? { type: 'unknown' } : { type: 'counted', last: `${last}`, next, missing, repeated };
}

const alike = ({ event: { type, data, lastEventId } }: Dispatched) => JSON.stringify([type, data, lastEventId]);
