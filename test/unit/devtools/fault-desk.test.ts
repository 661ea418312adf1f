import { describe, expect, test } from 'vitest';
import { createFaultDesk } from '../../../src/devtools/fault-desk.ts';
import { createSession } from '../../../src/devtools/session.ts';
import type { Command } from '../../../src/protocol/command.ts';
import { type Delivery, type DownMessage, PROTOCOL_VERSION, type UpMessage } from '../../../src/protocol/message.ts';
import type { Port } from '../../../src/protocol/port.ts';
import { story } from '../../support/story.ts';

type Outcome = Extract<UpMessage, { type: 'outcome' }>;
const PAGE = 'a'.repeat(32);
const FRAME = 'b'.repeat(32);
const NEXT = 'c'.repeat(32);
const SECONDS = { type: 'delay', delay: 1000, jitter: 0 } as const;

/** A session, and a hand that plays the documents and the background. */
function played() {
  const down: DownMessage[] = [];
  const ports: { hear?: (delivery: Delivery) => void; close?: () => void }[] = [];
  const open = (): Port<DownMessage, Delivery> => {
    const port: (typeof ports)[number] = {};
    ports.push(port);
    return {
      post: (message) => down.push(message),
      onMessage(listener) {
        port.hear = listener;
        return () => {};
      },
      onClose(listener) {
        port.close = listener;
      },
      close() {},
    };
  };
  const session = createSession({
    open,
    manageNew: async () => true,
    resetRequest: async () => false,
    reloadPage() {},
  });
  let started = 0;
  const documents = new Map<string, { message: UpMessage; frame: number }>();
  const send = (id: string, message: UpMessage) =>
    ports.at(-1)?.hear?.({ type: 'from', sender: { frame: documents.get(id)?.frame ?? 0 }, message });
  return {
    session,
    /** A document says hello, for the first time or again. */
    hello(id: string, frame = 0) {
      if (!documents.has(id)) {
        const { document } = story('construct /', { id });
        started += 1000;
        const info = { ...document, id, top: frame === 0, started };
        const message = { type: 'hello', version: PROTOCOL_VERSION, document: info, time: started, last: 0 } as const;
        documents.set(id, { message, frame });
      }
      const known = documents.get(id);
      if (known) send(id, known.message);
    },
    /** It has a source. */
    source(id: string) {
      const { entries } = story('construct /stream · connect · announce', { id });
      send(id, { type: 'entries', document: id, after: 0, entries: JSON.stringify(entries) });
      return session.log.sources.find(({ document }) => document.id === id) as never;
    },
    inForce: (id: string, ...orders: number[]) => send(id, { type: 'in-force', document: id, orders }),
    bye: (id: string) => send(id, { type: 'bye', document: id, time: started + 500 }),
    /** Answers the command that was sent last. */
    answer(id: string, reason?: Outcome['reason']) {
      const command = down.findLast((message) => message.type === 'command')?.command ?? 0;
      const outcome = { type: 'outcome', document: id, command } as const;
      send(id, reason ? { ...outcome, ok: false, reason } : { ...outcome, ok: true });
    },
    lose: () => ports.at(-1)?.close?.(),
    /** What was sent since the last time: `a: order 1`. */
    sent(): string[] {
      const said = down.splice(0).flatMap((message) => {
        if (message.type !== 'command') return [];
        const { document, do: what } = message;
        return [`${document.slice(0, 1)}: ${what.type} ${idOf(what)}`];
      });
      return said;
    },
    /** What is listed: `1 delay`, `2 delay (waits)`. */
    listed: () =>
      session.faults.standing.map(
        ({ order, fault, isInForce }) => `${order} ${fault.type}${isInForce ? '' : ' (waits)'}`,
      ),
  };
}

function idOf(what: Command): number {
  if (what.type === 'witness') return what.source;
  return what.type === 'undo' ? what.order : what.order.id;
}

