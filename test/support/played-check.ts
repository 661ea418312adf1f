import type { FaultDesk } from '../../src/devtools/fault-desk.ts';
import { Log } from '../../src/model/log.ts';
import type { Source } from '../../src/model/source.ts';
import type { Fault } from '../../src/protocol/command.ts';
import type { DocumentInfo, SourceRecord } from '../../src/protocol/record.ts';

/** An event of a played server; one without an id has none of its own. */
export interface Sent {
  id?: string;
  data: string;
  type?: string;
}

/** What a played server sends to a connection that names the event `last` ('' for none), and began so many ms ago. */
export interface PlayedServer {
  every: number;
  /** The n-th event since the world began. */
  event(n: number): Sent;
  /** After which event a connection goes on that names `last`; `now` is the newest one. */
  from(last: string, now: number): number;
  /** Answers a second connection so; 200 if absent. */
  witness?: number;
}

/** Integer ids, the same for all; serves what was missed. As the lab's /counter. */
export const COUNTER: PlayedServer = {
  every: 250,
  event: (n) => ({ id: `${n}`, data: `{"n":${n}}` }),
  from: (last, now) => (/^\d+$/.test(last) && Number(last) <= now ? Number(last) : now),
};

const DOCUMENT: DocumentInfo = {
  id: 'd'.repeat(32),
  url: 'https://app.test/',
  top: true,
  started: 0,
  entered: 'navigate',
  late: false,
};
const LATENCY = 5;
const RETRY = 3000;

interface Order {
  id: number;
  path: string;
  fault: Fault;
  times: number;
}

/**
 * A page with event sources as a browser and our page script play them, its server, and the network between them, in the
 * time of vitest's fake timers. It acts on orders as docs/ say that a page does, and tells facts to a log.
 */
export class PlayedWorld {
  readonly log = new Log();
  readonly server: PlayedServer;
  /** Everything that was ordered, in words. */
  readonly ordered: string[] = [];
  uncaught: ((time: number, count: number, message: string) => void) | undefined;
  onFact = () => {};

  orders: Order[] = [];
  readonly witnessing = new Map<number, () => void>();
  readonly sources: PlayedSource[] = [];
  #seq = 0;
  #orders = 0;

  constructor(server: PlayedServer) {
    this.server = server;
    this.log.hello(DOCUMENT, Date.now());
  }

  get now(): number {
    return Math.floor(Date.now() / this.server.every);
  }

  newSource(url: string): PlayedSource {
    const source = new PlayedSource(this, this.sources.length + 1, new URL(url, DOCUMENT.url).href);
    this.sources.push(source);
    source.connect();
    return source;
  }

