import { FAULTS, type FaultType } from '../protocol/command.ts';
import type { Header } from '../protocol/network.ts';
import type { Carrier, Cause, DocumentInfo, NavigationType, SourceKind } from '../protocol/record.ts';
import { MAX_DATA } from '../protocol/record.ts';
import type { Sender } from '../protocol/sender.ts';
import type { Attempt, Ending } from './attempt.ts';
import type { FaultSpan } from './fault-span.ts';
import type { NetworkRequest, NetworkResponse, Redirect } from './network-request.ts';
import {
  amount,
  count,
  flag,
  integer,
  list,
  object,
  only,
  optional,
  ordered,
  pair,
  type Reader,
  rising,
  text,
  time,
  variant,
  word,
} from './reader.ts';
import type { Redacted } from './redact.ts';
import type { SessionMark } from './session-mark.ts';
import type { Source, SourceState, StateChange } from './source.ts';
import type { StreamEvent, StreamLine } from './stream-event.ts';
import type { Witness, WitnessedEvent } from './witness.ts';

/** What a journal keeps of a text; what is longer did not come from one. */
const data = text(MAX_DATA);
/** URLs and headers. [chrome] A URL has 2 Mi at most (url::kMaxURLChars). */
const line = text(4 * 1024 * 1024);
const yes = only(true);

const navigationType = word<NavigationType>({ navigate: true, reload: true, back_forward: true });
const carrier = word<Carrier>({ native: true, managed: true });
const state = word<SourceState>({ connecting: true, open: true, waiting: true, closed: true });

export const readDocument = object<DocumentInfo>({
  id: line,
  url: line,
  top: flag,
  started: time,
  appeared: optional(time),
  entered: navigationType,
  late: flag,
});

const cause = variant<Cause | { type: 'unload' }>({
  end: object({ type: only('end') }),
  network: object({ type: only('network') }),
  cors: object({ type: only('cors') }),
  blocked: object({ type: only('blocked') }),
  stopped: object({ type: only('stopped') }),
  unload: object({ type: only('unload') }),
  status: object<Extract<Cause, { type: 'status' }>>({ type: only('status'), status: count }),
  'content-type': object<Extract<Cause, { type: 'content-type' }>>({ type: only('content-type'), contentType: line }),
});

const faultType = word<FaultType>(FAULTS);

const ending = object<Ending>({
  time,
  by: word<Ending['by']>({ reestablish: true, fail: true, close: true, unload: true }),
  forced: flag,
  inNetwork: optional(yes),
  cause: optional(cause),
  fault: optional(faultType),
  stack: optional(line),
});

const headers: Reader<Header[]> = list(pair(line));

const response = object<NetworkResponse>({
  time,
  status: count,
  statusLine: line,
  headers,
  ip: optional(line),
  fromCache: flag,
});

const request = object<NetworkRequest>({
  key: line,
  sender: optional(object<Sender>({ frame: integer, document: optional(line), prerendered: optional(flag) })),
  initiator: optional(line),
  prerendered: optional(yes),
  url: line,
  redirects: list(object<Redirect>({ time, status: count, to: line })),
  marker: optional(line),
  method: line,
  started: time,
  requestHeaders: headers,
  response: optional(response),
  witness: optional(yes),
  queued: optional(yes),
  forgotten: optional(yes),
  tapped: optional(yes),
  reset: optional(time),
  ended: optional(object<{ time: number; error?: string }>({ time, error: optional(line) })),
});

const attempt = object<Attempt>({
  number: count,
  carried: carrier,
  initiator: word<Attempt['initiator']>({ page: true, browser: true, lifeline: true }),
  lastEventId: line,
  time,
  started: optional(time),
  wait: optional(time),
  announced: optional(time),
  marker: optional(line),
  request: optional(request),
  unseen: optional(yes),
  settled: optional(yes),
  status: optional(count),
  events: count,
  size: count,
  ended: optional(ending),
  incomplete: optional(yes),
});

const event = object<StreamEvent>({
  seq: amount,
  time,
  attempt: count,
  type: data,
  data,
  size: count,
  lastEventId: data,
  heard: flag,
  injected: optional(yes),
});

const streamLine = object<StreamLine>({
  seq: amount,
  time,
  attempt: count,
  type: word<StreamLine['type']>({ comment: true, retry: true, id: true }),
  value: data,
  size: count,
});

const faultSpan = object<FaultSpan>({
  order: count,
  fault: faultType,
  from: time,
  to: optional(time),
  acted: count,
  used: optional(count),
  until: optional(time),
});

const witness = object<Witness>({
  from: time,
  to: optional(time),
  phase: word<Witness['phase']>({ open: true, refused: true, end: true }),
  status: optional(count),
  events: list(object<WitnessedEvent>({ time, type: data, data, size: count, lastEventId: data }), ordered('time')),
  forgotten: optional(count),
});

/** Files that are older than the field have none. */
const orNone =
  <T>(reader: Reader<T[]>): Reader<T[]> =>
  (value) =>
    value === undefined ? [] : reader(value);

/** What is searched by halving is in order: events, lines, attempts and changes of state. */
export const readSource = object<Source>({
  key: line,
  document: readDocument,
  id: count,
  kind: word<SourceKind | 'fetch'>({ eventsource: true, fetch: true }),
  url: line,
  withCredentials: flag,
  stack: optional(line),
  constructed: time,
  newest: time,
  carried: carrier,
  state,
  lastEventId: line,
  changes: list(object<StateChange>({ time, state, attempt: count }), ordered('time')),
  attempts: list(attempt, rising('number'), ordered('time')),
  events: list(event, rising('seq'), ordered('time'), ordered('attempt')),
  lines: list(streamLine, rising('seq'), ordered('time'), ordered('attempt')),
  faults: orNone(list(faultSpan, ordered('from'))),
  witnesses: orNone(list(witness, ordered('from'))),
  pending: optional(attempt),
  networkOnly: optional(yes),
  ended: optional(ending),
  uncounted: count,
  gaps: optional(list(time)),
  incomplete: optional(yes),
});

const mark = variant<SessionMark>({
  navigation: object<Extract<SessionMark, { type: 'navigation' }>>({
    type: only('navigation'),
    time,
    url: line,
    entered: navigationType,
  }),
  pause: object<Extract<SessionMark, { type: 'pause' }>>({ type: only('pause'), time, until: optional(time) }),
});

export const readMarks = list(mark, ordered('time'));

export const readRedacted = object<Redacted>({ headers: count, parameters: count });
