import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Case, Mode, Outcome } from './case.ts';
import { GROUPS } from './groups.ts';
import { KNOWN, type Known } from './known.ts';
import { type Result, report } from './report.ts';
import { openTheatre, type Theatre } from './theatre.ts';

const MODES: Mode[] = ['native', 'observed', 'managed'];

const theatres = new Map<Mode, Promise<Theatre>>();
const outcomes = new Map<string, Promise<Outcome>>();
const results: Result[] = [];

/** The browser of a mode is started when the first case asks for it. */
function theatre(mode: Mode): Promise<Theatre> {
  const opened = theatres.get(mode) ?? openTheatre(mode);
  theatres.set(mode, opened);
  return opened;
}

/** A case runs once in each mode: what it gave in native mode is what the other modes are compared with. */
function outcome(group: string, play: Case, mode: Mode): Promise<Outcome> {
  const key = `${group} › ${play.name} [${mode}]`;
  const run = async () => (await theatre(mode)).run(key, play);
  const started = outcomes.get(key) ?? run();
  outcomes.set(key, started);
  return started;
}

async function complaints(group: string, play: Case, mode: Mode): Promise<string[]> {
  try {
    const native = await outcome(group, play, 'native');
    const { failures, trace } = await outcome(group, play, mode);
    const length = Math.max(trace.length, native.trace.length);
    const places = Array.from({ length }, (_, index) => index);
    const differing = places.filter((index) => trace[index] !== native.trace[index]);
    const told = differing
      .slice(0, 3)
      .map((index) => `${index}: native: ${native.trace[index]} | ${mode}: ${trace[index]}`);
    return [...failures, ...told.map((pair) => `trace ${pair}`)];
  } catch (error) {
    return [`${(error as Error).message}`];
  }
}

function knownFor(group: string, { name }: Case, mode: Mode): Known | undefined {
  const known = KNOWN[`${group} › ${name}`];
  return known?.modes.includes(mode) ? known : undefined;
}

beforeAll(async () => {
  await theatre('native');
});

afterAll(async () => {
  await Promise.allSettled([...theatres.values()].map(async (opened) => (await opened).close()));
  console.log(`\n${report(results, MODES)}`);
});

test('no two cases of a group have the same name', () => {
  for (const { cases } of GROUPS) {
    const names = cases.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  }
});

test('what is known to differ is a case', () => {
  const names = GROUPS.flatMap(({ name, cases }) => cases.map((play) => `${name} › ${play.name}`));
  expect(Object.keys(KNOWN).filter((name) => !names.includes(name))).toEqual([]);
});

for (const mode of MODES) {
  describe(mode, () => {
    for (const { name: group, cases } of GROUPS) {
      for (const play of cases) {
        test.concurrent(`${group} › ${play.name} [${mode}]`, async ({ expect }) => {
          const found = await complaints(group, play, mode);
          const known = knownFor(group, play, mode);
          results.push({ group, name: play.name, mode, complaints: found, ...(known && { known: known.why }) });
          if (!known) expect(found).toEqual([]);
          // Nothing is known to differ that does not: what was mended leaves the list.
          else if (!known.sometimes) expect(found).not.toEqual([]);
        });
      }
    }

    test(`the extension's own documents threw nothing [${mode}]`, async () => {
      expect(await (await theatre(mode)).thrown()).toEqual([]);
    });
  });
}
