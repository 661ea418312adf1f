import { afterEach, describe, expect, test, vi } from 'vitest';
import { Relay, type Way } from '../../src/bridge/relay.ts';
import { background } from '../../src/page/background.ts';
import type { Answer, AnswerMessage, Ask, AskMessage } from '../../src/protocol/ask.ts';
import type { DownMessage, UpMessage } from '../../src/protocol/message.ts';
import { fromMessagePort } from '../../src/protocol/port.ts';

const REQUEST = 'a'.repeat(32);

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** A page script's end and a bridge's end of one document, over a real MessageChannel, and a background that answers. */
function joined(answer: (ask: Ask) => Promise<Answer | undefined>) {
  const up: UpMessage[] = [];
  let hear: ((message: DownMessage) => void) | undefined;
  const way: Way = {
    post: (message) => up.push(message),
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onClose() {},
    close() {},
  };
  const relay = new Relay(() => way, answer);
  const enter = () => {
    const channel = new MessageChannel();
    channels.push(channel);
    const port = fromMessagePort<UpMessage | AskMessage, DownMessage | AnswerMessage>(channel.port1);
    relay.take(() => ({ port: fromMessagePort(channel.port2), onFarewell: () => () => {} }));
    return { port, asker: background(port, () => false) };
  };
  return { up, enter, down: (message: DownMessage) => hear?.(message) };
}

describe('a question of a page', () => {
  test('is answered beside the way to the panel, each with its own answer', async () => {
    const { up, enter } = joined(async (ask) =>
      ask.type === 'expect' ? { type: 'expected', resumed: true } : { type: 'fate', fate: 'denied' },
    );
    const { asker } = enter();
    const [expected, fate] = await Promise.all([asker.expect(REQUEST, 'http://127.0.0.1/', '7'), asker.fate(REQUEST)]);
    expect([expected?.resumed, fate]).toEqual([true, 'denied']);
    expect(up).toEqual([]);
  });

  test('is answered after the dismissal too, when nothing else of that page is passed on', async () => {
    const { up, enter, down } = joined(async () => ({ type: 'fate', fate: 'aborted' }));
    const first = enter();
    down({ type: 'dismiss' });
    first.port.post({ type: 'bye', document: REQUEST, time: 1 });
    expect(await first.asker.fate(REQUEST)).toBe('aborted');
    const second = enter();
    second.port.post({ type: 'bye', document: REQUEST, time: 2 });
    await vi.waitFor(() => expect(up).toEqual([{ type: 'bye', document: REQUEST, time: 2 }]));
  });

  test('that the background leaves open is given up, so that the connection goes on without help', async () => {
    const { enter } = joined(() => new Promise(() => {}));
    const { asker } = enter();
    expect(await asker.expect(REQUEST, 'http://127.0.0.1/')).toBeUndefined();
    expect(await asker.fate(REQUEST)).toBeUndefined();
  });

  test('is the same to a request that no network saw, unless a service worker may have answered it', async () => {
    const answer = async () => ({ type: 'fate', fate: 'unseen' }) as const;
    expect(await joined(answer).enter().asker.fate(REQUEST)).toBe('unseen');
    const channel = new MessageChannel();
    channels.push(channel);
    const relay = new Relay(() => undefined, answer);
    relay.take(() => ({ port: fromMessagePort(channel.port2), onFarewell: () => () => {} }));
    const asker = background(fromMessagePort(channel.port1), () => true);
    expect(await asker.fate(REQUEST)).toBeUndefined();
  });
});
