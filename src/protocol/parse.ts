import type { Ask } from './ask.ts';
import { FAULTS, type FaultType, type Refusal } from './command.ts';
import { PROTOCOL_VERSION, type UpMessage } from './message.ts';
import type { Cause, DocumentId, DocumentInfo, Entry, NavigationType, SourceRecord } from './record.ts';
import { LATEST, MAX_DATA } from './record.ts';

/** A message whose entries have been read. */
export type ParsedMessage =
  | Exclude<UpMessage, { type: 'entries' }>
  /** A hello in the words of another version. */
  | { type: 'outdated' }
  | { type: 'entries'; document: DocumentId; after: number; entries: Entry[] };

/**
 * The only place that distrusts. Whatever comes from a page's process may have been made by the page: a compromised
 * renderer speaks for its content scripts. What is not a message of the protocol, in every field, is `undefined`.
 */
export function parseUp(value: unknown): ParsedMessage | undefined {
  if (!isObject(value)) return undefined;
  const { type } = value;
  switch (type) {
    case 'hello': {
      const { version, time, last } = value;
      if (isCount(version) && version !== PROTOCOL_VERSION) return { type: 'outdated' };
      const document = parseDocument(value['document']);
      return version === PROTOCOL_VERSION && isTime(time) && isCount(last) && document
        ? { type, version: PROTOCOL_VERSION, document, time, last }
        : undefined;
    }
    case 'entries': {
      const { document, after } = value;
      const entries = parseAll(fromJson(value['entries']), parseEntry);
      return isId(document) && isCount(after) && entries ? { type, document, after, entries } : undefined;
    }
    case 'bye': {
      const { document, time } = value;
      return isId(document) && isTime(time) ? { type, document, time } : undefined;
    }
    case 'outcome': {
      const { document, command, ok, reason } = value;
      if (!isId(document) || !isCount(command) || !isBoolean(ok)) return undefined;
      if (reason === undefined) return { type, document, command, ok };
      return isRefusal(reason) ? { type, document, command, ok, reason } : undefined;
    }
    case 'in-force': {
      const { document } = value;
      const orders = parseAll(value['orders'], (order) => (isCount(order) ? order : undefined));
      return isId(document) && orders ? { type, document, orders } : undefined;
    }
    case 'uncaught': {
      const { document, time, count, message } = value;
      return isId(document) && isTime(time) && isCount(count) && isText(message)
        ? { type, document, time, count, message }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A question of a page to the background; see protocol/ask.ts. */
export function parseAsk(value: unknown): Ask | undefined {
  if (!isObject(value)) return undefined;
  const { type, request, url, lastEventId } = value;
  if (!isId(request)) return undefined;
  switch (type) {
    case 'expect':
      if (!isText(url)) return undefined;
      if (lastEventId === undefined) return { type, request, url };
      return isText(lastEventId) ? { type, request, url, lastEventId } : undefined;
    case 'answered':
    case 'fate':
    case 'forget':
      return { type, request };
    default:
      return undefined;
  }
}

function parseDocument(value: unknown): DocumentInfo | undefined {
  if (!isObject(value)) return undefined;
  const { id, url, top, started, appeared, entered, late } = value;
  if (appeared !== undefined && !isTime(appeared)) return undefined;
  return isId(id) && isText(url) && isBoolean(top) && isTime(started) && isNavigationType(entered) && isBoolean(late)
    ? { id, url, top, started, ...(appeared === undefined ? {} : { appeared }), entered, late }
    : undefined;
}

function parseEntry(value: unknown): Entry | undefined {
  if (!isObject(value)) return undefined;
  const { seq, time, source } = value;
  const record = parseRecord(value['record']);
  return isCount(seq) && seq > 0 && isTime(time) && isCount(source) && record
    ? { seq, time, source, record }
    : undefined;
}

function parseRecord(value: unknown): SourceRecord | undefined {
  if (!isObject(value)) return undefined;
  const { type } = value;
  switch (type) {
    case 'construct': {
      const { kind, url, withCredentials, stack } = value;
      return kind === 'eventsource' && isText(url) && isBoolean(withCredentials) && isStack(stack)
        ? { type, kind, url, withCredentials, ...(stack === undefined ? {} : { stack }) }
        : undefined;
    }
    case 'connect': {
      const { attempt, lastEventId, carried, seen, request } = value;
      return isCount(attempt) &&
        (request === undefined || isId(request)) &&
        isText(lastEventId) &&
        (carried === 'native' || carried === 'managed') &&
        (seen === 'start' || seen === 'answer')
        ? { type, attempt, lastEventId, carried, seen, ...(request === undefined ? {} : { request }) }
        : undefined;
    }
    case 'announce': {
      const { status } = value;
      if (status === undefined) return { type };
      return isCount(status) ? { type, status } : undefined;
    }
    case 'dispatch': {
      const { event, data, size, lastEventId, origin, heard, injected } = value;
      if (injected !== undefined && injected !== true) return undefined;
      return isText(event) && isText(data) && isCount(size) && isText(lastEventId) && isText(origin) && isBoolean(heard)
        ? { type, event, data, size, lastEventId, origin, heard, ...(injected && { injected }) }
        : undefined;
    }
    case 'witnessed': {
      const { event, data, size, lastEventId } = value;
      return isText(event) && isText(data) && isCount(size) && isText(lastEventId)
        ? { type, event, data, size, lastEventId }
        : undefined;
    }
    case 'witness': {
      const { phase, status, request } = value;
      if (phase === 'ask') return isId(request) ? { type, phase, request } : undefined;
      if (phase !== 'open' && phase !== 'refused' && phase !== 'end') return undefined;
      if (status === undefined) return { type, phase };
      return isCount(status) ? { type, phase, status } : undefined;
    }
    case 'fault': {
      const { phase, order, fault, count, used, until } = value;
      if (!isCount(order) || !isFaultType(fault)) return undefined;
      if (phase === 'left') {
        if ((used !== undefined && !isCount(used)) || (until !== undefined && !isTime(until))) return undefined;
        const left = { ...(used !== undefined && { used }), ...(until !== undefined && { until }) };
        return { type, phase, order, fault, ...left };
      }
      if (phase !== 'begin' && phase !== 'act' && phase !== 'end') return undefined;
      if (count === undefined) return { type, phase, order, fault };
      return isCount(count) ? { type, phase, order, fault, count } : undefined;
    }
    case 'comment':
    case 'retry':
    case 'id':
      return isText(value['value']) && isCount(value['size'])
        ? { type, value: value['value'], size: value['size'] }
        : undefined;
    case 'reestablish': {
      const { lastEventId } = value;
      const how = parseEnding(value);
      return isText(lastEventId) && how ? { type, lastEventId, ...how } : undefined;
    }
    case 'fail': {
      const how = parseEnding(value);
      return how && { type, ...how };
    }
    case 'close': {
      const { stack } = value;
      return isStack(stack) ? { type, ...(stack === undefined ? {} : { stack }) } : undefined;
    }
    case 'listen': {
      const { event } = value;
      return isText(event) ? { type, event } : undefined;
    }
    default:
      return undefined;
  }
}

function parseEnding(value: Record<string, unknown>) {
  const { forced, fault } = value;
  const cause = parseCause(value['cause']);
  if (!isBoolean(forced) || !cause || (fault !== undefined && !isFaultType(fault))) return undefined;
  return { forced, ...(cause === 'none' ? {} : { cause }), ...(fault === undefined ? {} : { fault }) };
}

function parseCause(value: unknown): Cause | 'none' | undefined {
  if (value === undefined) return 'none';
  if (!isObject(value)) return undefined;
  const { type, status, contentType } = value;
  if (type === 'end' || type === 'network' || type === 'cors' || type === 'blocked' || type === 'stopped')
    return { type };
  if (type === 'status' && isCount(status)) return { type, status };
  if (type === 'content-type' && isText(contentType)) return { type, contentType };
  return undefined;
}

function fromJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function parseAll<T>(value: unknown, parse: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const parsed = parse(item);
    if (parsed === undefined) return undefined;
    items.push(parsed);
  }
  return items;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** A page may say that it is any time: what no clock shows, nobody could write. */
const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= LATEST;
/** Whatever is longer than this was not cut by our journal, so it did not come from it. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_DATA;
const isStack = (value: unknown): value is string | undefined => value === undefined || isText(value);
const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
const isNavigationType = (value: unknown): value is NavigationType =>
  value === 'navigate' || value === 'reload' || value === 'back_forward';
const isRefusal = (value: unknown): value is Refusal => value === 'gone' || value === 'closed' || value === 'waiting';

const isFaultType = (value: unknown): value is FaultType => typeof value === 'string' && Object.hasOwn(FAULTS, value);
