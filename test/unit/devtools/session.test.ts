import { describe, expect, test } from 'vitest';
import { createSession } from '../../../src/devtools/session.ts';
import { type Delivery, type DownMessage, PROTOCOL_VERSION, type UpMessage } from '../../../src/protocol/message.ts';
import type { Port } from '../../../src/protocol/port.ts';
import type { Sender } from '../../../src/protocol/sender.ts';
import { story } from '../../support/story.ts';

const DOCUMENT = 'd'.repeat(32);
const { entries, document } = story(
  'construct / · connect · announce · dispatch 1 · dispatch 2 · dispatch 3 · dispatch 4',
  { id: DOCUMENT },
);

/** A session at the near end of a port, and a hand that plays the document at the far end. */
function played() {
  const down: DownMessage[] = [];
  let hear: ((delivery: Delivery) => void) | undefined;
  const port: Port<DownMessage, Delivery> = {
    post: (message) => down.push(message),
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onClose() {},
    close() {},
  };
  const session = createSession({
    open: () => port,
    manageNew: async () => true,
    resetRequest: async () => false,
    reloadPage() {},
  });
  const send = (message: UpMessage, sender: Sender = { frame: 0 }) => hear?.({ type: 'from', sender, message });
  send({ type: 'hello', version: PROTOCOL_VERSION, document, time: 0, last: 0 });
  const sendEntries = (after: number, from: number, to: number) =>
    send({ type: 'entries', document: DOCUMENT, after, entries: JSON.stringify(entries.slice(from - 1, to)) });
  const subscribed = () => down.flatMap((message) => (message.type === 'subscribe' ? [message.after[DOCUMENT]] : []));
  const ids = () => session.log.sources.flatMap(({ events }) => events.map(({ lastEventId }) => lastEventId));
  return { session, down, send, sendEntries, subscribed, ids };
}

test('the last words of a document whose hello went down with the background are neither taken nor held against it', () => {
  const { session, down, send } = played();
  const asked = down.length;
  const stranger = 'e'.repeat(32);
  send({ type: 'entries', document: stranger, after: 0, entries: JSON.stringify(entries) });
  send({ type: 'entries', document: stranger, after: 9, entries: JSON.stringify(entries) });
  send({ type: 'bye', document: stranger, time: 9000 });
  expect(session.log).toMatchObject({ sources: [], events: 0, dropped: 0, malformed: 0, newest: undefined });
  expect(down).toHaveLength(asked);
});

describe('access', () => {
  test('is lost and found again with the document that the tab shows', () => {
    const { session } = played();
    const heard: string[] = [];
    session.subscribe(() => heard.push(session.connection));
    session.access(true);
    session.access(false);
    session.access(true);
    expect(heard).toEqual(['denied', 'connected']);
  });

  test('to a document with scripts of another version is none', () => {
    const { session, send } = played();
    send({ type: 'hello', version: PROTOCOL_VERSION + 1, document, time: 0, last: 0 });
    session.access(true);
    expect(session.connection).toBe('outdated');
  });
});

describe('entries', () => {
  test('whose predecessors were lost with a port are asked for again, and nothing is missing or counted', () => {
    const { session, sendEntries, subscribed, ids } = played();
    sendEntries(0, 1, 4);
    // The message with entry 5 went down with the service worker; the document does not know that.
    sendEntries(5, 6, 7);
    expect(ids()).toEqual(['1']);
    expect(subscribed()).toEqual([0, 4]);
    sendEntries(4, 5, 7);
    expect(ids()).toEqual(['1', '2', '3', '4']);
    expect(session.log.dropped).toBe(0);
  });

  test('whose predecessors the ring let go are taken, and what is missing is counted', () => {
    const { session, sendEntries, subscribed, ids } = played();
    sendEntries(0, 1, 4);
    sendEntries(4, 7, 7);
    expect(ids()).toEqual(['1', '4']);
    expect(session.log.dropped).toBe(2);
    expect(subscribed()).toEqual([0]);
  });

  test('that wait for others when their document goes away are taken, and the others counted', () => {
    const { session, send, sendEntries, ids } = played();
    sendEntries(0, 1, 4);
    sendEntries(5, 6, 7);
    send({ type: 'bye', document: DOCUMENT, time: 9000 });
    expect(ids()).toEqual(['1', '3', '4']);
    expect(session.log.dropped).toBe(1);
    expect(session.log.sources[0]?.ended?.by).toBe('unload');
  });

  test('that come twice are taken once', () => {
    const { sendEntries, ids } = played();
    sendEntries(0, 1, 6);
    sendEntries(4, 5, 7);
    expect(ids()).toEqual(['1', '2', '3', '4']);
  });
});

test('a document whose second way bears another name is heard, as long as it is in the same frame; another frame is not', () => {
  const { session, send } = played();
  const framed = { ...document, id: 'f'.repeat(32), top: false };
  const hello = { type: 'hello', version: PROTOCOL_VERSION, document: framed, time: 0, last: 0 } as const;
  const told = (after: number, from: number, to: number) =>
    ({ type: 'entries', document: framed.id, after, entries: JSON.stringify(entries.slice(from, to)) }) as const;
  send(hello, { frame: 3, document: 'of the one before' });
  send(told(0, 0, 4), { frame: 3, document: 'its own' });
  expect(session.log.events).toBe(1);
  send(told(4, 4, 5), { frame: 4, document: 'a stranger' });
  send(hello, { frame: 4, document: 'a stranger' });
  expect(session.log).toMatchObject({ events: 1, malformed: 2 });
  send(told(4, 4, 5), { frame: 3, document: 'its own' });
  expect(session.log.events).toBe(2);
});
