import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import type { Resumption } from '../../../src/model/verdict.ts';
import { verdictsOf } from '../../../src/model/verdict-list.ts';
import { type Cut, type Scheme, simulated, type Truth } from '../../support/simulated-server.ts';
import { story } from '../../support/story.ts';

vi.setConfig({ testTimeout: 60_000 });

const { document } = story('');

/** Told in batches of this size, and looked at after each: the last word counts. */
function judged({ entries }: Truth, batch: number): Resumption {
  const log = new Log();
  log.hello(document, 0);
  let last: Resumption | undefined;
  for (let at = 0; at < entries.length; at += batch) {
    log.append('A', entries.slice(at, at + batch));
    const [source] = log.sources;
    last = source && verdictsOf(source).at(-1)?.resumption;
  }
  if (!last) throw new Error('No verdict');
  return last;
}

const cuts: fc.Arbitrary<Cut> = fc.record({
  brings: fc.integer({ min: 1, max: 12 }),
  away: fc.integer({ min: 0, max: 8 }),
  back: fc.integer({ min: -6, max: 14 }),
  replays: fc.constantFrom(0, 1, 2, 5, 100),
  brought: fc.integer({ min: 0, max: 6 }),
});
const batches = fc.constantFrom(1, 3, 1000);

/** What it claims, as numbers; undefined where it claims nothing of them. */
function claimed(resumption: Resumption): { lost?: number; repeated?: number } {
  switch (resumption.type) {
    case 'exact':
      return { lost: 0, repeated: 0 };
    case 'lost':
      return { lost: resumption.count, repeated: 0 };
    case 'repeated':
      return { repeated: resumption.count };
    case 'restarted':
      return { repeated: resumption.repeated };
    case 'lost and repeated':
      return resumption;
    case 'ignored':
    case 'unknown':
      return {};
  }
}

/** What the app saw, by content: where it saw what it should have seen, nothing is wrong whatever the server did. */
function isSameToTheApp({ got }: Truth, { id, data }: Scheme): boolean {
  const seen = (number: number) => `${id(number)} ${data(number)}`;
  return got.every((number, index) => seen(number) === seen(index + 1));
}

function expectNoLie(truth: Truth, scheme: Scheme, resumption: Resumption): void {
  if (resumption.type === 'exact' && isSameToTheApp(truth, scheme)) return;
  const { lost = truth.lost, repeated = truth.repeated } = claimed(resumption);
  expect({ lost, repeated, by: resumption }).toEqual({ lost: truth.lost, repeated: truth.repeated, by: resumption });
}

const unique = (number: number) => `data ${number}`;
const random = (seed: number) => (number: number) => `${Math.imul(number + seed, 0x9e3779b1) >>> 0}x`;

/** Ids of servers that number their events, and of those that do anything else. */
const schemes: Record<string, (seed: number) => Scheme> = {
  numbers: (seed) => ({ id: (number) => `${number + seed}`, data: unique }),
  'numbers with a prefix': (seed) => ({ id: (number) => `room-${seed}:${number}`, data: unique }),
  tens: (seed) => ({ id: (number) => `${number * 10 + seed}`, data: unique }),
  'random ids': (seed) => ({ id: random(seed), data: unique }),
  'one id for three events': (seed) => ({ id: (number) => `${Math.floor((number + seed) / 3)}`, data: unique }),
  'an id for every third event': () => ({ id: (number) => (number % 3 === 0 ? `${number / 3}` : '-'), data: unique }),
  'ids in a circle': () => ({ id: (number) => `${number % 4}`, data: unique }),
  'ids that fall': () => ({ id: (number) => `${1000 - number}`, data: unique }),
  'one id for ever': () => ({ id: () => 'x', data: unique }),
  'no ids': () => ({ id: () => '-', data: unique }),
  'no ids, two contents': (seed) => ({ id: () => '-', data: (number) => random(seed)(number).charAt(0) }),
  'no ids, all alike': () => ({ id: () => '-', data: () => 'tick' }),
  'numbers, all alike': () => ({ id: String, data: () => 'tick' }),
  'a few values': (seed) => ({
    id: () => '-',
    data: (number) => `${(Math.imul(number + seed, 0x9e3779b1) >>> 28) % 7}`,
  }),
};

test.each(Object.entries(schemes))('ids never tell what is not true: %s', (_, make) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), cuts, batches, (seed, cut, batch) => {
      const scheme = make(seed);
      const truth = simulated(scheme, cut);
      expectNoLie(truth, scheme, judged(truth, batch));
    }),
    { numRuns: 300 },
  );
});

test.each(Object.entries(schemes))('a witness never tells what is not true: %s', (_, make) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      cuts,
      batches,
      fc.integer({ min: 0, max: 12 }),
      (seed, cut, batch, joined) => {
        const scheme = make(seed);
        const truth = simulated(scheme, cut, joined);
        expectNoLie(truth, scheme, judged(truth, batch));
      },
    ),
    { numRuns: 500 },
  );
});

test.each(['numbers', 'random ids', 'no ids', 'one id for three events', 'ids in a circle'])(
  'a witness that saw four events before the cut tells all: %s',
  (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), cuts, (seed, cut) => {
        // Without ids, three events after the cut must tell where it goes on.
        const whole = { ...cut, brings: cut.brings + 4, brought: cut.brought + (name === 'no ids' ? 3 : 1) };
        const scheme = schemes[name]?.(seed) ?? { id: String, data: unique };
        const truth = simulated(scheme, whole, 4);
        const { lost, repeated = 0 } = claimed(judged(truth, 1000));
        expect({ lost: lost ?? truth.lost, repeated }).toEqual({ lost: truth.lost, repeated: truth.repeated });
      }),
      { numRuns: 200 },
    );
  },
);
