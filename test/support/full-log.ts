import type { Session } from '../../src/devtools/session.ts';
import type { Entry, Milliseconds, SourceRecord } from '../../src/protocol/record.ts';

export interface Filling {
  sources: number;
  /** Of each source. */
  events: number;
  /** How long all of it took, until now. */
  took: Milliseconds;
  /** How often each source lost its connection by itself. */
  drops: number;
  /** Was the server started anew in the end, and did all sources lose theirs at once, and come back at once? */
  restarted: boolean;
  /** Every so many-th source gave up in the end: it was answered 503. */
  gaveUpEvery: number;
}

/** What was put into the log. */
export interface Filled {
  events: number;
  attempts: number;
  /** Characters of data and ids, all of which the browser keeps in one byte each. */
  payload: number;
}

/**
 * Gives the session a document whose sources did all that in the last while, as if the page had just told it. Runs in the
 * panel's document, as text: it can use nothing of this module but types. The texts come out of JSON, as those of the wire
 * do, because the browser keeps a text that was put together in another way.
 */
export function fillLog(session: Session, { sources, events, took, drops, restarted, gaveUpEvery }: Filling): Filled {
  const { log } = session;
  const end = performance.timeOrigin + performance.now();
  const start = end - took;
  const id = `filled-${sources}-${end}`;
  log.hello(
    { id, url: 'https://exchange.example/', top: true, started: start - 400, entered: 'navigate', late: false },
    end,
  );
  // [xorshift32] The same story each time.
  let state = 2463534242;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const NAMES = ['prices', 'orders', 'trades', 'news', 'alerts', 'metrics', 'presence', 'chat'];
  const SYMBOLS = ['ACME', 'GLOBEX', 'INITECH', 'UMBRELLA', 'HOOLI', 'STARK', 'WAYNE', 'SOYLENT'];
  const VENUES = ['Amsterdam', 'Brisbane', 'Chicago', 'Dublin', 'Frankfurt', 'London', 'Paris', 'Tokyo', 'Zurich'];
  const NOTES = ['best bid of the session', 'crossed the spread again', 'filled in three parts', 'no change at all'];
  const RETRY: Milliseconds = 3000;

  const filled: Filled = { events: 0, attempts: 0, payload: 0 };
  let batch: Entry[] = [];
  let seq = 0;
  const flush = () => {
    log.append(id, JSON.parse(JSON.stringify(batch)) as Entry[]);
    batch = [];
  };
  const tell = (source: number, time: Milliseconds, record: SourceRecord) => {
    batch.push({ seq: ++seq, time, source, record });
    if (batch.length === 5000) flush();
  };

  const all = Array.from({ length: sources }, (_, index) => {
    const name = NAMES[index % NAMES.length] ?? '';
    const number = Math.floor(index / NAMES.length) + 1;
    const managed = index % 4 === 1;
    return {
      id: index + 1,
      url: `https://${oneOf(['live', 'eu', 'us', 'asia'])}.exchange.example/${name}/${number}`,
      managed,
      gaveUp: index % gaveUpEvery === gaveUpEvery - 1,
      type: oneOf(['tick', 'message', 'update', 'trade']),
      dropsAt: new Set(Array.from({ length: drops }, () => 1 + Math.floor(random() * (events - 1)))),
      attempt: 0,
      lastEventId: '',
      /** When it is connected again: its events cannot come earlier. */
      back: 0,
      wasRestarted: !restarted,
    };
  });
  type Told = (typeof all)[number];
  const connect = (one: Told, time: Milliseconds, announced: Milliseconds | undefined) => {
    const { managed, lastEventId } = one;
    const attempt = ++one.attempt;
    filled.attempts += 1;
    const seen = managed || attempt === 1 ? 'start' : 'answer';
    const carried = managed ? 'managed' : 'native';
    // Of a native one the page learns by the answer that it tried.
    tell(one.id, seen === 'answer' ? (announced ?? time) : time, {
      type: 'connect',
      attempt,
      lastEventId,
      carried,
      seen,
    });
    if (announced !== undefined)
      tell(one.id, announced, managed ? { type: 'announce', status: 200 } : { type: 'announce' });
  };
  const lose = (one: Told, time: Milliseconds) => {
    const { managed, lastEventId } = one;
    tell(one.id, time, {
      type: 'reestablish',
      lastEventId,
      forced: false,
      ...(managed && { cause: { type: oneOf(['network', 'end'] as const) } }),
    });
  };
  const drop = (one: Told, time: Milliseconds, delay: Milliseconds) => {
    lose(one, time);
    const back = time + RETRY + delay;
    one.back = back + 60;
    connect(one, back, one.back);
  };

  for (const one of all) {
    const { id: source, url } = one;
    const time = start + random() * Math.min(took / 100, 2000);
    tell(source, time, { type: 'construct', kind: 'eventsource', url, withCredentials: false });
    one.back = time + 20 + random() * 200;
    connect(one, time, one.back);
  }
  for (let number = 1; number <= events; number++) {
    for (const one of all) {
      const span = one.gaveUp ? took * 0.8 : took;
      const due = start + ((number - random()) / events) * span;
      const time = Math.min(end, Math.max(due, one.back));
      if (one.dropsAt.has(number) && time < end - 2 * RETRY) drop(one, time, random() * 20);
      else if (!one.wasRestarted && due > start + took * 0.7) {
        drop(one, start + took * 0.7 + random() * 30, random() * 38);
        one.wasRestarted = true;
      }
      one.lastEventId = `${number}`;
      const price = (random() * 500).toFixed(2);
      const data = `{"n":${number},"symbol":"${oneOf(SYMBOLS)}","price":${price},"venue":"${oneOf(VENUES)}","note":"${oneOf(NOTES)}"}`;
      filled.events += 1;
      filled.payload += data.length + one.lastEventId.length;
      tell(one.id, Math.max(time, one.back), {
        type: 'dispatch',
        event: one.type,
        data,
        size: data.length,
        lastEventId: one.lastEventId,
        origin: 'https://exchange.example',
        heard: true,
      });
    }
  }
  for (const one of all) {
    if (!one.gaveUp) continue;
    const time = start + took * 0.8 + random() * 1000;
    lose(one, time);
    connect(one, time + RETRY, undefined);
    tell(one.id, time + RETRY + 40, { type: 'fail', forced: false, cause: { type: 'status', status: 503 } });
  }
  flush();
  // Tells those who listen, and changes nothing else.
  session.preserveLog(log.preserve);
  return filled;
}
