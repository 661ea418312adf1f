import type { Log } from '../model/log.ts';
import type { Source } from '../model/source.ts';
import { type Command, type Fault, lasts, type Order, type OrderId, type Scope } from '../protocol/command.ts';
import type { DocumentId } from '../protocol/record.ts';
import { isSettled, type Phase, withHello, withOutcome, withTold } from './order-phase.ts';

/**
 * Whom the user means: one stream, some that were chosen, those whose URL has this pattern in it (also after a
 * navigation), or all of the tab.
 */
export type Target = Single | { type: 'sources'; sources: readonly Source[] };

/** What one order can be for. Of several sources each has its own, with one seed: documents need not know of choices. */
type Single = { type: 'source'; source: Source } | { type: 'pattern'; pattern: string } | { type: 'all' };

/** A fault that lasts, as the user ordered it. */
export interface Standing {
  /** The first one, if there are several. */
  order: OrderId;
  /** All that it is made of: one for each of several sources. */
  orders: readonly OrderId[];
  fault: Fault;
  /** Of several sources, those for which it is not over. */
  target: Target;
  /** For how many attempts or connections of a stream; undefined: until it is removed, or its own time is over. */
  times?: number;
  seed: number;
  /** A document says that it is in force there. False: asked for, or waiting for a document that has such streams. */
  isInForce: boolean;
}

/** Where faults are ordered and taken back. What is listed lasts; what happens at once is seen in the log alone. */
export interface FaultDesk {
  /** In the order in which they were put. Another array whenever anything in it is another. */
  readonly standing: readonly Standing[];
  /** `seed`: a new one if not given. */
  put(fault: Fault, target: Target, options?: { times?: number; seed?: number }): void;
  /** For all that it was put on at once. It is listed until the documents say that it is over. */
  remove(order: OrderId): void;
  removeAll(): void;
}

/** The desk, as its session sees it. */
export interface OpenFaultDesk extends FaultDesk {
  /** A document says hello, for the first time or again. */
  hello(document: DocumentId): void;
  /** The orders that are in force in a document, by its own word. */
  told(document: DocumentId, orders: readonly OrderId[]): void;
  outcome(document: DocumentId, what: Command, ok: boolean): void;
  /** Sends orders to documents that have become theirs, and lets go of those that are over. */
  settle(): void;
}

/** What a desk needs of its session. */
export interface DeskGround {
  log: Pick<Log, 'living' | 'page'>;
  /** `source`: what the user chose, if it is only one. */
  send(document: DocumentId, what: Command, source?: Source): void;
  /** Nothing was done: no script of ours is where this source lives. */
  unreachable(source: Source): void;
  /** An id that no other order of the session has. */
  newOrder(): OrderId;
  /** A number from 0 to less than 1. */
  random(): number;
  /** What stands was changed by the user. */
  changed(): void;
}

interface Item {
  readonly order: Order;
  /** The first order of those that were put at once. They are taken back at once. */
  readonly group: OrderId;
  readonly target: Single;
  /** The tab showed this when it was put. */
  readonly page: DocumentId | undefined;
  /** How far it has come, in each document that it was sent to. */
  readonly phases: Map<DocumentId, Phase>;
  /** It was taken back, and is listed as long as a document has not confirmed that. */
  isLeaving: boolean;
}

/** They end by themselves, wherever they are. */
const TIMED: ReadonlySet<string> = new Set<Fault['type']>(['outage', 'silence']);

