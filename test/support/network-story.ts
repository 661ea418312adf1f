/**
 * What the network did, told beside what a page says of it (story.ts):
 *
 *     networkStory(`request /events id=7 @3100 · response 200 · end RST @5000`)
 *
 * Steps are separated by `·` or by line ends. Each is one fact (a redirect is three, as the browser tells it), 10 ms
 * after the one before it.
 *
 * | step | words after it (all optional, in any order unless shown) |
 * |---|---|
 * | `request <url>` | `id=…` (Last-Event-ID) · `marker=…` · `accept=…` (else that of an EventSource) · `began=@90` (before its headers were sent) · `from=…` (origin that asks) · `in=…` (document that asks) · `frame=1` (asks, and has no name) · `worker` (no document asks) |
 * | `redirect <status> <url>` | |
 * | `response <status>` | `type=…` (`-` for none; else text/event-stream; `_` stands for a blank) · `allow=…` (origin) · `credentials` |
 * | `tapped` · `untapped` · `reset` | |
 * | `see` `comment` `retry` `id`, and the value; or `see event [id [type]]`, as `dispatch` in story.ts | `lost=…` |
 * | `end` | the browser's word for it, or `RST` `CUT` `ABORT` `REFUSED` `FAILED` for Chromium's; none for a clean end |
 *
 * Anywhere in a step: `@1500` (time), `+3000` (time after the step before), `&2` (key of the request; else that of the
 * step before, or for `request` one more than the newest).
 */
import { Log } from '../../src/model/log.ts';
import { applyNetworkFact, createRequest, type NetworkRequest } from '../../src/model/network-request.ts';
import type { Source } from '../../src/model/source.ts';
import { attemptsOf, stateOf } from '../../src/model/source-state.ts';
import type { Header, NetworkFact } from '../../src/protocol/network.ts';
import type { StreamRecord } from '../../src/protocol/record.ts';
import { type Story, story } from './story.ts';

const WORDS: Record<string, string> = {
  RST: 'net::ERR_CONNECTION_RESET',
  CUT: 'net::ERR_INCOMPLETE_CHUNKED_ENCODING',
  ABORT: 'net::ERR_ABORTED',
  REFUSED: 'net::ERR_CONNECTION_REFUSED',
  FAILED: 'net::ERR_FAILED',
};

/** The document that the requests of a story come from, by the browser's word. */
export const HOME = 'home of A';

type RequestFact = Extract<NetworkFact, { type: 'request' }>;

export function networkStory(text: string): NetworkFact[] {
  const begun = new Map<string, RequestFact>();
  const facts: NetworkFact[] = [];
  let time = -10;
  let key = '';
  for (const step of text.split(/[·\n]/)) {
    let at: number | undefined;
    let named: string | undefined;
    const words = step.split(/\s+/).filter((word) => {
      if (/^@-?\d/.test(word)) at = Number(word.slice(1));
      else if (/^\+\d/.test(word)) at = time + Number(word.slice(1));
      else if (/^&\d/.test(word)) named = word.slice(1);
      else return word !== '';
      return false;
    });
    const [verb, ...rest] = words;
    if (verb === undefined) continue;
    time = at ?? time + 10;
    key = named ?? (verb === 'request' ? `${Math.max(0, ...[...begun.keys()].map(Number)) + 1}` : key);
    if (verb === 'request') begun.set(key, requestFact(key, time, rest));
    facts.push(...factsOf(verb, key, time, rest, begun));
  }
  return facts;
}

/** The one request of a story. */
export function requestOf(text: string): NetworkRequest {
  const [first, ...rest] = networkStory(text);
  if (first?.type !== 'request') throw new Error(`No request begins the story: ${text}`);
  const request = createRequest(first);
  for (const fact of rest) applyNetworkFact(request, fact);
  return request;
}

