import type { Order } from '../../protocol/command.ts';
import type { FaultRecord, Milliseconds, SourceRecord } from '../../protocol/record.ts';
import { clearTimeout, setTimeout } from '../pristine.ts';

/** How long what an order does to events is counted before it is told: a stream may bring thousands a second. */
const COUNTING: Milliseconds = 100;

/** What an order has for all sources of one stream, one after the other or at once. */
export interface StreamShare {
  /** Attempts, or connections. */
  used: number;
  random(): number;
}

/** An order in force on one source. */
export class Force {
  readonly order: Order;
  readonly share: StreamShare;
  /** Is an attempt under way that it counts? */
  isUsed = false;
  /** Lets go of what it holds back. */
  release = () => {};
  /** Its time begins, if it has one and that has not begun. */
  readonly start: () => void;
  readonly #record: (record: SourceRecord) => void;
  #count = 0;
  #timer: number | undefined;

  constructor(order: Order, share: StreamShare, record: (record: SourceRecord) => void, start: () => void) {
    this.order = order;
    this.share = share;
    this.start = start;
    this.#record = record;
    this.#tell('begin');
  }

  /** Has it been there as often as was asked for? */
  get isSpent(): boolean {
    const { times } = this.order;
    return times !== undefined && this.share.used >= times;
  }

  use(): void {
    this.isUsed = true;
    this.share.used++;
    this.tellLeft();
  }

  /** Tells what is left of it, if anything was taken away from it. `until`: its time is running. */
  tellLeft(until?: Milliseconds): void {
    const used = this.order.times === undefined || this.share.used === 0 ? undefined : this.share.used;
    if (used === undefined && until === undefined) return;
    this.#tell('left', { ...(used !== undefined && { used }), ...(until !== undefined && { until }) });
  }

  /** Counts an event that it changes. */
  act(): void {
    this.#count++;
    this.#timer ??= setTimeout(() => this.tell(), COUNTING);
  }

  /** Tells what was counted. */
  tell(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell('act', { count: this.#count });
    this.#count = 0;
  }

  end(): void {
    this.release();
    this.tell();
    this.#tell('end');
  }

  #tell(phase: FaultRecord['phase'], more?: Pick<FaultRecord, 'count' | 'used' | 'until'>): void {
    const { id, fault } = this.order;
    this.#record({ type: 'fault', phase, order: id, fault: fault.type, ...more });
  }
}
