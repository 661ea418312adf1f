import type {
  Carrier,
  DocumentInfo,
  Entry,
  Milliseconds,
  SourceId,
  SourceKind,
  SourceRecord,
} from '../protocol/record.ts';
import { type Attempt, assumeAttempt, beginAttempt, type Ending, ending } from './attempt.ts';
import { notBefore } from './chronology.ts';
import { applyFault, type FaultSpan } from './fault-span.ts';
import { isListed, noteListener } from './ledger.ts';
import type { StreamEvent, StreamLine } from './stream-event.ts';
import { applyWitness, type Witness } from './witness.ts';

/** `waiting`: an attempt ended and the next one is not known to have started. */
export type SourceState = 'connecting' | 'open' | 'waiting' | 'closed';

/**
 * The source entered `state` at `time`. The first is `connecting` (or, where its beginning was dropped or cleared, the
 * first state that is known); consecutive changes differ in state or attempt.
 */
export interface StateChange {
  time: Milliseconds;
  state: SourceState;
  attempt: number;
}

/** One event source of one document, derived from its entries. Grows in place as entries arrive. */
export interface Source {
  /** Unique in a session: document id and source id. */
  key: string;
  document: DocumentInfo;
  id: SourceId;
  /** `fetch`: an app reads the stream by itself. */
  kind: SourceKind | 'fetch';
  url: string;
  withCredentials: boolean;
  /** The calls that constructed it. */
  stack?: string;
  constructed: Milliseconds;
  /** Time of the newest entry of its page. None after it is earlier, whatever of the past is forgotten meanwhile. */
  newest: Milliseconds;
  carried: Carrier;
  state: SourceState;
  /** The standard's last event ID: what the next attempt would carry. */
  lastEventId: string;
  changes: StateChange[];
  attempts: Attempt[];
  events: StreamEvent[];
  /** Only where its bytes are visible: while the connection is managed, or goes through our tap. */
  lines: StreamLine[];
  /** In the order in which they began. */
  faults: FaultSpan[];
  /** In the order in which they were opened. */
  witnesses: Witness[];
  /** The reconnect that only the network has seen: the page learns of it by its answer, or never if it closes first. */
  pending?: Attempt;
  /** Only the network knows of it: nothing of ours is where it lives. */
  networkOnly?: true;
  /** How it came to be closed; undefined until then. Never by `reestablish`. */
  ended?: Ending;
  /** Attempts that its page does not count. */
  uncounted: number;
  /** When the first entry came after others that its document's ring had let go; the newest ones. */
  gaps?: Milliseconds[];
  /** Its construct record was dropped: `url` is the document's, `constructed` is when we first heard of it. */
  incomplete?: true;
}

/**
 * Takes one entry into `source`, in place and in O(1) (amortized). Entries come in order of seq. Where entries are
 * missing, what they said is assumed as far as the later ones imply it; what cannot be is ignored: CLOSED is final, and
 * numbers of attempts grow. An event that is not to be kept counts in its attempt all the same; a line is gone then.
 */
export function applyEntry(source: Source, entry: Entry, keepsEvent = true): void {
  const { record } = entry;
  // What a witness sees goes on: an app that reconnects by hand closes its source just then.
  const isWitness = record.type === 'witness' || record.type === 'witnessed';
  if (source.state === 'closed' && !isWitness) return;
  const time = notBefore(source.newest, entry.time);
  source.newest = time;
  switch (record.type) {
    case 'construct':
      if (source.changes.length === 0) enter(source, 'connecting', 1, time);
      break;
    case 'connect':
      connect(source, record, time);
      break;
    case 'announce':
      announce(source, record.status, time);
      break;
    case 'dispatch':
      dispatch(source, record, keepsEvent ? entry.seq : undefined, time);
      break;
    case 'id':
      // [spec] "Set the last event ID string of the event source to the value of the last event ID buffer" comes
      // before "If the data buffer is an empty string, […] return": an id needs no data to be the next one sent.
      source.lastEventId = record.value;
      receive(source, record, keepsEvent ? entry.seq : undefined, time);
      break;
    case 'comment':
    case 'retry':
      receive(source, record, keepsEvent ? entry.seq : undefined, time);
      break;
    case 'reestablish':
      enter(source, 'waiting', endAttempt(source, ending(record, time)), time);
      source.lastEventId = record.lastEventId;
      break;
    case 'fail': {
      const by = ending(record, time);
      endAttempt(source, by);
      close(source, by);
      break;
    }
    case 'close':
      close(source, ending(record, time));
      break;
    case 'listen':
      noteListener(source, record.event, time);
      break;
    case 'fault':
      applyFault(source.faults, record, time);
      break;
    case 'witness':
    case 'witnessed':
      applyWitness(source.witnesses, record, time, keepsEvent);
      break;
  }
}

