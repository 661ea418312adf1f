import { LIMITS, type Limits } from './retention.ts';

/** What the user decided for all sessions. */
export interface Settings {
  /** Times of day, or counted from the beginning of the session. */
  time: 'clock' | 'relative';
  /** How high rows are. */
  density: 'compact' | 'comfortable';
  limits: Limits;
  /** By the name of the table. */
  columns: Readonly<Record<string, Columns>>;
}

/** How the user wants the columns of one table; those that are not named are as they come. */
export interface Columns {
  hidden: readonly string[];
  /** In CSS pixels. */
  widths: Readonly<Record<string, number>>;
}

export const DEFAULT_SETTINGS: Settings = { time: 'clock', density: 'compact', limits: LIMITS, columns: {} };

/** What a log may be allowed to hold: less is of no use, more than the browser can give. */
export const LEAST_LIMITS: Limits = { entries: 10_000, size: 16 * 1024 * 1024 };
export const MOST_LIMITS: Limits = { entries: 5_000_000, size: 2048 * 1024 * 1024 };

/** What the panel offers between the two. */
export const ENTRY_LIMITS = [10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000] as const;
export const SIZE_LIMITS = [16, 64, 128, 256, 512, 1024, 2048].map((mebibytes) => mebibytes * 1024 * 1024);

const WIDTHS = { least: 32, most: 2000 };
/** Tables have fewer columns, and there are fewer tables. */
const MOST_NAMES = 64;

/** What was stored, perhaps by another version: whatever is missing or makes no sense is the default. Never fails. */
export function parseSettings(stored: unknown): Settings {
  const { time, density, limits, columns } = record(stored);
  return {
    time: time === 'relative' ? time : DEFAULT_SETTINGS.time,
    density: density === 'comfortable' ? density : DEFAULT_SETTINGS.density,
    limits: {
      entries: number(record(limits)['entries'], LEAST_LIMITS.entries, MOST_LIMITS.entries) ?? LIMITS.entries,
      size: number(record(limits)['size'], LEAST_LIMITS.size, MOST_LIMITS.size) ?? LIMITS.size,
    },
    columns: Object.fromEntries(named(columns).map(([table, value]) => [table, parseColumns(value)])),
  };
}

/** Is nothing decided otherwise than it comes? */
export function isDefault({ time, density, limits, columns }: Settings): boolean {
  const { entries, size } = LIMITS;
  return (
    time === DEFAULT_SETTINGS.time &&
    density === DEFAULT_SETTINGS.density &&
    limits.entries === entries &&
    limits.size === size &&
    Object.values(columns).every(({ hidden, widths }) => hidden.length === 0 && Object.keys(widths).length === 0)
  );
}

export const hidesColumns = ({ columns }: Pick<Settings, 'columns'>): boolean =>
  Object.values(columns).some(({ hidden }) => hidden.length > 0);

/** All columns of all tables, as wide as they were. */
export function withAllColumns({ columns }: Pick<Settings, 'columns'>): Settings['columns'] {
  return Object.fromEntries(Object.entries(columns).map(([table, one]) => [table, { ...one, hidden: [] }]));
}

function parseColumns(value: unknown): Columns {
  const { hidden, widths } = record(value);
  return {
    hidden: Array.isArray(hidden) ? hidden.filter((name) => typeof name === 'string').slice(0, MOST_NAMES) : [],
    widths: Object.fromEntries(
      named(widths).flatMap(([name, width]) => {
        const known = number(width, WIDTHS.least, WIDTHS.most);
        return known === undefined ? [] : [[name, known]];
      }),
    ),
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const named = (value: unknown): [string, unknown][] => Object.entries(record(value)).slice(0, MOST_NAMES);

/** `value` if it is a number, brought between the two; else undefined. */
function number(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  return Math.min(most, Math.max(least, value));
}
