import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { eventIndex } from '../../../src/model/event-index.ts';
import { parseFilter } from '../../../src/model/filter.ts';
import { Log } from '../../../src/model/log.ts';
import { parseSessionFile } from '../../../src/model/parse-session-file.ts';
import { Search } from '../../../src/model/search.ts';
import { savedSession, sessionFile } from '../../../src/model/session-file.ts';
import type { Source } from '../../../src/model/source.ts';
import { slice } from '../../../src/model/stretch.ts';
import { HOME } from '../../support/network-story.ts';
import { story } from '../../support/story.ts';
import { type StreamTruth, stream, streamPlan } from '../../support/tapped-stream.ts';

vi.setConfig({ testTimeout: 60_000 });

const END = 1_000_000;
const { document } = story('', { started: 900 });

type Step = { page: boolean; size: number; look: boolean; claim: boolean };
/** In which order it is told, page and network each in their own; whether somebody looks then, and knows more. */
const telling: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ page: fc.boolean(), size: fc.integer({ min: 1, max: 12 }), look: fc.boolean(), claim: fc.boolean() }),
  { maxLength: 60 },
);

function tell({ entries, facts }: StreamTruth, order: readonly Step[], look: (log: Log) => void): Log {
  const log = new Log();
  let page = 0;
  let network = 0;
  const rest = { size: Number.POSITIVE_INFINITY, look: false, claim: false };
  log.hello(document, document.started, HOME);
  for (const step of [...order, { page: true, ...rest }, { page: false, ...rest }]) {
    if (step.page) {
      log.append('A', entries.slice(page, page + step.size));
      page += step.size;
    } else {
      log.network(facts.slice(network, network + step.size), 0);
      network += step.size;
    }
    if (step.claim) log.claimed(Math.min(entries[page]?.time ?? END, facts[network]?.time ?? END) - 1);
    if (step.look) look(log);
  }
  log.claimed(END);
  return log;
}

const shown = ({ id, attempts, events, lines }: Source) => ({
  events: events.map(
    ({ attempt, type, data, lastEventId, heard }) => `${id}.${attempt} ${type} ${data} ${lastEventId} ${heard}`,
  ),
  lines: lines.map(({ attempt, type, value }) => `${id}.${attempt} ${type} ${value}`),
  counts: attempts.map((attempt) => attempt.events),
});

const inOrder = (list: readonly number[]) => list.every((value, at) => at === 0 || value >= (list[at - 1] ?? 0));

test('in whatever order it is told, everything that streams brought is listed, and nothing is listed twice', () => {
  fc.assert(
    fc.property(streamPlan, telling, (plan, order) => {
      const truth = stream(plan);
      const filter = parseFilter('is:unheard');
      const search = new Search(filter);
      const look = (log: Log) => {
        search.advance(log.sources, true);
        for (const { events } of log.sources) eventIndex(events);
      };
      const log = tell(truth, order, look);
      const { sources } = log;
      expect(sources.map(({ networkOnly }) => networkOnly)).not.toContain(true);
      const all = sources.map(shown);
      expect(all.flatMap(({ events }) => events).sort()).toEqual([...truth.events].sort());
      expect(all.flatMap(({ lines }) => lines).sort()).toEqual([...truth.lines].sort());
      expect(log.events).toBe(truth.events.length);
      for (const source of sources) {
        const { events, lines, attempts } = source;
        for (const list of [events, lines]) {
          expect(inOrder(list.map(({ time }) => time))).toBe(true);
          expect(inOrder(list.map(({ attempt }) => attempt))).toBe(true);
          expect(new Set(list.map(({ seq }) => seq)).size).toBe(list.length);
          expect(inOrder(list.map(({ seq }) => seq))).toBe(true);
        }
        for (const { number, events: count } of attempts) {
          expect(count).toBe(events.filter(({ attempt }) => attempt === number).length);
        }
        expect(eventIndex(events).all.length).toBe(events.length);
      }
      // Whoever looked all the time finds the same as who looks now.
      while (search.advance(sources, true));
      const found = slice(search.stretches(sources, true), 0, 1e6);
      const unheard = sources.flatMap(({ events }) => events.filter(({ heard }) => !heard));
      expect(found.map(({ item }) => item)).toEqual(expect.arrayContaining(unheard));
      expect(found).toHaveLength(unheard.length);
    }),
    { numRuns: 1500 },
  );
});

test('in a file, it is what it was', () => {
  fc.assert(
    fc.property(streamPlan, telling, (plan, order) => {
      const { sources, ...log } = savedSession(
        tell(stream(plan), order, () => {}),
        END,
      );
      const text = [...sessionFile({ sources, ...log }, { headers: 0, parameters: 0 })].map((piece) => piece.text);
      const parsed = parseSessionFile(text.join(''));
      expect('session' in parsed && parsed.session.sources).toEqual(sources);
    }),
    { numRuns: 200 },
  );
});