describe('an order for one source', () => {
  test('goes to its document, and is in force when that says so', () => {
    const { session, hello, source, inForce, sent, listed } = played();
    hello(PAGE);
    hello(FRAME, 1);
    session.faults.put(SECONDS, { type: 'source', source: source(FRAME) });
    expect(sent()).toEqual(['b: order 1']);
    expect(listed()).toEqual(['1 delay (waits)']);
    inForce(FRAME, 1);
    expect(listed()).toEqual(['1 delay']);
  });

  test('is gone when its document no longer names it', () => {
    const { session, hello, source, inForce, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'source', source: source(PAGE) });
    inForce(PAGE); // It was on the way when the order was.
    expect(listed()).toEqual(['1 delay (waits)']);
    inForce(PAGE, 1);
    inForce(PAGE);
    expect(listed()).toEqual([]);
  });

  test('ends with its document', () => {
    const { session, hello, source, inForce, bye, sent, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'source', source: source(PAGE) });
    inForce(PAGE, 1);
    bye(PAGE);
    expect(listed()).toEqual([]);
    sent();
    // It comes out of the back/forward cache, and has it yet.
    hello(PAGE);
    inForce(PAGE, 1);
    expect(sent()).toEqual(['a: undo 1']);
  });

  test('that was refused is not listed, and says why', () => {
    const { session, hello, source, answer, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'source', source: source(PAGE) });
    answer(PAGE, 'closed');
    expect(listed()).toEqual([]);
    expect(session.refused).toMatchObject({ reason: 'closed', source: { id: 1 } });
    session.faults.put(SECONDS, { type: 'source', source: source(PAGE) });
    answer(PAGE);
    expect(listed()).toEqual(['2 delay (waits)']);
    expect(session.refused).toBeUndefined();
  });

  test('that only the network knows is not sent', () => {
    const { session, hello, source, sent, listed } = played();
    hello(PAGE);
    const one: object = source(PAGE);
    session.faults.put(SECONDS, { type: 'source', source: { ...one, networkOnly: true } as never });
    expect([sent(), listed()]).toEqual([[], []]);
    expect(session.refused?.reason).toBe('unreachable');
  });
});

describe('an order for a pattern', () => {
  test('goes to all documents, and to those that come later; it stays until it is removed', () => {
    const { session, hello, inForce, sent, listed } = played();
    hello(PAGE);
    hello(FRAME, 1);
    session.faults.put(SECONDS, { type: 'pattern', pattern: '/api/*' });
    expect(sent()).toEqual(['a: order 1', 'b: order 1']);
    inForce(PAGE, 1);
    hello(NEXT);
    expect(sent()).toEqual(['c: order 1']);
    expect(listed()).toEqual(['1 delay (waits)']);
    inForce(NEXT, 1);
    expect(listed()).toEqual(['1 delay']);
    inForce(NEXT);
    expect(listed()).toEqual(['1 delay (waits)']);
    session.faults.remove(1);
    expect(listed()).toEqual([]);
    // Nothing is to be taken back where it is over.
    expect(sent()).toEqual([]);
  });

  test('that has a time of its own is gone when that is over', () => {
    const { session, hello, inForce, listed } = played();
    hello(PAGE);
    session.faults.put(
      { type: 'outage', duration: 1000, resume: { type: 'kept' } },
      { type: 'pattern', pattern: '/a' },
    );
    inForce(PAGE, 1);
    inForce(PAGE);
    expect(listed()).toEqual([]);
  });

  test('waits where there is no document', () => {
    const { session, hello, sent, listed } = played();
    session.faults.put(SECONDS, { type: 'pattern', pattern: '/a' });
    expect(listed()).toEqual(['1 delay (waits)']);
    hello(PAGE);
    expect(sent()).toEqual(['a: order 1']);
  });
});

