import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
  let close = () => {};
  const way: Way = {
    post: (message) => up.push(message),
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onClose(listener) {
      close = listener;
    },
    close() {},
  };
  const state = { gone: false, left: 0, farewells: 0, opened: 0 };
  const open = (): Way | undefined => {
    if (state.gone) return undefined;
    state.opened += 1;
    return way;
  };
  const relay = new Relay(open, answer, () => {
    state.left += 1;
  });
  const enter = () => {
    const channel = new MessageChannel();
    channels.push(channel);
    const port = fromMessagePort<UpMessage | AskMessage, DownMessage | AnswerMessage>(channel.port1);
    const taken = relay.take(() => ({
      port: fromMessagePort(channel.port2),
      onFarewell() {
        state.farewells += 1;
        return () => {
          state.farewells -= 1;
        };
      },
    }));
    const heard: string[] = [];
    port.onMessage(({ type }) => heard.push(type));
    return { port, taken, heard, asker: background(port, () => false, undefined) };
  };
  return { up, enter, state, relay, down: (message: DownMessage) => hear?.(message), cut: () => close() };
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
    const asker = background(fromMessagePort(channel.port1), () => true, undefined);
    expect(await asker.fate(REQUEST)).toBeUndefined();
  });
});

describe('a way that was closed', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  /** Everything that was said on channels by now has been heard. */
  const heardAll = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  test('is opened again, once, if nobody calls: the page is greeted, and no second page script gets in meanwhile', async () => {
    const { enter, state, cut } = joined(async () => undefined);
    const { heard } = enter();
    cut();
    await heardAll();
    expect([heard, state.opened]).toEqual([['greet'], 1]);
    expect(enter().taken).toBe(false);
    await vi.runAllTimersAsync();
    await heardAll();
    expect([heard, state.opened]).toEqual([['greet', 'greet'], 2]);
  });

  test('is left alone when somebody called in time, and when the page was dismissed', async () => {
    const { enter, state, cut, down, relay } = joined(async () => undefined);
    enter();
    cut();
    relay.reopen();
    await vi.runAllTimersAsync();
    expect(state.opened).toBe(2);
    cut();
    relay.reopen();
    down({ type: 'dismiss' });
    await vi.runAllTimersAsync();
    expect(state.opened).toBe(3);
  });

  test('of an extension that has gone: the page is dismissed, nothing listens any more, and its questions get no help at once', async () => {
    const { enter, state, cut } = joined(async () => undefined);
    const { heard, asker } = enter();
    expect(state.farewells).toBe(1);
    state.gone = true;
    cut();
    await vi.runAllTimersAsync();
    await heardAll();
    expect(heard).toEqual(['greet', 'dismiss']);
    expect([state.left, state.farewells]).toEqual([1, 0]);
    expect(await asker.fate(REQUEST)).toBeUndefined();
    // An answer, not the end of patience.
    expect(heard.at(-1)).toBe('answer');
  });
});
