import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import { parseSessionFile } from '../../../src/model/parse-session-file.ts';
import { SavedLog } from '../../../src/model/saved-log.ts';
import { savedSession, sessionFile } from '../../../src/model/session-file.ts';
import { logWith } from '../../support/network-story.ts';
import { logOf, story } from '../../support/story.ts';

const NOW = 9000;
const none = () => ({ headers: 0, parameters: 0 });
const textOf = (log: Log, redacted = none()) =>
  [...sessionFile(savedSession(log, NOW), redacted)].map(({ text }) => text).join('');

interface File {
  [field: string]: unknown;
  sources: { [field: string]: unknown; events: Record<string, unknown>[] }[];
}
const LIVE = 'construct /events · connect · announce · dispatch 1 · dispatch 2 tick · dispatch 3';
const fileOf = (log: Log = logOf(LIVE)) => JSON.parse(textOf(log)) as File;

/** What comes of the file of {@link LIVE} after `change`: where it is wrong, or what else is wrong with it. */
function problemOf(change: (file: File) => unknown): string | undefined {
  const file = fileOf();
  change(file);
  const parsed = parseSessionFile(JSON.stringify(file));
  if ('session' in parsed) return undefined;
  return parsed.problem.type === 'broken' ? parsed.problem.at : parsed.problem.type;
}

describe('a file', () => {
  test('says what it is, when it was saved, and what happened, under the names of the model', () => {
    expect(fileOf()).toMatchObject({
      format: 'sse-lifeline-session',
      version: 1,
      saved: NOW,
      newest: 500,
      counts: { dropped: 0, trimmed: 0, unrecorded: 0, malformed: 0 },
      sources: [
        {
          key: 'A:1',
          url: '/events',
          document: { id: 'A', url: 'https://app.test/' },
          attempts: [{ number: 1, started: 100, announced: 200, events: 3 }],
          changes: [
            { time: 0, state: 'connecting', attempt: 1 },
            { time: 200, state: 'open', attempt: 1 },
          ],
          events: [
            { time: 300, type: 'message', lastEventId: '1' },
            { time: 400, type: 'tick', lastEventId: '2' },
            { time: 500, type: 'message', lastEventId: '3' },
          ],
        },
      ],
      redacted: { headers: 0, parameters: 0 },
    });
  });

  test('has the secrets of the data, and no others, and counts those', () => {
    const url = '/e?token=S1';
    const { document, entries } = story(
      'construct /e @0 · connect @0 · announce @20 · dispatch 1 @30 · reestablish @100',
      {
        url: 'https://app.test/?session=S2',
      },
    );
    const page = entries.map((entry) => {
      const { record } = entry;
      if (record.type === 'construct') return { ...entry, record: { ...record, url } };
      if (record.type !== 'dispatch') return entry;
      return { ...entry, record: { ...record, data: 'token=D1', lastEventId: '?key=D2' } };
    });
    const network = `request ${url} @1 · response 200 @15 · end @99`;
    const log = logWith({ document, entries: page }, network);
    const request = log.sources[0]?.attempts[0]?.request;
    if (!request?.response) throw new Error('The attempt has no answer.');
    request.redirects = [{ time: 5, status: 302, to: '/e?sig=S3' }];
    request.requestHeaders = [['Cookie', 'a=S4'], ...request.requestHeaders];
    request.response.headers = [...request.response.headers, ['Set-Cookie', 'a=S5']];
    const redacted = none();
    const text = textOf(log, redacted);
    expect(text.match(/\b[SD]\d\b/g)).toEqual(['D1', 'D2']);
    // The page's URL stands in the session, in its mark and in its source; the source's in it and in its request.
    expect(redacted).toEqual({ headers: 2, parameters: 6 });
    expect(JSON.parse(text)).toMatchObject({ redacted });
  });

  test('comes in pieces that are no larger than they must be', () => {
    const { document, entries } = story(LIVE);
    const data = 'x'.repeat(60_000);
    const many = Array.from({ length: 60 }, (_, index) => ({
      seq: 100 + index,
      time: 1000,
      source: 1,
      record: { type: 'dispatch', event: 'm', data, size: data.length, lastEventId: '', origin: '', heard: true },
    })) as typeof entries;
    const pieces = [...sessionFile(savedSession(logOf({ document, entries: [...entries, ...many] }), NOW), none())];
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThan(400_000);
    const parts = pieces.map(({ part }) => part);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts.at(-1)).toBe(1);
  });
});

