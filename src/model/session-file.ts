/**
 * A session as a file: what the panel showed, to be looked at later, in the same panel, by somebody else.
 *
 * It is one JSON object in UTF-8, an item a line:
 *
 * | field | what it is |
 * |---|---|
 * | `format`, `version` | {@link FORMAT}, {@link VERSION} |
 * | `saved` | When it was saved. Nothing in it is newer: whatever lasts, lasted until then |
 * | `newest` | Time of the newest fact |
 * | `page` | The document that the tab showed (DocumentInfo); missing where none was known |
 * | `counts` | What the log did not hold: `dropped`, `trimmed`, `unrecorded`, `malformed` (see Log) |
 * | `marks` | Navigations and pauses (SessionMark), in order of time |
 * | `sources` | In order of construction (Source), each with its document, its `changes` of state, its `attempts` with their requests, its `events`, its `lines` without one, the `faults` that were in force on it, and its `witnesses` with what they received, all in order of time |
 * | `redacted` | How many secrets were left out: `headers` by their values, `parameters` of URLs; see redact.ts |
 *
 * Times are milliseconds since the Unix epoch, and may have fractions; so may the `seq` of what no page told (attempt-items.ts). Facts are as Log derived them; verdicts are not in
 * it, and are derived anew by whoever reads it. Readers ignore fields that they do not know (session-schema.ts has those
 * that are known): `version` is raised where that would mislead.
 */
import type { DocumentInfo, Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import type { Log } from './log.ts';
import { type Redacted, withoutSecrets } from './redact.ts';
import type { SessionMark } from './session-mark.ts';
import type { Source } from './source.ts';

export const FORMAT = 'sse-lifeline-session';
export const VERSION = 1;

/** What a log does not hold. */
export type Counts = Pick<Log, 'dropped' | 'trimmed' | 'unrecorded' | 'malformed'>;

/** A session at one moment. */
export interface SavedSession {
  saved: Milliseconds;
  newest?: Milliseconds;
  page?: DocumentInfo;
  counts: Counts;
  marks: readonly SessionMark[];
  sources: readonly Source[];
}

/** The session that `log` holds `now`. What comes afterwards does not change it. O(attempts + events). */
export function savedSession(log: Log, now: Milliseconds): SavedSession {
  const { dropped, trimmed, unrecorded, malformed, newest, page, marks, sources } = log;
  return {
    saved: Math.max(now, newest ?? now),
    ...(newest !== undefined && { newest }),
    ...(page && { page }),
    counts: { dropped, trimmed, unrecorded, malformed },
    marks,
    sources: sources.map((source) => ({
      ...source,
      changes: [...source.changes],
      attempts: source.attempts.map(still),
      events: [...source.events],
      lines: [...source.lines],
      faults: source.faults.map((span) => ({ ...span })),
      witnesses: source.witnesses.map((witness) => ({ ...witness, events: [...witness.events] })),
      ...(source.pending && { pending: still(source.pending) }),
    })),
  };
}

/** A copy. More is heard of an attempt until it is settled; then nothing in it changes but that it is forgotten. */
function still(attempt: Attempt): Attempt {
  const { settled, request } = attempt;
  return settled ? { ...attempt, ...(request && { request: { ...request } }) } : structuredClone(attempt);
}

/** A part of a file. */
export interface Piece {
  text: string;
  /** How much of the session is in this and the pieces before it: 0 to 1. */
  part: number;
}

/** UTF-16 code units: a few milliseconds' work. */
const PIECE = 256 * 1024;

/**
 * The file of `session`, without its secrets, in pieces: a million events take longer than a frame may. Adds to
 * `redacted` what was left out.
 */
export function* sessionFile(session: SavedSession, redacted: Redacted): Generator<Piece> {
  const total = session.sources.reduce(
    (sum, { attempts, events, lines, witnesses }) =>
      witnesses.reduce((all, one) => all + one.events.length, sum + attempts.length + events.length + lines.length),
    1,
  );
  let items = 0;
  let text = '';
  for (const item of itemsOf(session, redacted)) {
    text += item;
    items += 1;
    if (text.length < PIECE) continue;
    yield { text, part: Math.min(1, items / total) };
    text = '';
  }
  yield { text, part: 1 };
}

function* itemsOf({ sources, ...session }: SavedSession, redacted: Redacted): Generator<string> {
  const json = (value: unknown) => JSON.stringify(withoutSecrets(value, redacted));
  yield `${open(json({ format: FORMAT, version: VERSION, ...session }))},\n"sources":[`;
  for (const [index, { changes, attempts, events, lines, witnesses, ...source }] of sources.entries()) {
    yield `${index > 0 ? ',' : ''}\n${open(json({ ...source, changes }))},\n"attempts":[`;
    yield* listed(attempts, json);
    yield '],\n"events":[';
    // What an event brought is what this is about: it stays as it came.
    yield* listed(events, JSON.stringify);
    yield '],\n"lines":[';
    yield* listed(lines, JSON.stringify);
    yield '],\n"witnesses":[';
    for (const [place, { events: received, ...witness }] of witnesses.entries()) {
      yield `${place > 0 ? ',' : ''}\n${open(JSON.stringify(witness))},\n"events":[`;
      yield* listed(received, JSON.stringify);
      yield ']}';
    }
    yield ']}';
  }
  yield `\n],\n"redacted":${JSON.stringify(redacted)}}\n`;
}

function* listed<T>(items: readonly T[], json: (item: T) => string): Generator<string> {
  let before = '\n';
  for (const item of items) {
    yield before + json(item);
    before = ',\n';
  }
}

/** A JSON object that more is to be written into. */
const open = (json: string) => json.slice(0, -1);
