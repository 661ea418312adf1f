/**
 * Which rows of a list are chosen, by key. Of a list that is shown, the first is chosen until the user chooses; what is
 * not shown any more is not chosen, and comes back with its row as long as nothing else was chosen.
 */
export interface Choice {
  /** In the order in which they were chosen: the last one is that of which details are shown. */
  readonly keys: readonly string[];
  /** Where a range begins. */
  readonly anchor: string | undefined;
  /** The row that keys act on, which may be one that is not chosen. */
  readonly cursor: string | undefined;
}

export const NO_CHOICE: Choice = { keys: [], anchor: undefined, cursor: undefined };

/** Those of the rows `shown` that are chosen, the last one at the end. Never none, where there are rows. */
export function chosenOf({ keys }: Choice, shown: readonly string[]): readonly string[] {
  const there = new Set(shown);
  const chosen = keys.filter((key) => there.has(key));
  return chosen.length > 0 ? chosen : shown.slice(0, 1);
}

/** The row that keys act on. */
export function cursorOf(choice: Choice, shown: readonly string[]): string | undefined {
  const { cursor } = choice;
  return cursor !== undefined && shown.includes(cursor) ? cursor : chosenOf(choice, shown).at(-1);
}

/** This one and no other. */
export const alone = (key: string): Choice => ({ keys: [key], anchor: key, cursor: key });

/** This one too, or no longer. One is left. */
export function toggled(choice: Choice, key: string, shown: readonly string[]): Choice {
  const chosen = chosenOf(choice, shown);
  const others = chosen.filter((one) => one !== key);
  const isOn = others.length === chosen.length;
  return { keys: isOn || others.length === 0 ? [...others, key] : others, anchor: key, cursor: key };
}

/** All from where the range began to this one, and no others. */
export function ranged(choice: Choice, key: string, shown: readonly string[]): Choice {
  const first = chosenOf(choice, shown).at(-1);
  const anchor = choice.anchor !== undefined && shown.includes(choice.anchor) ? choice.anchor : first;
  const to = shown.indexOf(key);
  if (anchor === undefined || to < 0) return choice;
  const from = shown.indexOf(anchor);
  const keys = from <= to ? shown.slice(from, to + 1) : shown.slice(to, from + 1).reverse();
  return { keys, anchor, cursor: key };
}

/** All that are shown; of which one details are shown does not change. */
export function complete(choice: Choice, shown: readonly string[]): Choice {
  const last = chosenOf(choice, shown).at(-1);
  if (last === undefined) return choice;
  return { ...choice, keys: [...shown.filter((key) => key !== last), last] };
}

/** The details of this one are shown. If it was not chosen, it alone is from now on. */
export function promoted(choice: Choice, key: string, shown: readonly string[]): Choice {
  const chosen = chosenOf(choice, shown);
  if (!chosen.includes(key)) return alone(key);
  return { ...choice, keys: [...chosen.filter((one) => one !== key), key], cursor: key };
}
