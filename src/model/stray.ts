import type { DocumentInfo } from '../protocol/record.ts';
import type { Attempt, Ending } from './attempt.ts';
import { fromNetwork } from './cause.ts';
import { finalUrl, headerOf, type NetworkRequest } from './network-request.ts';
import { blankSource } from './new-source.ts';
import type { Source, StateChange } from './source.ts';
import { latestChange } from './source-state.ts';

/**
 * Sources of which only the network knows: those of workers, of frames where none of our scripts is, and event streams
 * that an app reads by itself. Requests for one URL from one place, each begun when the one before it was over, are one
 * source that reconnects. `documentOf`: what is known of where a request came from.
 */
export function strays(
  requests: readonly NetworkRequest[],
  documentOf: (request: NetworkRequest) => DocumentInfo,
): Source[] {
  const sources: Source[] = [];
  /** By where they are and what they have asked for. */
  const known = new Map<string, Source[]>();
  for (const request of [...requests].sort((a, b) => a.started - b.started)) {
    const earlier = known.get(placeOf(request, request.url))?.findLast((source) => {
      const last = source.attempts.at(-1)?.request;
      if (!last?.ended || last.ended.time > request.started) return false;
      return [source.url, finalUrl(last)].includes(request.url);
    });
    const source = earlier ?? create(request, documentOf(request));
    if (!earlier) sources.push(source);
    append(source, request);
    for (const url of [source.url, finalUrl(request)]) {
      const place = placeOf(request, url);
      const there = known.get(place);
      if (!there) known.set(place, [source]);
      else if (!there.includes(source)) there.push(source);
    }
  }
  return sources;
}

/**
 * `made` anew, as those that are there `already` as far as they are the same: who holds on to one, or to what it brought,
 * goes on to hold the right one.
 */
export function sameSources(already: readonly Source[], made: readonly Source[]): Source[] {
  const known = new Map(already.map((source) => [source.key, source]));
  const attempts = new Map(already.flatMap((source) => source.attempts.map((attempt) => [attempt.request, attempt])));
  return made.map((source) => {
    for (const attempt of source.attempts) {
      const { events = 0, size = 0 } = attempts.get(attempt.request) ?? {};
      Object.assign(attempt, { events, size });
    }
    const old = known.get(source.key);
    if (!old) return source;
    const { events, lines, lastEventId } = old;
    const isNext = old.attempts.at(-1)?.request !== source.attempts.at(-1)?.request;
    delete old.ended;
    return Object.assign(old, source, { events, lines, ...(!isNext && { lastEventId }) });
  });
}

const placeOf = ({ sender, initiator }: NetworkRequest, url: string): string =>
  `${sender?.document ?? sender?.frame ?? initiator} ${url}`;

/** An EventSource asks for this and nothing else. */
const isEventSource = ({ requestHeaders }: NetworkRequest): boolean =>
  headerOf(requestHeaders, 'accept') === 'text/event-stream';

function create(request: NetworkRequest, document: DocumentInfo): Source {
  const { key, url, started } = request;
  const source = blankSource(`network:${key}`, document, started);
  return { ...source, url, kind: isEventSource(request) ? 'eventsource' : 'fetch', networkOnly: true };
}

function append(source: Source, request: NetworkRequest): void {
  const { started, response, ended } = request;
  const number = source.attempts.length + 1;
  const lastEventId = headerOf(request.requestHeaders, 'last-event-id') ?? '';
  const attempt: Attempt = {
    number,
    carried: 'native',
    initiator: number > 1 && isEventSource(request) ? 'browser' : 'page',
    lastEventId,
    time: started,
    started,
    request,
    events: 0,
    size: 0,
  };
  const enter = (state: StateChange['state'], time: number) => {
    source.state = state;
    source.changes.push({ time: Math.max(time, latestChange(source)?.time ?? time), state, attempt: number });
  };
  source.attempts.push(attempt);
  source.lastEventId = lastEventId;
  delete source.ended;
  enter('connecting', started);
  if (response && isAccepted(request)) {
    attempt.announced = response.time;
    enter('open', response.time);
  }
  if (!ended) return;
  attempt.ended = ending(request, attempt.announced !== undefined);
  if (attempt.ended.by !== 'reestablish') source.ended = attempt.ended;
  enter(attempt.ended.by === 'reestablish' ? 'waiting' : 'closed', ended.time);
}

/** Nothing in the answer keeps it from being read as an event stream. */
const isAccepted = (request: NetworkRequest): boolean => {
  const { code } = fromNetwork({ ...request, ended: { time: 0 } }, false);
  return code === 'end';
};

/** [spec] An EventSource tries again after a lost network and a finished stream; after anything else, it fails. */
function ending(request: NetworkRequest, announced: boolean): Ending {
  const time = request.ended?.time ?? 0;
  if (request.reset !== undefined) return { time, by: 'reestablish', forced: true, inNetwork: true };
  const { code } = fromNetwork(request, announced);
  if (code === 'stopped') return { time, by: 'close', forced: false };
  const isLost = ['end', 'reset', 'cut', 'empty', 'refused', 'dns', 'timeout', 'offline', 'network-changed', 'network'];
  const by = isEventSource(request) && isLost.includes(code) ? 'reestablish' : 'fail';
  return { time, by, forced: false };
}
