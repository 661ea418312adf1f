import { describe, expect, test } from 'vitest';
import { EarlyFacts } from '../../../src/background/early-facts.ts';
import { Pipe } from '../../../src/background/pipe.ts';
import type { Delivery, DownMessage } from '../../../src/protocol/message.ts';
import type { NetworkFact } from '../../../src/protocol/network.ts';
import type { Port } from '../../../src/protocol/port.ts';

const fact = (request: number | string): NetworkFact => ({ type: 'end', request: `${request}`, time: 0 });
const keys = (facts: readonly NetworkFact[]) => facts.map(({ request }) => request);
const STORM = 1500;

const pipe = () =>
  new Pipe({
    async register() {},
    async unregister() {},
    inject: async () => true,
    isInspected: async () => false,
    async left() {},
  });

/** The DevTools page of `tab` connects; what it hears of the network. */
function devtools(of: Pipe, tab: number) {
  const heard: string[] = [];
  let lost = 0;
  let gone = () => {};
  const port: Port<Delivery, unknown> = {
    post(message) {
      if (message.type !== 'network') return;
      heard.push(...keys(message.facts));
      lost += message.lost;
    },
    onMessage: () => () => {},
    onClose(listener) {
      gone = listener;
    },
    close() {},
  };
  void of.connectDevtools(tab, port);
  return { heard, lost: () => lost, leave: () => gone() };
}

describe('a fact of a tab', () => {
  test('reaches the DevTools of that tab and no other', () => {
    const one = pipe();
    const [a, b] = [devtools(one, 1), devtools(one, 2)];
    one.network(fact('a'), 1);
    one.network(fact('b'), 2);
    one.network(fact('c'), 3);
    expect([a.heard, b.heard]).toEqual([['a'], ['b']]);
  });

  test('that woke the background is there for the DevTools of that tab when it connects, once', () => {
    const one = pipe();
    for (const [key, tab] of [
      ['a1', 1],
      ['b1', 2],
      ['a2', 1],
    ] as const)
      one.network(fact(key), tab);
    const a = devtools(one, 1);
    one.network(fact('a3'), 1);
    expect(a.heard).toEqual(['a1', 'a2', 'a3']);
    expect(devtools(one, 1).heard).toEqual([]);
    expect(devtools(one, 2).heard).toEqual(['b1']);
  });

  test('of a tab whose DevTools has lost its port waits for it', () => {
    const one = pipe();
    const a = devtools(one, 1);
    a.leave();
    one.network(fact('a'), 1);
    expect(a.heard).toEqual([]);
    expect(devtools(one, 1).heard).toEqual(['a']);
  });

  test('concerns nobody once whoever inspects has connected', () => {
    const one = pipe();
    one.network(fact('early'), 1);
    one.settled();
    one.network(fact('late'), 1);
    expect(devtools(one, 1)).toMatchObject({ heard: [] });
  });
});

describe('a fact of a worker that serves several tabs', () => {
  test('reaches all DevTools', () => {
    const one = pipe();
    const [a, b] = [devtools(one, 1), devtools(one, 2)];
    one.network(fact('w'), undefined);
    expect([a.heard, b.heard]).toEqual([['w'], ['w']]);
  });

  test('reaches those that connect later too, and none of them twice', () => {
    const one = pipe();
    one.network(fact('w1'), undefined);
    const a = devtools(one, 1);
    one.network(fact('w2'), undefined);
    const b = devtools(one, 2);
    one.network(fact('w3'), undefined);
    expect([a.heard, b.heard]).toEqual([
      ['w1', 'w2', 'w3'],
      ['w1', 'w2', 'w3'],
    ]);
    // It comes back over another port, which it had lost.
    expect(devtools(one, 1).heard).toEqual([]);
  });
});

describe('facts that nobody took', () => {
  test('are kept up to a limit, and the rest is counted', () => {
    const one = pipe();
    for (let n = 1; n <= STORM; n++) one.network(fact(n), 1);
    const { heard, lost } = devtools(one, 1);
    expect(heard.length).toBeGreaterThanOrEqual(500);
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, n) => `${n + 1}`));
    expect(heard.length + lost()).toBe(STORM);
    expect(devtools(one, 1).lost()).toBe(0);
  });

  test('of one tab take no room from another, and are not counted there', () => {
    const early = new EarlyFacts();
    for (let n = 1; n <= STORM; n++) early.add(2, fact(n));
    early.add(1, fact('a'));
    early.add(undefined, fact('w'));
    const { facts, lost } = early.take(1);
    expect({ keys: keys(facts), lost }).toEqual({ keys: ['a', 'w'], lost: 0 });
    expect(early.take(2).lost).toBeGreaterThan(0);
  });
});

describe('a request', () => {
  const bridge = (of: Pipe, tab: number, origin: string) => {
    let gone = () => {};
    const port: Port<DownMessage, unknown> = {
      post() {},
      onMessage: () => () => {},
      onClose(listener) {
        gone = listener;
      },
      close() {},
    };
    void of.connectBridge(tab, { frame: 0 }, port, origin);
    return () => gone();
  };

  test('is of an inspected tab, or of a worker whose origin such a tab shows', () => {
    const one = pipe();
    const { leave } = devtools(one, 1);
    bridge(one, 1, 'https://a.test');
    const leaveFrame = bridge(one, 1, 'https://frame.test');
    bridge(one, 2, 'https://b.test');
    const inspected = (tab?: number, origin?: string) => one.isInspected({ tab, origin });
    expect([inspected(1), inspected(2), inspected(1, 'https://b.test')]).toEqual([true, false, true]);
    const of = () =>
      ['https://a.test', 'https://frame.test', 'https://b.test', undefined].map((o) => inspected(undefined, o));
    expect(of()).toEqual([true, true, false, false]);
    leaveFrame();
    expect(of()).toEqual([true, false, false, false]);
    leave();
    expect([inspected(1), ...of()]).toEqual([false, false, false, false, false]);
  });
});
