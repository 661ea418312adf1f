import type { Milliseconds } from '../protocol/record.ts';
import type { Dispatched } from './check-lineage.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Witness, WitnessedEvent } from './witness.ts';

/** What a witness says of what the app was dispatched over a loss. */
export type Comparison =
  | {
      type: 'compared';
      /** Events of the witness between the two that both got alone, before and after. */
      events: number;
      /** That the witness got, and the app did not. */
      lost: readonly WitnessedEvent[];
      /** That the app had been dispatched before, or more often than the witness was sent them. */
      repeated: readonly Dispatched[];
      /** They may be repeated, or new and like older ones: they have no ids. */
      alike: readonly Dispatched[];
    }
  /** Nothing since says that the app is where the witness is. */
  | { type: 'pending' }
  /** Before the loss, there was nothing that both got, and got once. */
  | { type: 'incomparable' };

interface Keyed<T> {
  key: string;
  hasId: boolean;
  item: T;
}

type Part = Pick<WitnessedEvent, 'type' | 'data' | 'size' | 'lastEventId'>;
const keyOf = ({ type, data, size }: Part, id: string) => JSON.stringify([id, type, size, data]);

/**
 * [spec] An event without an id of its own has the last one. So an id counts where it differs from that before it; at the
 * begin of a connection of the app's, that may be the one it ended with, and `known` tells (the keys of the witness).
 */
function keyed<T>(
  items: readonly T[],
  part: (item: T) => Part,
  startsAnew: (item: T, before: T) => boolean,
  known?: ReadonlySet<string>,
): Keyed<T>[] {
  return items.map((item, index) => {
    const event = part(item);
    const before = items[index - 1];
    const isNew = event.lastEventId !== (before === undefined ? '' : part(before).lastEventId);
    const withId = keyOf(event, event.lastEventId);
    const mayHave = isNew || (before !== undefined && startsAnew(item, before) && known?.has(withId) === true);
    const hasId = mayHave && event.lastEventId !== '';
    return { key: hasId ? withId : keyOf(event, ''), hasId, item };
  });
}

const countsOf = (items: readonly { key: string }[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { key } of items) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/**
 * What was lost or repeated over a loss at `lost`, whatever the ids look like: by what `witness` received between the last
 * event before it and the last one from `back` (a seq) on that both got, and that is unlike all others there. Of types
 * that the app does not listen to nothing is said: natively, nobody sees whether they came.
 */
export function compare(
  witness: Witness,
  dispatched: readonly Dispatched[],
  lost: Milliseconds,
  back: number,
): Comparison {
  const heard = new Set(dispatched.filter(({ event }) => event.heard).map(({ event }) => event.type));
  const keyedWitness = keyed(
    witness.events,
    (event) => event,
    () => false,
  );
  const theirs = keyedWitness.filter(({ item }) => heard.has(item.type));
  const isAnew = (item: Dispatched, before: Dispatched) =>
    item.source !== before.source || item.event.attempt !== before.event.attempt;
  const known = new Set(theirs.map(({ key }) => key));
  const all = keyed(dispatched, ({ event }) => event, isAnew, known);
  const ours = all.filter(({ item }) => heard.has(item.event.type));

  const begin = anchor(theirs, ours, ({ time }) => time >= witness.from && time <= lost);
  if (!begin) return { type: 'incomparable' };
  const theirsAfter = theirs.slice(begin.theirs + 1);
  const oursAfter = ours.slice(begin.ours + 1);
  const end = anchor(theirsAfter, oursAfter, ({ seq }) => seq >= back);
  if (!end) return { type: 'pending' };
  const sent = theirsAfter.slice(0, end.theirs + 1);
  const got = oursAfter.slice(0, end.ours + 1);

  const countGot = countsOf(oursAfter);
  const missing = sent.filter(({ key }) => {
    const left = countGot.get(key) ?? 0;
    countGot.set(key, left - 1);
    return left <= 0;
  });
  const countSent = countsOf(theirsAfter);
  const before = new Set(ours.slice(0, begin.ours + 1).map(({ key }) => key));
  const extra = got.filter(({ key }) => {
    const left = countSent.get(key) ?? 0;
    countSent.set(key, left - 1);
    const wasThere = before.has(key);
    before.add(key);
    return left <= 0 && wasThere;
  });
  return {
    type: 'compared',
    events: sent.length,
    lost: missing.map(({ item }) => item),
    repeated: extra.filter(({ hasId }) => hasId).map(({ item }) => item),
    alike: extra.filter(({ hasId }) => !hasId).map(({ item }) => item),
  };
}

/**
 * The last that both got, the app one that is `fitting`, and that the witness was sent once. Without an id, it must
 * have come once to the app, too: else nobody knows which one it is.
 */
function anchor(
  theirs: readonly Keyed<WitnessedEvent>[],
  ours: readonly Keyed<Dispatched>[],
  fitting: (event: StreamEvent) => boolean,
): { theirs: number; ours: number } | undefined {
  const places = new Map(theirs.map(({ key }, index) => [key, index]));
  const countTheirs = countsOf(theirs);
  const countOurs = countsOf(ours.filter(({ item }) => fitting(item.event)));
  for (let index = ours.length - 1; index >= 0; index--) {
    const one = ours[index];
    if (!one || !fitting(one.item.event)) continue;
    const place = places.get(one.key);
    if (place === undefined || countTheirs.get(one.key) !== 1) continue;
    if (one.hasId || countOurs.get(one.key) === 1) {
      return { theirs: place, ours: index };
    }
  }
  return undefined;
}