/** Orders for the documents of a tab. */
export function createFaultDesk(ground: DeskGround): OpenFaultDesk {
  const { log } = ground;
  let items: Item[] = [];
  let newest: OrderId = 0;
  let standing: readonly Standing[] | undefined;

  const isFor = ({ target, page }: Item, document: { id: DocumentId; page: DocumentId | undefined }): boolean => {
    if (target.type === 'source') return target.source.document.id === document.id;
    return target.type === 'pattern' || document.page === page;
  };
  const send = (item: Item, document: DocumentId) => {
    const { order, target } = item;
    item.phases.set(document, 'sent');
    ground.send(document, { type: 'order', order }, target.type === 'source' ? target.source : undefined);
  };
  const undo = (document: DocumentId, order: OrderId) => ground.send(document, { type: 'undo', order });
  const isOver = (item: Item, living: ReturnType<DeskGround['log']['living']>): boolean => {
    const { target, phases, isLeaving, order, page } = item;
    const open = living.some(({ id }) => phases.has(id) && !isSettled(phases.get(id)));
    if (open) return false;
    if (isLeaving) return true;
    // It may have begun in a document that has gone meanwhile.
    const hasActed = phases.size > 0 && living.some(({ id }) => phases.has(id));
    if (target.type === 'pattern') return hasActed && TIMED.has(order.fault.type);
    return hasActed || !living.some(({ id }) => id === (target.type === 'all' ? page : target.source.document.id));
  };
  const settle = () => {
    const living = log.living();
    for (const item of items) {
      if (item.isLeaving) continue;
      for (const document of living)
        if (!item.phases.has(document.id) && isFor(item, document)) send(item, document.id);
    }
    items = items.filter((item) => !isOver(item, living));
    standing = undefined;
  };
  const take = (item: Item) => {
    item.isLeaving = true;
    // A document that comes back will say that it is in force, and is told then.
    for (const { id } of log.living()) if (!isSettled(item.phases.get(id))) undo(id, item.order.id);
  };
  const list = (): readonly Standing[] => {
    const living = log.living();
    const isNamed = ({ phases }: Item) => living.some(({ id }) => phases.get(id) === 'named');
    // What was put at once stands together.
    const firsts = items.filter(({ group }, index) => items[index - 1]?.group !== group);
    return firsts.map(({ order: { fault, seed, times }, group, target }) => {
      const all = items.filter((item) => item.group === group);
      const sources = all.flatMap((item) => (item.target.type === 'source' ? item.target.source : []));
      return {
        order: group,
        orders: all.map(({ order }) => order.id),
        fault,
        target: sources.length > 1 ? { type: 'sources', sources } : target,
        seed,
        isInForce: all.some(isNamed),
        ...(times !== undefined && { times }),
      };
    });
  };

  return {
    get standing() {
      standing ??= list();
      return standing;
    },
    put(fault, target, { times, seed } = {}) {
      const part = { seed: seed ?? Math.floor(ground.random() * 2 ** 32), ...(times !== undefined && { times }) };
      let group: OrderId | undefined;
      for (const single of singles(target)) {
        if (single.type === 'source' && single.source.networkOnly) {
          ground.unreachable(single.source);
          continue;
        }
        newest = ground.newOrder();
        group ??= newest;
        const order: Order = { id: newest, fault, scope: scopeOf(single), ...part };
        const item: Item = { order, group, target: single, page: log.page?.id, phases: new Map(), isLeaving: false };
        if (lasts(fault)) items.push(item);
        else for (const document of log.living()) if (isFor(item, document)) send(item, document.id);
      }
      if (group === undefined || !lasts(fault)) return;
      settle();
      ground.changed();
    },
    remove(order) {
      for (const item of items) if (item.group === order && !item.isLeaving) take(item);
      settle();
      ground.changed();
    },
    removeAll() {
      for (const item of items) if (!item.isLeaving) take(item);
      settle();
      ground.changed();
    },
    hello(document) {
      for (const { phases } of items) withHello(phases, document);
    },
    told(document, orders) {
      const named = new Set(orders);
      for (const item of items) {
        withTold(item.phases, document, named.has(item.order.id));
        // What was taken back while its document was away, or on a way that was lost, is taken back again.
        if (item.isLeaving && named.delete(item.order.id)) undo(document, item.order.id);
        named.delete(item.order.id);
      }
      // What we never ordered, a page made up.
      for (const order of named) if (order <= newest) undo(document, order);
    },
    outcome(document, what, ok) {
      if (what.type === 'witness') return;
      const id = what.type === 'undo' ? what.order : what.order.id;
      const item = items.find(({ order }) => order.id === id);
      if (item) withOutcome(item.phases, document, what.type === 'order' && ok);
    },
    settle,
  };
}

const singles = (target: Target): readonly Single[] =>
  target.type === 'sources' ? target.sources.map((source) => ({ type: 'source', source })) : [target];

function scopeOf(target: Single): Scope {
  return target.type === 'source' ? { type: 'source', source: target.source.id } : target;
}