describe('an order for all', () => {
  test('goes to new frames of the same page, and ends with it', () => {
    const { session, hello, inForce, sent, listed } = played();
    hello(PAGE);
    session.faults.put({ type: 'chaos', least: 1, most: 2 }, { type: 'all' }, { seed: 7 });
    inForce(PAGE, 1);
    hello(FRAME, 1);
    expect(sent()).toEqual(['a: order 1', 'b: order 1']);
    expect(session.faults.standing[0]).toMatchObject({ seed: 7 });
    hello(NEXT);
    expect(sent()).toEqual([]);
    expect(listed()).toEqual([]);
  });

  test('does at once what does not last, and lists nothing', () => {
    const { session, hello, sent, listed } = played();
    hello(PAGE);
    hello(FRAME, 1);
    session.faults.put({ type: 'fail' }, { type: 'all' });
    expect(sent()).toEqual(['a: order 1', 'b: order 1']);
    hello('d'.repeat(32), 2);
    expect(sent()).toEqual([]);
    expect(listed()).toEqual([]);
  });
});

describe('orders for several sources', () => {
  function several() {
    const one = played();
    one.hello(PAGE);
    one.hello(FRAME, 1);
    const sources = [one.source(PAGE), one.source(FRAME)] as never[];
    return {
      ...one,
      sources,
      put: (fault = SECONDS as never) => one.session.faults.put(fault, { type: 'sources', sources }),
    };
  }

  test('go to the documents that have them, with one seed, and are listed and taken back as one', () => {
    const { session, put, sources, inForce, sent, listed } = several();
    put();
    expect(sent()).toEqual(['a: order 1', 'b: order 2']);
    inForce(PAGE, 1);
    inForce(FRAME, 2);
    expect(listed()).toEqual(['1 delay']);
    expect(session.faults.standing[0]?.target).toEqual({ type: 'sources', sources });
    session.faults.remove(1);
    expect(sent()).toEqual(['a: undo 1', 'b: undo 2']);
    inForce(PAGE);
    expect(listed()).toEqual(['1 delay']);
    inForce(FRAME);
    expect(listed()).toEqual([]);
  });

  test('draw the same numbers', () => {
    const down: Command[] = [];
    const { session } = several();
    const desk = createFaultDesk({
      log: session.log,
      send: (_, what) => down.push(what),
      unreachable() {},
      newOrder: () => down.length + 1,
      random: Math.random,
      changed() {},
    });
    desk.put({ type: 'chaos', least: 1, most: 2 }, { type: 'sources', sources: session.log.sources });
    const seeds = down.map((what) => what.type === 'order' && what.order.seed);
    expect([seeds.length, new Set(seeds).size]).toEqual([2, 1]);
  });

  test('are listed for those that are left, and what is left is taken back', () => {
    const { session, put, sources, inForce, bye, sent, listed } = several();
    put();
    inForce(PAGE, 1);
    inForce(FRAME, 2);
    sent();
    bye(PAGE);
    expect(listed()).toEqual(['1 delay']);
    expect(session.faults.standing[0]?.target).toEqual({ type: 'source', source: sources[1] });
    session.faults.remove(1);
    expect(sent()).toEqual(['b: undo 2']);
  });

  test('do not wait for the one that is refused', () => {
    const { put, answer, inForce, listed, session } = several();
    put();
    inForce(PAGE, 1);
    answer(FRAME, 'closed');
    expect(listed()).toEqual(['1 delay']);
    expect(session.faults.standing[0]?.target.type).toBe('source');
  });

  test('are done at once where they do not last, and lists nothing', () => {
    const { put, sent, listed } = several();
    put({ type: 'fail' } as never);
    expect(sent()).toEqual(['a: order 1', 'b: order 2']);
    expect(listed()).toEqual([]);
  });

  test('leave out what only the network knows', () => {
    const { session, sources, sent, listed } = several();
    const [first, other] = sources as object[];
    session.faults.put(SECONDS, {
      type: 'sources',
      sources: [{ ...first, networkOnly: true } as never, other as never],
    });
    expect([sent(), listed()]).toEqual([['b: order 1'], ['1 delay (waits)']]);
    session.faults.put(SECONDS, { type: 'sources', sources: [] });
    expect([sent(), listed()]).toEqual([[], ['1 delay (waits)']]);
  });

  test('of a reset all go out in one turn', () => {
    const { session, sources, sent } = several();
    session.reset(sources);
    expect(sent()).toEqual(['a: order 1', 'b: order 2']);
  });
});

