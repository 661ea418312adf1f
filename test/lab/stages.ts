import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Exchange } from './exchange.ts';
import type { Misbehaviour } from './misbehaviour.ts';

export type Sink = (bytes: Uint8Array) => void;

/** Where what a connection writes comes in: whole events, and what is none. */
interface Inlet {
  event: Sink;
  block: Sink;
  /** The body's regular end, behind all that is on its way. */
  end(): void;
}

interface Around {
  exchange: Exchange;
  write: Sink;
  /** The same for the same misbehaviour, whatever the connection. */
  randomOf(what: Misbehaviour & { seed: number }): () => number;
}

/** What misbehaves between a feed and its socket: events first, then bytes. */
export function stages(misbehaviours: readonly Misbehaviour[], { exchange, write, randomOf }: Around): Inlet {
  let inlet: Inlet = { event: write, block: write, end: () => exchange.end() };
  // What is nearer to the socket comes first here: it is wrapped by what is nearer to the feed.
  for (const one of misbehaviours) {
    if (one.type === 'cut short') inlet = cutShort(inlet, one, exchange);
    if (one.type === 'idle') inlet = idle(inlet, one.most, exchange);
  }
  for (const one of misbehaviours) {
    if (one.type === 'mute') inlet = mute(inlet, one, exchange);
    if (one.type === 'slow') inlet = slow(inlet, one.rate, exchange);
    if (one.type === 'buffered') inlet = buffered(inlet, one.every, exchange);
    if (one.type === 'late') inlet = late(inlet, one, exchange, randomOf(one));
  }
  for (const one of misbehaviours) {
    if (one.type === 'lose' || one.type === 'repeat' || one.type === 'swap') inlet = damaged(inlet, one, randomOf(one));
  }
  return inlet;
}

/** Time for the client to read what was written: a lost connection may take with it what nobody has read yet. */
const READING: Milliseconds = 100;

function cutShort(
  { event, block, end }: Inlet,
  { after, unit, inside }: Extract<Misbehaviour, { type: 'cut short' }>,
  exchange: Exchange,
): Inlet {
  let left = after;
  let over = false;
  const finish = () => {
    over = true;
    exchange.after(READING, () => exchange.cut());
  };
  /** Also in the middle of a character. */
  const part = (bytes: Uint8Array) => {
    if (over) return;
    const now = bytes.subarray(0, left);
    left -= now.length;
    if (now.length > 0) event(now);
    if (left === 0) finish();
  };
  if (unit === 'bytes') return { event: part, block: part, end };
  return {
    end,
    event(bytes) {
      if (over) return;
      if (left-- > 0) event(bytes);
      else event(bytes.subarray(0, bytes.length >> 1));
      if (left < 0 || (left === 0 && !inside)) finish();
    },
    block(bytes) {
      if (!over) block(bytes);
    },
  };
}

function idle({ event, block, end }: Inlet, most: Milliseconds, exchange: Exchange): Inlet {
  let timer = 0;
  const wait = () => {
    const mine = ++timer;
    exchange.after(most, () => {
      if (mine === timer) exchange.cut();
    });
  };
  const through = (next: Sink) => (bytes: Uint8Array) => {
    wait();
    next(bytes);
  };
  wait();
  return { event: through(event), block: through(block), end };
}

function mute(
  { event, block, end }: Inlet,
  { from, to, what }: Extract<Misbehaviour, { type: 'mute' }>,
  exchange: Exchange,
): Inlet {
  let silent = from === 0;
  let held: (() => void)[] = [];
  exchange.after(from, () => {
    silent = true;
  });
  exchange.after(to, () => {
    silent = false;
    for (const each of held) each();
    held = [];
  });
  const through = (next: Sink) => (bytes: Uint8Array) => {
    if (!silent) next(bytes);
    else if (what === 'late') held.push(() => next(bytes));
  };
  return {
    event: through(event),
    block: through(block),
    // Of a connection that is half open, the end cannot be seen either.
    end: () => (silent ? void held.push(end) : end()),
  };
}

/** One byte after the other. */
function slow({ event, end }: Inlet, rate: number, exchange: Exchange): Inlet {
  const TICK: Milliseconds = 20;
  let waiting = new Uint8Array();
  let isEnding = false;
  let budget = 0;
  let last = performance.now();
  exchange.repeat(TICK, () => {
    const now = performance.now();
    budget = waiting.length === 0 ? 0 : budget + ((now - last) * rate) / 1000;
    last = now;
    const part = waiting.subarray(0, Math.floor(budget));
    if (isEnding && waiting.length === 0) end();
    if (part.length === 0) return;
    waiting = waiting.subarray(part.length);
    budget -= part.length;
    event(part);
  });
  const add = (bytes: Uint8Array) => {
    waiting = Buffer.concat([waiting, bytes]);
  };
  return {
    event: add,
    block: add,
    end() {
      isEnding = true;
    },
  };
}

function buffered({ event, end }: Inlet, every: Milliseconds, exchange: Exchange): Inlet {
  let held: (() => void)[] = [];
  exchange.repeat(every, () => {
    const now = held;
    held = [];
    for (const each of now) each();
  });
  const add = (bytes: Uint8Array) => void held.push(() => event(bytes));
  return { event: add, block: add, end: () => void held.push(end) };
}

function late(
  { event, block, end }: Inlet,
  { delay, jitter }: Extract<Misbehaviour, { type: 'late' }>,
  exchange: Exchange,
  random: () => number,
): Inlet {
  let previous = 0;
  /** Timers that are due at one moment may fire in any order; what they hand on keeps its own. */
  const queue: (() => void)[] = [];
  const later = (wait: Milliseconds, act: () => void) => {
    previous = Math.max(previous, performance.now() + Math.max(0, wait));
    queue.push(act);
    exchange.after(previous - performance.now(), () => queue.shift()?.());
  };
  return {
    event: (bytes) => later(delay + jitter * (2 * random() - 1), () => event(bytes)),
    block: (bytes) => later(delay, () => block(bytes)),
    end: () => later(delay, end),
  };
}

/** One draw for each event. */
function damaged(
  { event, block, end }: Inlet,
  { type, probability }: Extract<Misbehaviour, { type: 'lose' | 'repeat' | 'swap' }>,
  random: () => number,
): Inlet {
  let passed: Uint8Array | undefined;
  return {
    block,
    end() {
      if (passed) event(passed);
      end();
    },
    event(bytes) {
      const hit = random() < probability;
      if (type === 'lose') {
        if (!hit) event(bytes);
      } else if (type === 'repeat') {
        event(bytes);
        if (hit) event(bytes);
      } else if (passed) {
        event(bytes);
        event(passed);
        passed = undefined;
      } else if (hit) passed = bytes;
      else event(bytes);
    },
  };
}
