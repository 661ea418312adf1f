import type { Columns } from './settings.ts';

/** In CSS pixels. */
type Pixels = number;

/** A column of a table, as it comes. */
export interface Column {
  /** Unique in its table. */
  name: string;
  /** How wide it is until the user decides. The last column takes what is left, and this is what it should have. */
  width: Pixels;
  /** Where there is no room, it gets narrower until this; no user can make it narrower. */
  least: Pixels;
  /** Where there still is no room, columns with this go: the smallest number first. Those without it stay. */
  leaves?: number;
  /** The user cannot hide it. */
  stays?: true;
}

export interface Place {
  name: string;
  width: Pixels;
}

/** No user can make a column wider: settings would not keep it. */
const WIDEST: Pixels = 2000;

/** Which columns are shown in a table that is `room` wide, and how wide they are: they fill it where they can. */
export function places(columns: readonly Column[], { hidden, widths }: Columns, room: Pixels): Place[] {
  let shown = columns.filter(({ name, stays }) => stays || !hidden.includes(name));
  const tight = () => shown.reduce((sum, { least }) => sum + least, 0) > room;
  while (tight()) {
    const leaver = shown.reduce<Column | undefined>(
      (first, one) => ((one.leaves ?? Infinity) < (first?.leaves ?? Infinity) ? one : first),
      undefined,
    );
    if (!leaver) break;
    shown = shown.filter((one) => one !== leaver);
  }
  const last = shown.at(-1);
  const others = shown.slice(0, -1);
  const wanted = others.map(({ name, width, least }) => Math.max(least, widths[name] ?? width));
  const leasts = others.reduce((sum, { least }) => sum + least, 0);
  const sum = wanted.reduce((all, width) => all + width, 0);
  // What all of them can give, and what is needed of it.
  const spare = sum - leasts;
  const missing = Math.max(0, sum + (last?.least ?? 0) - room);
  const part = spare > 0 ? Math.min(1, missing / spare) : 0;
  const laid = others.map(({ name, least }, index) => {
    const width = wanted[index] ?? least;
    return { name, width: Math.floor(width - (width - least) * part) };
  });
  const used = laid.reduce((all, { width }) => all + width, 0);
  return last ? [...laid, { name: last.name, width: Math.max(last.least, room - used) }] : laid;
}

/** `columns` after the user made one of them `width` wide. */
export function resized(columns: Columns, { name, least }: Column, width: Pixels): Columns {
  return { ...columns, widths: { ...columns.widths, [name]: Math.round(Math.min(WIDEST, Math.max(least, width))) } };
}

/** `columns` after the user took back how wide one of them is. */
export function unsized({ hidden, widths }: Columns, name: string): Columns {
  return { hidden, widths: Object.fromEntries(Object.entries(widths).filter(([other]) => other !== name)) };
}

/** `columns` after the user hid one of them, or showed it again. */
export function toggled({ hidden, widths }: Columns, name: string): Columns {
  const others = hidden.filter((other) => other !== name);
  return { hidden: others.length < hidden.length ? others : [...hidden, name], widths };
}