  record(source: number, record: SourceRecord): void {
    this.log.append(DOCUMENT.id, [{ seq: ++this.#seq, time: Date.now(), source, record }]);
    this.onFact();
  }

  /** Calls `take` with each event for a connection that names `last`, until the undo is called. */
  serve(last: string, take: (event: Sent) => void): () => void {
    let given = this.server.from(last, this.now);
    const pump = () => {
      while (given < this.now) take(this.server.event(++given));
    };
    pump();
    const timer = setInterval(pump, 50);
    return () => clearInterval(timer);
  }

  /** The fault that the next attempt meets; counts it. */
  meet(path: string): Fault | undefined {
    const order = this.orders.find((one) => one.path === path);
    if (order && --order.times <= 0) this.orders = this.orders.filter((one) => one !== order);
    return order?.fault;
  }

  readonly desk = ((world: PlayedWorld): FaultDesk => ({
    get standing() {
      return world.orders.map(({ id, fault }) => ({
        order: id,
        orders: [id],
        fault,
        target: { type: 'all' as const },
        seed: 0,
        isInForce: true,
      }));
    },
    put(fault, target, { times = 1 } = {}) {
      if (target.type !== 'source') throw new Error('A check breaks single sources.');
      world.ordered.push(`${fault.type} ${target.source.id}`);
      const source = world.sources[target.source.id - 1];
      if (!source) return;
      const { path } = source;
      switch (fault.type) {
        case 'reset':
          source.reset(fault);
          break;
        case 'outage':
          world.orders.push({ id: ++world.#orders, path, fault, times: Number.POSITIVE_INFINITY });
          setTimeout(() => {
            world.orders = world.orders.filter((order) => order.fault !== fault || order.path !== path);
          }, fault.duration);
          source.reset(fault);
          break;
        default:
          world.orders.push({ id: ++world.#orders, path, fault, times });
          if (!source.isManaged) source.reset({ type: 'reset', resume: { type: 'kept' } });
      }
    },
    remove(order) {
      world.orders = world.orders.filter(({ id }) => id !== order);
    },
    removeAll() {
      world.orders = [];
    },
  }))(this);

  witness({ id }: Source, on: boolean): void {
    this.witnessing.get(id)?.();
    this.witnessing.delete(id);
    const { witness: status = 200 } = this.server;
    if (!on) return;
    setTimeout(() => {
      if (status !== 200) return this.record(id, { type: 'witness', phase: 'refused', status });
      this.record(id, { type: 'witness', phase: 'open', status });
      let lastEventId = '';
      const stop = this.serve('', ({ id: own, data, type: event = 'message' }) => {
        lastEventId = own ?? lastEventId;
        this.record(id, { type: 'witnessed', event, data, size: data.length, lastEventId });
      });
      this.witnessing.set(id, () => {
        stop();
        this.record(id, { type: 'witness', phase: 'end' });
      });
    }, LATENCY);
  }
}

/** An EventSource of the page: the browser's, until a fault needs it to be ours. */
export class PlayedSource {
  onerror = () => {};
  onmessage = (_lastEventId: string) => {};
  readyState: 0 | 1 | 2 = 0;
  isManaged = false;
  readonly path: string;
  readonly #world: PlayedWorld;
  readonly #id: number;
  readonly #url: string;
  #attempt = 0;
  #last = '';
  #seen: string[] = [];
  #next: string | undefined;
  #stop = () => {};

  constructor(world: PlayedWorld, id: number, url: string) {
    this.#world = world;
    this.#id = id;
    this.#url = url;
    this.path = new URL(url).pathname;
    // What matches an order in force is managed from its construction.
    this.isManaged = world.orders.some(({ path }) => path === this.path);
    this.#record({ type: 'construct', kind: 'eventsource', url, withCredentials: false });
  }

  connect(): void {
    const lastEventId = this.#next ?? this.#last;
    this.#next = undefined;
    const attempt = ++this.#attempt;
    const carried = this.isManaged ? 'managed' : 'native';
    this.#record({ type: 'connect', attempt, lastEventId, carried, seen: 'start' });
    const fault = this.#world.meet(this.path);
    this.#later(LATENCY, () => {
      switch (fault?.type) {
        case 'refuse':
        case 'outage':
          return this.#reestablish(fault, this.#last);
        case 'respond':
          return this.#fail(fault);
        default:
          this.#announce(lastEventId);
      }
    });
  }

  close(): void {
    if (this.readyState === 2) return;
    this.readyState = 2;
    this.#stop();
    this.#record({ type: 'close' });
  }

  reset(fault: Extract<Fault, { type: 'reset' | 'outage' }>): void {
    this.isManaged = true;
    const { resume } = fault;
    if (resume.type === 'old') this.#next = this.#seen.at(-1 - resume.events) ?? this.#seen[0];
    this.#reestablish(fault, this.#next ?? this.#last);
  }

  #announce(lastEventId: string): void {
    this.readyState = 1;
    this.#record({ type: 'announce' });
    const query = new URL(this.#url).searchParams.get('lastEventId') ?? '';
    this.#stop = this.#world.serve(lastEventId || query, ({ id, data, type: event = 'message' }) => {
      this.#last = id ?? this.#last;
      this.#seen.push(this.#last);
      const origin = 'https://app.test';
      this.#record({ type: 'dispatch', event, data, size: data.length, lastEventId: this.#last, origin, heard: true });
      this.onmessage(this.#last);
    });
  }

  #reestablish({ type: fault }: Fault, lastEventId: string): void {
    this.#stop();
    this.readyState = 0;
    this.#record({ type: 'reestablish', lastEventId, forced: true, fault });
    this.#later(RETRY, () => this.connect());
    this.onerror();
  }

  #fail(fault: Extract<Fault, { type: 'respond' }>): void {
    this.readyState = 2;
    const { type, status } = fault;
    this.#record({ type: 'fail', forced: true, fault: type, cause: { type: 'status', status } });
    this.onerror();
  }

  #later(delay: number, step: () => void): void {
    const timer = setTimeout(step, delay);
    this.#stop = () => clearTimeout(timer);
  }

  #record(record: SourceRecord): void {
    this.#world.record(this.#id, record);
  }
}

/** Apps, by how they reconnect: as test/lab/demo has them, and two that are wrong. */
export const APPS: Record<string, (world: PlayedWorld, path?: string) => void> = {
  browser: (world, path = '/events') => void world.newSource(path),
  settimeout(world, path = '/events') {
    const connect = () => {
      const source = world.newSource(path);
      source.onerror = () => {
        source.close();
        setTimeout(connect, 1000);
      };
    };
    connect();
  },
  lastid(world, path = '/events') {
    let last = '';
    const connect = () => {
      const source = world.newSource(last ? `${path}?lastEventId=${last}` : path);
      source.onmessage = (id) => {
        last = id;
      };
      source.onerror = () => {
        source.close();
        setTimeout(connect, 1000);
      };
    };
    connect();
  },
  /** Makes a new one, and leaves the old one, which retries by itself. */
  fighting(world, path = '/events') {
    let last = '';
    const connect = () => {
      const source = world.newSource(last ? `${path}?lastEventId=${last}` : path);
      let isNew = true;
      source.onmessage = (id) => {
        last = id;
      };
      source.onerror = () => {
        if (isNew) setTimeout(connect, 1000);
        isNew = false;
      };
    };
    connect();
  },
  /** Comes back once, and not again. */
  giving_up(world, path = '/events') {
    const source = world.newSource(path);
    source.onerror = () => source.close();
  },
};