describe('a lost port', () => {
  test('makes an order be sent again that never arrived, and no other', () => {
    const { session, hello, inForce, lose, sent, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'all' });
    inForce(PAGE, 1);
    session.faults.put(SECONDS, { type: 'all' });
    lose();
    sent();
    hello(PAGE);
    expect(sent()).toEqual([]);
    inForce(PAGE, 1);
    expect(sent()).toEqual(['a: order 2']);
    inForce(PAGE, 1, 2);
    expect(listed()).toEqual(['1 delay', '2 delay']);
  });

  test('hides the end of an order no longer than until the next hello', () => {
    const { session, hello, inForce, lose, sent, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'all' }, { times: 1 });
    inForce(PAGE, 1);
    lose();
    sent();
    hello(PAGE);
    inForce(PAGE);
    expect([sent(), listed()]).toEqual([[], []]);
  });

  test('with an undo in it makes that be sent again', () => {
    const { session, hello, inForce, lose, sent, listed } = played();
    hello(PAGE);
    session.faults.put(SECONDS, { type: 'all' });
    inForce(PAGE, 1);
    session.faults.remove(1);
    lose();
    sent();
    hello(PAGE);
    inForce(PAGE, 1);
    expect(sent()).toEqual(['a: undo 1']);
    inForce(PAGE);
    expect(listed()).toEqual([]);
  });
});

test('what is taken back is listed until its document says that it is over', () => {
  const { session, hello, inForce, sent, listed } = played();
  hello(PAGE);
  session.faults.put(SECONDS, { type: 'all' });
  session.faults.put(SECONDS, { type: 'pattern', pattern: '/a' });
  inForce(PAGE, 1, 2);
  sent();
  session.faults.removeAll();
  session.faults.removeAll();
  expect(sent()).toEqual(['a: undo 1', 'a: undo 2']);
  expect(listed()).toEqual(['1 delay', '2 delay']);
  inForce(PAGE, 2);
  expect(listed()).toEqual(['2 delay']);
  inForce(PAGE);
  expect(listed()).toEqual([]);
});

test('what is taken back before its document has it is gone when that answers', () => {
  const { session, hello, answer, listed } = played();
  hello(PAGE);
  session.faults.put(SECONDS, { type: 'all' });
  session.faults.remove(1);
  expect(listed()).toEqual(['1 delay (waits)']);
  answer(PAGE, 'gone');
  expect(listed()).toEqual([]);
  expect(session.refused).toBeUndefined();
});

test('what a page makes up is not answered', () => {
  const { session, hello, inForce, sent, listed } = played();
  hello(PAGE);
  inForce(PAGE, ...Array.from({ length: 10_000 }, (_, index) => index + 1));
  expect([sent(), listed()]).toEqual([[], []]);
  session.faults.put({ type: 'fail' }, { type: 'all' });
  sent();
  inForce(PAGE, 1, 2, 3);
  expect(sent()).toEqual(['a: undo 1']);
});

test('an answer to what another document was asked is none', () => {
  const { session, hello, answer, listed } = played();
  hello(PAGE);
  hello(FRAME, 1);
  session.faults.put(SECONDS, { type: 'all' });
  answer(PAGE, 'closed');
  expect(session.refused).toBeUndefined();
  expect(listed()).toEqual(['1 delay (waits)']);
});

test('seeds are whole numbers that fit into 32 bits, and differ', () => {
  const { session, hello } = played();
  hello(PAGE);
  for (let count = 0; count < 20; count++) session.faults.put(SECONDS, { type: 'all' });
  const seeds = session.faults.standing.map(({ seed }) => seed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
  for (const seed of seeds) expect(seed >>> 0).toBe(seed);
});