function factsOf(
  verb: string,
  request: string,
  time: number,
  words: string[],
  begun: ReadonlyMap<string, RequestFact>,
): NetworkFact[] {
  const [first, second] = words.filter((word) => !word.includes('='));
  switch (verb) {
    case 'request': {
      const fact = begun.get(request);
      return fact ? [fact] : [];
    }
    case 'redirect': {
      const hop = begun.get(request);
      const to = second ?? '/';
      const headers: Header[] = [['Location', to]];
      const status = Number(first);
      return [
        { type: 'response', request, time, status, statusLine: `HTTP/1.1 ${status}`, headers, fromCache: false },
        { type: 'redirect', request, time, status, to },
        ...(hop ? [{ ...hop, time, url: to }] : []),
      ];
    }
    case 'response': {
      const status = Number(first ?? 200);
      const headers = answerHeaders(words);
      return [{ type: verb, request, time, status, statusLine: `HTTP/1.1 ${status}`, headers, fromCache: false }];
    }
    case 'tapped':
    case 'untapped':
    case 'reset':
      return [{ type: verb, request, time }];
    case 'see':
      return [{ type: 'parts', request, time, parts: [partOf(words)], lost: Number(valueIn(words)('lost') ?? 0) }];
    case 'end':
      return [
        first === undefined
          ? { type: verb, request, time }
          : { type: verb, request, time, error: WORDS[first] ?? first },
      ];
    default:
      throw new Error(`The network does not: ${verb}`);
  }
}

/** What a tap sees: one part. */
function partOf([kind, ...words]: string[]): StreamRecord {
  const value = valueIn(words);
  const [first, event = 'message'] = words.filter((word) => !word.includes('='));
  if (kind === 'comment' || kind === 'retry' || kind === 'id') {
    const text = first ?? '';
    return { type: kind, value: text, size: text.length };
  }
  const data = value('data') ?? '';
  const lastEventId = first === undefined || first === '-' ? '' : first;
  return { type: 'dispatch', event, data, size: data.length, lastEventId, origin: 'https://app.test', heard: false };
}

function requestFact(request: string, time: number, words: string[]): RequestFact {
  const value = valueIn(words);
  const id = value('id');
  const marker = value('marker');
  const headers: Header[] = [['Accept', value('accept') ?? 'text/event-stream']];
  if (id !== undefined) headers.push(['Last-Event-ID', id]);
  const frame = value('frame');
  const sender = frame === undefined ? { frame: 0, document: value('in') ?? HOME } : { frame: Number(frame) };
  return {
    type: 'request',
    request,
    time,
    started: Number(value('began')?.slice(1) ?? time),
    ...(words.includes('worker') ? {} : { sender }),
    initiator: value('from') ?? 'https://app.test',
    url: words.find((word) => !word.includes('=') || /^https?:|^\//.test(word)) ?? '/',
    ...(marker === undefined ? {} : { marker }),
    method: 'GET',
    headers,
  };
}

function answerHeaders(words: string[]): Header[] {
  const value = valueIn(words);
  const headers: Header[] = [];
  const type = value('type') ?? 'text/event-stream';
  if (type !== '-') headers.push(['Content-Type', type.replaceAll('_', ' ')]);
  const allow = value('allow');
  if (allow !== undefined) headers.push(['Access-Control-Allow-Origin', allow]);
  if (words.includes('credentials')) headers.push(['Access-Control-Allow-Credentials', 'true']);
  return headers;
}

const valueIn = (words: string[]) => (name: string) =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

/** A log of the document of `page`, at {@link HOME}, which heard both; all of it was told by `claimed`. */
export function logWith(page: Story | string, network: string, claimed = 1_000_000): Log {
  const { document, entries, bye } = typeof page === 'string' ? story(page) : page;
  const log = new Log();
  log.hello(document, document.started, HOME);
  log.append(document.id, entries);
  if (bye !== undefined) log.bye(document.id, bye);
  log.network(networkStory(network), 0);
  log.claimed(claimed);
  return log;
}

/** Whose the requests are: `1.2=3` for the third, which the second attempt of source 1 made; `-` where nobody's. */
export function owners(log: Log): string {
  const of = (source: Source) =>
    attemptsOf(source).flatMap(({ number, request }) => {
      if (source.networkOnly) return request ? [`-=${request.key}`] : [];
      return [`${source.id}.${number}${request ? `=${request.key}` : ''}`];
    });
  return log.sources.flatMap(of).sort().join(' ');
}

/** Sources of which only the network knows: URL, state, attempts. */
export const strangers = (log: Log): string[] =>
  log.sources
    .filter(({ networkOnly }) => networkOnly)
    .map((source) => `${source.url} ${stateOf(source)} ${source.attempts.length}`);
