import { expect, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { Log } from '../../src/model/log.ts';
import type { Source } from '../../src/model/source.ts';
import type { Entry, SourceRecord } from '../../src/protocol/record.ts';
import type { PlayedDocument } from './played-document.ts';
import type { PlayedScript } from './played-script.ts';
import { hear } from './story.ts';

export const CONSTRUCT: SourceRecord = {
  type: 'construct',
  kind: 'eventsource',
  url: '/events',
  withCredentials: false,
};
export const connect = (attempt: number): SourceRecord => ({
  type: 'connect',
  attempt,
  lastEventId: '',
  carried: 'native',
  seen: attempt === 1 ? 'start' : 'answer',
});
export const ANNOUNCE: SourceRecord = { type: 'announce' };
export const dispatch = (n: number | string): SourceRecord => ({
  type: 'dispatch',
  event: 'message',
  data: `${n}`,
  size: `${n}`.length,
  lastEventId: `${n}`,
  origin: 'http://127.0.0.1',
  heard: true,
});

/** Lets a source be constructed and announced in `document`, and get `count` events. */
export function burst(document: PlayedDocument, count: number, source = 1): void {
  for (const record of [CONSTRUCT, connect(1), ANNOUNCE]) document.record(record, source);
  more(document, count, source);
}

/** Lets a source of `document` get `count` more events. */
export function more(document: PlayedDocument, count: number, source = 1): void {
  const from = document.script.recorded.length;
  for (let n = from; n < from + count; n++) document.record(dispatch(`${document.path} ${n}`), source);
}

/** The ids of the events that reached the page, of all its sources, in the order in which it recorded them. */
export const idsIn = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ record }) => (record.type === 'dispatch' ? record.lastEventId : []));

export const sourcesOf = ({ log }: Session, { info }: PlayedScript): Source[] =>
  log.sources.filter(({ document }) => document.id === info.id);

/** The ids of the events that a session has of a page script, in the order in which they were recorded. */
export const idsOf = (session: Session, script: PlayedScript): string[] =>
  sourcesOf(session, script)
    .flatMap(({ events }) => events)
    .sort((a, b) => a.seq - b.seq)
    .map(({ lastEventId }) => lastEventId);

/** What a log says of `entries`, told at once and by nobody else. `left`: when the document went away. */
export function witness({ info }: PlayedScript, entries: readonly Entry[], left: number | undefined): Source[] {
  const log = new Log();
  hear(log, { document: info, entries: structuredClone([...entries]), ...(left !== undefined && { bye: left }) });
  return [...log.sources];
}

/** Waits until `session` has all that the newest page script of each document recorded: every event once, every state. */
export async function expectWhole(session: Session, ...documents: PlayedDocument[]): Promise<void> {
  for (const { script, runs } of documents) {
    await vi.waitFor(() => expect(session.log.last(script.info.id)).toBe(script.recorded.length), SOON);
    await vi.waitFor(() => {
      expect(idsOf(session, script)).toEqual(idsIn(script.recorded));
      expect(sourcesOf(session, script)).toEqual(witness(script, script.recorded, runs ? undefined : script.left));
    }, SOON);
  }
  expect(session.log.malformed).toBe(0);
}

export const SOON = { timeout: 3000, interval: 5 };
