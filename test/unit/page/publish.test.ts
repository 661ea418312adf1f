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
const LARGE: SourceRecord = { type: 'comment', value: 'x'.repeat(1024 * 1024), size: 1 };

/** A document, and whoever subscribed to it; `taken` is what came, by seq. */
function subscribed(confirms: boolean) {
  const taken: number[] = [];
  let hear: ((message: DownMessage) => void) | undefined;
  const port: Port<UpMessage, DownMessage> = {
    post(message) {
      if (message.type !== 'entries') return;
      for (const { seq } of JSON.parse(message.entries) as Entry[]) taken.push(seq);
      if (confirms) confirm();
    },
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onClose() {},
    close() {},
  };
  const journal = new Journal(() => publisher.added(), { entries: 8, size: Number.POSITIVE_INFINITY });
  const orders = { run: () => ({ type: 'outcome' }) as never, manage() {}, dismissed() {} };
  const publisher = publish(journal, DOCUMENT, port, orders);
  const confirm = () => hear?.({ type: 'received', document: DOCUMENT.id, seq: taken.at(-1) ?? 0 });
  hear?.({ type: 'subscribe', version: PROTOCOL_VERSION, after: { [DOCUMENT.id]: 0 } });
  return { journal, taken, confirm };
}

test('whoever does not confirm is sent no more than a few messages: the journal waits, and counts what it drops', async () => {
  const quick = subscribed(true);
  const slow = subscribed(false);
  for (let n = 1; n <= 30; n++) {
    quick.journal.add(1, LARGE);
    slow.journal.add(1, LARGE);
    await vi.waitFor(() => expect(quick.taken.at(-1)).toBe(n));
  }
  expect(quick.taken).toHaveLength(30);
  expect(quick.journal.dropped).toBe(0);
  expect(slow.taken).toEqual([1, 2, 3, 4]);
  // It took four; the journal has room for eight of the others.
  expect(slow.journal.dropped).toBe(22);

  slow.confirm();
  await vi.waitFor(() => expect(slow.taken).toEqual([1, 2, 3, 4, 23, 24, 25, 26]));
  slow.confirm();
  await vi.waitFor(() => expect(slow.taken).toEqual([1, 2, 3, 4, 23, 24, 25, 26, 27, 28, 29, 30]));
});