/** Its document went away at `time`: ends the source unless it is closed. {@link reviveSource} is the undo. */
export function unloadSource(source: Source, time: Milliseconds): void {
  if (source.state === 'closed') return;
  close(source, { time: notBefore(source.newest, time), by: 'unload', forced: false });
}

/** Its document lives on, or did until later than we thought: takes {@link unloadSource} back. */
export function reviveSource(source: Source): void {
  if (source.ended?.by !== 'unload') return;
  delete source.ended;
  source.changes.pop();
  source.state = source.changes.at(-1)?.state ?? 'connecting';
  const attempt = source.attempts.at(-1);
  if (attempt?.ended?.by === 'unload') delete attempt.ended;
}

function connect(source: Source, record: Extract<SourceRecord, { type: 'connect' }>, time: Milliseconds): void {
  const previous = source.attempts.at(-1);
  // A reset of a source that waits: the page knows of no attempt that it ended, and the browser may have begun with one.
  const wasReset = previous?.incomplete && previous.ended?.forced && !previous.ended.inNetwork;
  if (wasReset && record.attempt + source.uncounted === previous.number) source.uncounted += 1;
  const attempt = record.attempt + source.uncounted;
  if (!(attempt > (previous?.number ?? 0))) return;
  source.attempts.push(beginAttempt(previous, { ...record, attempt }, time));
  source.carried = record.carried;
  enter(source, 'connecting', attempt, time);
}

function announce(source: Source, status: number | undefined, time: Milliseconds): void {
  const attempt = open(source, time);
  attempt.announced ??= time;
  if (status !== undefined) attempt.status ??= status;
}

function dispatch(
  source: Source,
  record: Extract<SourceRecord, { type: 'dispatch' }>,
  seq: number | undefined,
  time: Milliseconds,
): void {
  const { event: type, data, size, lastEventId, heard, injected } = record;
  // The user can inject one at any time: that is no sign of a connection, and no tap will tell it.
  const attempt = injected ? (source.attempts.at(-1) ?? current(source, time)) : open(source, time);
  source.lastEventId = lastEventId;
  if (!injected && isListed(source, attempt, { type, data, size, lastEventId })) return;
  attempt.events += 1;
  attempt.size += size;
  if (seq === undefined) return;
  // What a tap told may be later by its clock.
  const at = notBefore(source.events.at(-1)?.time ?? time, time);
  source.events.push({
    seq,
    time: at,
    attempt: attempt.number,
    type,
    data,
    size,
    lastEventId,
    heard,
    ...(injected && { injected }),
  });
}

function receive(
  source: Source,
  { type, value, size }: Extract<SourceRecord, { type: StreamLine['type'] }>,
  seq: number | undefined,
  time: Milliseconds,
): void {
  const attempt = open(source, time);
  if (seq === undefined) return;
  const at = notBefore(source.lines.at(-1)?.time ?? time, time);
  source.lines.push({ seq, time: at, attempt: attempt.number, type, value, size });
}

/** The attempt that something is received by: the source is open, even if the entry that said so was dropped. */
function open(source: Source, time: Milliseconds): Attempt {
  const attempt = current(source, time);
  enter(source, 'open', attempt.number, time);
  return attempt;
}

/** The attempt that lasts; one is assumed where its connect record was dropped. */
function current(source: Source, time: Milliseconds): Attempt {
  const last = source.attempts.at(-1);
  if (last !== undefined && last.ended === undefined) return last;
  const attempt = assumeAttempt(last, source.carried, source.lastEventId, time);
  source.attempts.push(attempt);
  return attempt;
}

/** Returns the number of the attempt that ended. */
function endAttempt(source: Source, by: Ending): number {
  const attempt = current(source, by.time);
  attempt.ended = by;
  return attempt.number;
}

function close(source: Source, by: Ending): void {
  const last = source.attempts.at(-1);
  if (last !== undefined) last.ended ??= by;
  source.ended = by;
  enter(source, 'closed', last?.number ?? 1, by.time);
}

function enter(source: Source, state: SourceState, attempt: number, time: Milliseconds): void {
  const last = source.changes.at(-1);
  source.state = state;
  if (last === undefined || last.state !== state || last.attempt !== attempt) {
    source.changes.push({ time, state, attempt });
  }
}
