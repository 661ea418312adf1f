import type { Milliseconds } from '../protocol/record.ts';
import { FINDING_TYPES, type Finding } from './finding.ts';
import { SourceFindings } from './finding-source.ts';
import { continued, crowds, fights, stormOf } from './finding-sources.ts';
import type { Source } from './source.ts';

/** What is found only by time that passes is looked for again after so long. */
const PATIENCE: Milliseconds = 1000;
const known = new WeakMap<Source, { findings: SourceFindings; stamp: string; last: readonly Finding[] }>();
/** By the first source: what was found about several of them, and at which state of things. */
const among = new WeakMap<Source, { stamp: string; found: readonly Finding[] }>();
let list: readonly Finding[] = [];

/**
 * What a developer should look at, worst first. `now`: the time until which everything is known. The same list again
 * while nothing new is found. O(sources), and O(what is new) of those that did something.
 */
export function findings(sources: readonly Source[], now: Milliseconds): readonly Finding[] {
  const each = sources.flatMap((source) => ofOne(source, now));
  const isGivenUp = ({ type }: Finding) => type === 'gave-up';
  const goOn = each.some(isGivenUp) ? continued(sources) : undefined;
  // Who makes a new one has not given up.
  const all = each.filter((one) => !isGivenUp(one) || !goOn?.has(one.sources[0] ?? ''));
  all.push(...ofSeveral(sources, now));
  const bad = ({ severity }: Finding) => (severity === 'bad' ? 0 : 1);
  all.sort((a, b) => bad(a) - bad(b) || FINDING_TYPES.indexOf(a.type) - FINDING_TYPES.indexOf(b.type));
  const before = new Map(list.map((one) => [one.key, one]));
  const merged = all.map((one) => {
    const old = before.get(one.key);
    return old && (old === one || JSON.stringify(old) === JSON.stringify(one)) ? old : one;
  });
  if (merged.length !== list.length || merged.some((one, index) => one !== list[index])) list = merged;
  return list;
}

function ofSeveral(sources: readonly Source[], now: Milliseconds): readonly Finding[] {
  const [first] = sources;
  if (!first) return [];
  let [attempts, asked, closed] = [0, 0, 0];
  for (const source of sources) {
    attempts += source.attempts.length;
    asked += (source.pending ? 1 : 0) + (source.attempts.at(-1)?.request?.queued ? 1 : 0);
    closed += source.ended ? 1 : 0;
  }
  const stamp = [sources.length, attempts, asked, closed, Math.floor(now / PATIENCE)].join(' ');
  const known = among.get(first);
  if (known?.stamp === stamp) return known.found;
  const storm = stormOf(sources);
  const found = [...fights(sources, now), ...(storm ? [storm] : []), ...crowds(sources)];
  among.set(first, { stamp, found });
  return found;
}

function ofOne(source: Source, now: Milliseconds): readonly Finding[] {
  const one = known.get(source) ?? { findings: new SourceFindings(), stamp: '', last: [] };
  known.set(source, one);
  const { events, lines, attempts, faults, witnesses, state, newest } = source;
  const last = attempts.at(-1);
  const stamp = [
    ...[newest, state, events.length, events.at(-1)?.seq, lines.length, attempts.length, faults.length],
    ...[last?.request?.key, last?.request?.ended?.time, last?.ended?.by, witnesses.at(-1)?.events.length],
    state === 'open' ? Math.floor(now / PATIENCE) : '',
  ].join(' ');
  if (stamp !== one.stamp) one.last = one.findings.of(source, now);
  one.stamp = stamp;
  return one.last;
}
