import { expect, test, vi } from 'vitest';
import { Journal } from '../../../src/page/journal.ts';
import { publish } from '../../../src/page/publish.ts';
import type { DownMessage, UpMessage } from '../../../src/protocol/message.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/message.ts';
import type { Port } from '../../../src/protocol/port.ts';
import type { Entry, SourceRecord } from '../../../src/protocol/record.ts';

const DOCUMENT = {
  id: 'd'.repeat(32),
  url: 'http://127.0.0.1/',
  top: true,
  started: 0,
  entered: 'navigate',
  late: false,
} as const;
/** So large that a message holds one of them. */
const LARGE: SourceRecord = { type: 'comment', value: 'x'.repeat(256 * 1024), size: 1 };

/** A document; `hear` says something to it, and `posted` is called with what it says. */
function published(posted: (message: UpMessage) => void, hidden: boolean) {
  let hear: (message: DownMessage) => void = () => {};
  const port: Port<UpMessage, DownMessage> = {
    post: posted,
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onClose() {},
    close() {},
  };
  const journal = new Journal(() => publisher.added(), { entries: 80, size: Number.POSITIVE_INFINITY });
  const orders = { run: () => ({ type: 'outcome' }) as never, manage() {}, dismissed() {} };
  const publisher = publish(journal, DOCUMENT, port, orders, hidden);
  const subscribe = () => hear({ type: 'subscribe', version: PROTOCOL_VERSION, after: { [DOCUMENT.id]: 0 } });
  return { journal, publisher, hear: (message: DownMessage) => hear(message), subscribe };
}

/** A document, and whoever subscribed to it; `taken` is what came, by seq. */
function subscribed(confirms: boolean) {
  const taken: number[] = [];
  const { journal, hear, subscribe } = published((message) => {
    if (message.type !== 'entries') return;
    for (const { seq } of JSON.parse(message.entries) as Entry[]) taken.push(seq);
    if (confirms) confirm();
  }, false);
  const confirm = () => hear({ type: 'received', document: DOCUMENT.id, seq: taken.at(-1) ?? 0 });
  subscribe();
  return { journal, taken, confirm };
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('whoever does not confirm is sent no more than a few messages: the journal waits, and counts what it drops', async () => {
  const quick = subscribed(true);
  const slow = subscribed(false);
  for (let n = 1; n <= 200; n++) {
    quick.journal.add(1, LARGE);
    slow.journal.add(1, LARGE);
    await vi.waitFor(() => expect(quick.taken.at(-1)).toBe(n));
  }
  expect(quick.taken).toHaveLength(200);
  expect(quick.journal.dropped).toBe(0);
  expect(slow.taken).toEqual(from(1, 64));
  // The ring has room for eighty, and has let go of the others, taken or not.
  expect(slow.journal.dropped).toBe(120);

  slow.confirm();
  await vi.waitFor(() => expect(slow.taken).toEqual([...from(1, 64), ...from(121, 184)]));
  slow.confirm();
  await vi.waitFor(() => expect(slow.taken).toEqual([...from(1, 64), ...from(121, 200)]));
});

test('a document that no tab shows says nothing, not even farewell, until it appears; then it has all that happened', async () => {
  const said: UpMessage[] = [];
  const { journal, publisher, hear, subscribe } = published((message) => said.push(message), true);
  hear({ type: 'greet' });
  for (let n = 1; n <= 3; n++) journal.add(1, { type: 'close' });
  publisher.inForce([7]);
  expect(publisher.farewell()).toBe('[]');
  expect(said).toEqual([]);
  publisher.appear();
  expect(said).toMatchObject([
    { type: 'hello', last: 3 },
    { type: 'in-force', orders: [7] },
  ]);
  subscribe();
  await vi.waitFor(() => expect(said).toHaveLength(3));
  const [, , message] = said;
  expect(message?.type === 'entries' && (JSON.parse(message.entries) as Entry[]).map(({ seq }) => seq)).toEqual([
    1, 2, 3,
  ]);
  // From now on it is greeted as any other.
  hear({ type: 'greet' });
  expect(said.slice(3)).toMatchObject([{ type: 'hello' }, { type: 'in-force' }]);
});

test('which orders are in force is told when it changes, and after each hello', () => {
  const said: UpMessage[] = [];
  const { publisher, hear } = published((message) => said.push(message), false);
  hear({ type: 'greet' });
  publisher.inForce([1, 2]);
  hear({ type: 'greet' });
  publisher.inForce([]);
  expect(said.map((message) => (message.type === 'in-force' ? message.orders : message.type))).toEqual([
    'hello',
    [],
    [1, 2],
    'hello',
    [1, 2],
    [],
  ]);
});
