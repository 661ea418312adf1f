import { Sources, type TrackedSource } from '../../src/page/event-source/sources.ts';
import { StandingOrders } from '../../src/page/faults/orders.ts';
import type { Ground } from '../../src/page/ground.ts';
import { Journal } from '../../src/page/journal.ts';
import type { BrowserProfile } from '../../src/page/managed/browser-profile.ts';
import { Connection } from '../../src/page/managed/connection.ts';
import { run } from '../../src/page/run.ts';
import { taskQueue } from '../../src/page/task-queue.ts';
import type { Command, Fault, Order, OrderId, Refusal } from '../../src/protocol/command.ts';
import type { SourceRecord } from '../../src/protocol/record.ts';
import { ALONE, QUICK } from './alone.ts';

const journal = () => new Journal(() => {});

export interface ManagedSource {
  source: TrackedSource;
  target: EventTarget;
  connection: Connection;
  /** What listeners saw: the event's type and the readyState in the handler; data and id of messages. */
  seen: string[];
  records: SourceRecord[];
}

/** The page's side of what a user orders, in a document whose sources are managed. */
export class ManagedDocument {
  readonly ground: Ground;
  readonly sources = new Sources(journal());
  inForce: OrderId[] = [];
  readonly made: ManagedSource[] = [];
  #orders = 0;

  constructor(profile: BrowserProfile = QUICK) {
    this.ground = {
      profile,
      queue: taskQueue(),
      background: ALONE,
      orders: new StandingOrders(
        profile,
        (id) => this.sources.isEnded(id),
        (orders) => {
          // It has no prototype, as in a page.
          this.inForce = Array.from(orders);
        },
      ),
    };
  }

  /** A source that makes its first attempt now. */
  open(url: string): ManagedSource {
    const target = new EventTarget();
    const seen: string[] = [];
    const records: SourceRecord[] = [];
    const source = this.sources.track(target as EventSource, url, false);
    const record = source.record;
    source.record = (fact) => {
      records.push(fact);
      record(fact);
    };
    const { orders } = this.ground;
    const connection = new Connection(
      {
        url,
        withCredentials: false,
        record: source.record,
        fire: (event) => target.dispatchEvent(event),
        heard: () => true,
        passage: () => orders.passage(source),
        ended: () => orders.leave(source),
      },
      this.ground,
      { readyState: 0, lastEventId: '', attempt: 0 },
    );
    source.connection = connection;
    orders.enter(source);
    for (const type of ['open', 'error', 'message', 'tick']) {
      target.addEventListener(type, (event) => {
        if (event instanceof MessageEvent) seen.push(`${type} ${event.data} #${event.lastEventId}`);
        else seen.push(`${type} ${connection.readyState}`);
      });
    }
    const managed = { source, target, connection, seen, records };
    this.made.push(managed);
    void connection.connect();
    return managed;
  }

  /** Orders a fault; gives its number, or why not. */
  order(fault: Fault, { scope, times, seed = 1 }: Partial<Order> = {}): OrderId | Refusal {
    const id = ++this.#orders;
    const order = { id, fault, seed, scope: scope ?? { type: 'all' as const }, ...(times !== undefined && { times }) };
    return this.do({ type: 'order', order }) ?? id;
  }

  undo(order: OrderId | Refusal): void {
    this.do({ type: 'undo', order: Number(order) });
  }

  do(what: Command): Refusal | undefined {
    const message = { type: 'command', command: 1, document: 'd', do: structuredClone(what) } as const;
    return run(message, this.sources, this.ground).reason;
  }

  close(): void {
    for (const { connection } of this.made) connection.close();
  }
}
