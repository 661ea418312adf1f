import { Broken, broken, count, isRecord, list, object, optional, ordered, time } from './reader.ts';
import type { Redacted } from './redact.ts';
import { LIMITS, type Limits } from './retention.ts';
import { type Counts, FORMAT, type SavedSession, VERSION } from './session-file.ts';
import { readDocument, readMarks, readRedacted, readSource } from './session-schema.ts';
import { SourceList } from './source-list.ts';

/** Why a text is not shown as a session. */
export type Problem =
  | { type: 'not-json' }
  | { type: 'other-format' }
  | { type: 'newer'; version: number }
  /** `at`: `sources[3].events[17].time` */
  | { type: 'broken'; at: string }
  /** A session in which nothing happened. */
  | { type: 'empty' };

/** What is in a file. */
export interface SavedFile extends SavedSession {
  redacted: Redacted;
}

export type Parsed = { session: SavedFile } | { problem: Problem };

const readSession = object<SavedFile>({
  saved: time,
  newest: optional(time),
  page: optional(readDocument),
  counts: object<Counts>({ dropped: count, trimmed: count, unrecorded: count, malformed: count }),
  marks: readMarks,
  sources: list(readSource, ordered('constructed')),
  redacted: readRedacted,
});

/**
 * Reads a file of {@link FORMAT}, which anybody may have written: distrusts every field, as protocol/parse.ts does. What
 * is more than a log may hold is forgotten as a log does it, and counted. Never throws.
 */
export function parseSessionFile(text: string, limits = LIMITS): Parsed {
  const value = fromJson(text);
  if (value === undefined) return { problem: { type: 'not-json' } };
  if (!isRecord(value) || value['format'] !== FORMAT) return { problem: { type: 'other-format' } };
  const { version } = value;
  if (typeof version === 'number' && version > VERSION) return { problem: { type: 'newer', version } };
  try {
    if (version !== VERSION) throw broken('version');
    const session = readSession(value);
    check(session);
    return session.sources.length === 0 ? { problem: { type: 'empty' } } : { session: bounded(session, limits) };
  } catch (error) {
    if (error instanceof Broken) return { problem: { type: 'broken', at: error.place } };
    throw error;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What concerns several things at once. @throws {Broken} */
function check({ saved, newest, marks, sources }: SavedSession): void {
  if (newest !== undefined && newest > saved) throw broken('newest');
  const keys = new Set<string>();
  for (const [index, { key }] of sources.entries()) {
    if (keys.has(key)) throw broken('sources', index, 'key');
    keys.add(key);
  }
  for (const [index, mark] of marks.entries()) {
    if (mark.type === 'pause' && mark.until !== undefined && mark.until < mark.time) {
      throw broken('marks', index, 'until');
    }
  }
}

function bounded(session: SavedFile, limits: Limits): SavedFile {
  const list = new SourceList(limits);
  for (const source of session.sources) list.add(source);
  if (!list.isFull) return session;
  const { counts } = session;
  list.trim(() => {});
  return { ...session, counts: { ...counts, trimmed: counts.trimmed + list.trimmed }, sources: list.all };
}