describe('what is no session is not opened:', () => {
  test.each([
    ['', 'not-json'],
    ['{', 'not-json'],
    ['null', 'other-format'],
    ['[]', 'other-format'],
    ['{"log":{"version":"1.2","entries":[]}}', 'other-format'],
    ['{"format":"sse-lifeline-session"}', 'broken'],
    ['{"format":"sse-lifeline-session","version":2}', 'newer'],
    ['{"__proto__":{"format":"sse-lifeline-session","version":1}}', 'other-format'],
  ])('%s', (text, type) => {
    expect(parseSessionFile(text)).toMatchObject({ problem: { type } });
  });

  test('one in which there is no source', () => {
    expect(
      problemOf((file) => {
        file.sources = [];
      }),
    ).toBe('empty');
  });
});

describe('it is said where a file is wrong:', () => {
  type Change = (file: File, source: File['sources'][number]) => unknown;
  const change = (at: string, make: Change): [string, Change] => [at, make];
  test.each([
    change('version', (file) => delete file['version']),
    change('saved', (file) => (file['saved'] = '2026-01-01')),
    change('newest', (file) => (file['newest'] = NOW + 1)),
    change('counts.dropped', (file) => (file['counts'] = {})),
    change('marks[0].type', (file) => (file['marks'] = [{ type: 'constructor' }])),
    change('marks[0].until', (file) => (file['marks'] = [{ type: 'pause', time: 5, until: 4 }])),
    change('sources[1].key', (file, source) => file.sources.push(source)),
    change('sources[0].events[1].time', (_, { events }) => (events[1] = { ...events[1], time: 299 })),
    change('sources[0].events[2].seq', (_, { events }) => (events[2] = { ...events[1] })),
    change('sources[0].events[2].attempt', (_, { events }) => (events[0] = { ...events[0], attempt: 2 })),
    change('sources[0].events[0].data', (_, { events }) => (events[0] = { ...events[0], data: 'x'.repeat(65537) })),
    change('sources[0].events[0].heard', (_, { events }) => delete events[0]?.['heard']),
    change('sources[0].events[1]', (_, { events }) => (events[1] = null as never)),
    change('sources[0].attempts[0].number', (_, source) => (source['attempts'] = [{}])),
    change('sources[0].attempts', (_, source) => (source['attempts'] = { length: 1, 0: {} })),
    change('sources[0].kind', (_, source) => (source['kind'] = 'toString')),
    change('sources[0].ended.cause.type', (_, source) => {
      source['ended'] = { time: 1, by: 'fail', forced: false, cause: { type: 'hasOwnProperty' } };
    }),
    change('sources[0].newest', (_, source) => (source['newest'] = 8.64e15)),
  ])('%s', (at, make) => {
    const place = problemOf((file) => {
      const [source] = file.sources;
      if (source) make(file, source);
    });
    // An event that is of a later attempt is only known by the next one.
    expect(place).toBe(at === 'sources[0].events[2].attempt' ? 'sources[0].events[1].attempt' : at);
  });
});

test('a document that comes back changes nothing of what was saved when it had gone', () => {
  const { document, entries } = story('construct /events · connect · @2981 fail');
  const log = new Log();
  log.hello(document, 0);
  log.append('A', entries);
  log.bye('A', 2990);
  const saved = savedSession(log, NOW);
  const before = structuredClone(saved);
  expect(before.sources[0]?.ended?.cause).toEqual({ type: 'unload' });
  log.hello(document, 3000);
  expect(saved).toEqual(before);
});

test('fields that nobody knows are left out, and none of them gets into a prototype', () => {
  const text = textOf(logOf(LIVE)).replaceAll(
    '"seq":',
    '"__proto__":{"polluted":1},"constructor":{"a":1},"new":2,"seq":',
  );
  const parsed = parseSessionFile(text);
  expect('session' in parsed && parsed.session.sources).toEqual(logOf(LIVE).sources);
  expect({}).not.toHaveProperty('polluted');
  expect('session' in parsed && Object.getPrototypeOf(parsed.session.sources[0]?.events[0])).toBe(Object.prototype);
});

test('what is more than a log may hold is forgotten, the oldest first, and counted', () => {
  const text = textOf(logOf(LIVE));
  const parsed = parseSessionFile(text, { entries: 4, size: 1e9 });
  const log = new SavedLog('session' in parsed ? parsed.session : savedSession(logOf(), NOW));
  expect(log.sources[0]?.events.map(({ lastEventId }) => lastEventId)).toEqual(['2', '3']);
  expect(log).toMatchObject({ events: 2, trimmed: 1 });
});
