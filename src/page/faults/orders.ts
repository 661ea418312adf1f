import type { Order, OrderId } from '../../protocol/command.ts';
import type { Milliseconds, SourceId } from '../../protocol/record.ts';
import type { TrackedSource } from '../event-source/sources.ts';
import type { BrowserProfile } from '../managed/browser-profile.ts';
import { bare, clearTimeout, dictionary, indexOf, min, now, setTimeout, slice } from '../pristine.ts';
import { chaos } from './chaos.ts';
import { Force, type StreamShare } from './force.ts';
import { Passage } from './passage.ts';
import { randomFrom } from './random.ts';

/** A fault in force in this document. */
interface Standing {
  order: Order;
  /** For one source: which one now, and its stream. */
  target: SourceId | undefined;
  stream: string;
  /** By stream. */
  shares: Record<string, StreamShare>;
  /** By source. */
  on: Record<SourceId, Force>;
  timer: number | undefined;
  /** When its time, which runs, is over. */
  until: Milliseconds | undefined;
}

/** The faults in force in a document, and on which of its sources. */
export class StandingOrders {
  /** By id, which is the order in which they came. */
  readonly #standing = dictionary<Standing>();
  /** The attempts under way, by source. */
  readonly #passages = dictionary<Passage>();
  readonly #profile: BrowserProfile;
  readonly #isEnded: (source: SourceId) => boolean;
  readonly #changed: (orders: OrderId[]) => void;

  /** Calls `changed` with those in force whenever that changes. */
  constructor(
    profile: BrowserProfile,
    isEnded: (source: SourceId) => boolean,
    changed: (orders: OrderId[]) => void = () => {},
  ) {
    this.#profile = profile;
    this.#isEnded = isEnded;
    this.#changed = changed;
  }

  /** Puts a fault into force; `source`: for that one. It begins on a source when that enters. */
  place(order: Order, source?: TrackedSource): void {
    const standing: Standing = {
      order,
      target: source?.id,
      stream: streamOf(source?.url ?? ''),
      shares: dictionary<StreamShare>(),
      on: dictionary<Force>() as Record<SourceId, Force>,
      timer: undefined,
      until: undefined,
    };
    this.#standing[order.id] = standing;
    if (order.fault.type === 'outage') this.#start(standing);
    this.#tell();
  }

  /** Takes a fault out of force. */
  remove(id: OrderId): void {
    const standing = this.#standing[id];
    if (!standing) return;
    delete this.#standing[id];
    clearTimeout(standing.timer ?? 0);
    for (const source in standing.on) standing.on[source]?.end();
    this.#tell();
  }

  removeAll(): void {
    for (const id in this.#standing) this.remove(+id);
  }

  has(id: OrderId): boolean {
    return this.#standing[id] !== undefined;
  }

  get any(): boolean {
    for (const _ in this.#standing) return true;
    return false;
  }

  /** Is a source of this URL to be managed from its construction? */
  want(url: string): boolean {
    for (const id in this.#standing) if (this.#meets(this.#standing[id], url, Number.POSITIVE_INFINITY)) return true;
    return false;
  }

  /** Is this source meant by an order whose scope is not one source? */
  means({ scope }: Order, { url }: TrackedSource): boolean {
    return scope.type !== 'pattern' || fits(url, scope.pattern);
  }

  /** What is meant for this source, which is managed, begins. */
  enter(source: TrackedSource): void {
    for (const id in this.#standing) {
      const standing = this.#standing[id];
      if (!standing || standing.on[source.id] || !this.#meets(standing, source.url, source.id)) continue;
      const { order, shares } = standing;
      if (order.scope.type === 'source') standing.target = source.id;
      const stream = streamOf(source.url);
      shares[stream] ??= { used: 0, random: randomFrom(order.seed) };
      const force = new Force(order, shares[stream], source.record, () => this.#start(standing));
      standing.on[source.id] = force;
      force.tellLeft(standing.until);
      if (order.fault.type === 'chaos') chaos(force, order.fault, source);
      this.#passages[source.id]?.attach(force);
    }
  }

  /** An attempt of this source. */
  passage({ id }: TrackedSource): Passage {
    const over = () => {
      delete this.#passages[id];
      for (const order in this.#standing) {
        const force = this.#standing[order]?.on[id];
        if (!force) continue;
        force.isUsed = false;
        if (force.isSpent) this.#end(+order, id);
      }
    };
    const each = (visit: (force: Force) => void) => {
      for (const order in this.#standing) {
        const force = this.#standing[order]?.on[id];
        if (force && !force.isSpent) visit(force);
      }
    };
    const passage = new Passage(this.#profile, each, over);
    this.#passages[id] = passage;
    return passage;
  }

  /** This source has ended for good. */
  leave({ id }: TrackedSource): void {
    for (const order in this.#standing) this.#end(+order, id);
  }

  #end(id: OrderId, source: SourceId): void {
    const standing = this.#standing[id];
    const force = standing?.on[source];
    if (!standing || !force) return;
    delete standing.on[source];
    force.end();
    if (!force.isSpent) return;
    for (const other in standing.on) {
      // Another source of the stream may have waited for its turn, which will not come.
      const waiting = standing.on[other];
      if (waiting?.isSpent && !waiting.isUsed) {
        this.#end(id, +other);
        return;
      }
    }
    for (const _ in standing.on) return;
    if (standing.order.scope.type !== 'pattern') this.remove(id);
  }

  #meets(standing: Standing | undefined, url: string, id: SourceId): boolean {
    if (!standing) return false;
    const { order, target, stream, shares } = standing;
    const own = streamOf(url);
    if (order.times !== undefined && (shares[own]?.used ?? 0) >= order.times) return false;
    if (target === undefined) return order.scope.type !== 'pattern' || fits(url, order.scope.pattern);
    return id === target || (id > target && own === stream && this.#isEnded(target));
  }

  #start(standing: Standing): void {
    const { fault, id } = standing.order;
    if (fault.type !== 'outage' && fault.type !== 'silence') return;
    if (standing.timer !== undefined) return;
    standing.timer = setTimeout(() => this.remove(id), fault.duration);
    standing.until = now() + fault.duration;
    for (const source in standing.on) standing.on[source]?.tellLeft(standing.until);
  }

  #tell(): void {
    const orders: OrderId[] = bare([]);
    for (const id in this.#standing) orders[orders.length] = +id;
    this.#changed(orders);
  }
}

/** Origin and path. */
function streamOf(url: string): string {
  const query = indexOf(url, '?');
  const fragment = indexOf(url, '#');
  if (query < 0 && fragment < 0) return url;
  return slice(url, 0, query < 0 ? fragment : fragment < 0 ? query : min(query, fragment));
}

/** Is the pattern a part of the URL? `*` is anything. */
function fits(url: string, pattern: string): boolean {
  let from = 0;
  for (let rest = pattern; ; ) {
    const star = indexOf(rest, '*');
    const part = star < 0 ? rest : slice(rest, 0, star);
    from = indexOf(url, part, from);
    if (from < 0) return false;
    if (star < 0) return true;
    from += part.length;
    rest = slice(rest, star + 1);
  }
}
