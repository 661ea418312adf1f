import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { BrowserProfile } from '../../src/page/managed/browser-profile.ts';
import type { FaultRecord, SourceRecord } from '../../src/protocol/record.ts';
import { ManagedDocument, type ManagedSource } from './managed-source.ts';
import { openStream, type StreamServer, streamServer } from './stream-server.ts';

/**
 * For each test a server, and a document whose sources are managed. Each connection gets the number of its request as an
 * event, with the id e1, e2, …; then whatever a test writes.
 */
export let server: StreamServer;
export let page: ManagedDocument;
beforeEach(async () => {
  server = await streamServer(greet);
  page = new ManagedDocument();
});
afterEach(async () => {
  page.close();
  await server.close();
});

function greet(response: ServerResponse, n: number): void {
  openStream(response);
  response.write(`id: e${n}\ndata: ${n}\n\n`);
}

/** A server that answers so, instead of the one that greets. */
export async function serve(answer: (response: ServerResponse, n: number) => void): Promise<void> {
  await server.close();
  server = await streamServer(answer);
}

/** A document in a browser of that kind, instead of the one that is there. */
export function browse(profile: BrowserProfile): void {
  page.close();
  page = new ManagedDocument(profile);
}

/** A source that was greeted, and what answers it. */
export async function opened(): Promise<{ source: ManagedSource; response: ServerResponse }> {
  const source = page.open(server.url);
  await until(source, 'message 1 #e1');
  return { source, response: (await server.request(1)).response };
}

export function until(source: ManagedSource, last: string): Promise<void> {
  return vi.waitFor(() => expect(source.seen.at(-1)).toBe(last));
}

/** What was said of faults, such as "cut act 1"; what is left of them is another matter. */
export function faults(records: SourceRecord[]): string[] {
  return records
    .filter((record): record is FaultRecord => record.type === 'fault' && record.phase !== 'left')
    .map(({ phase, fault, count }) => `${fault} ${phase}${count === undefined ? '' : ` ${count}`}`);
}

/** What ended an attempt. */
export function endings(records: SourceRecord[]) {
  return records.filter((record) => record.type === 'reestablish' || record.type === 'fail');
}
