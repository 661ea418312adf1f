import type { Evidence } from './evidence.ts';

/** Worst first: what a developer should look at. */
export const FINDING_TYPES = [
  'lost', // a verdict says that events were lost
  'gave-up',
  'fighting',
  'storm',
  'loop',
  'repeated',
  'ignored',
  'error-event',
  'ids-repeated',
  'ids-backwards',
  'unheard',
  'no-ids',
  'silence',
  'six-connections',
  'leaked',
  'bursts',
] as const;
export type FindingType = (typeof FINDING_TYPES)[number];

/** Something about one stream or several, with what shows it. Its words are made of `type` and `values` (panel). */
export interface Finding {
  type: FindingType;
  /** The same for the same finding, however often it is worked out. */
  key: string;
  severity: 'bad' | 'notice';
  /** Keys of the sources that it is about. */
  sources: readonly string[];
  /** Numbers and names that its sentence needs, by name: `count`, `event`, `id`, `duration` (ms), `host`, `status` … */
  values: Readonly<Record<string, number | string>>;
  evidence: readonly Evidence[];
}
