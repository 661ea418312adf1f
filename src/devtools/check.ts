import { Check } from '../model/check.ts';
import type { Uncaught } from '../model/check-judge.ts';
import type { CheckAction } from '../model/check-run.ts';
import type { Log } from '../model/log.ts';
import type { Source } from '../model/source.ts';
import type { OrderId } from '../protocol/command.ts';
import type { DocumentId, Milliseconds } from '../protocol/record.ts';
import type { FaultDesk } from './fault-desk.ts';

/** Facts come in bursts; each look at them costs some milliseconds. */
const LOOK_EVERY: Milliseconds = 100;

/** What a check needs of its session. */
export interface CheckGround {
  log: Pick<Log, 'sources' | 'newest'>;
  faults: FaultDesk;
  witness(source: Source, on: boolean): void;
  /** Lets documents tell of what nobody catches, from zero; or no more. */
  watchUncaught(on: boolean): void;
  /** The check went on. */
  changed(): void;
}

/** Runs resilience checks, one at a time. */
export interface Checks {
  /** The one that runs, or the last one; undefined before the first. It changes in place. */
  readonly latest: Check | undefined;
  /** Begins one; another that runs is stopped. */
  start(sources: readonly Source[]): void;
  stop(): void;
  /** To be called after new facts. */
  heard(): void;
  uncaught(document: DocumentId, what: Uncaught): void;
  /** A document says hello: it may not know yet that it is to tell. */
  hello(): void;
}

export function createChecks({ log, faults, witness, watchUncaught, changed }: CheckGround): Checks {
  let check: Check | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isScheduled = false;
  const caughtByNobody = new Map<DocumentId, Uncaught>();
  const ours = new Set<OrderId>();

  const isRunning = () => check !== undefined && check.phase !== 'over';
  const put = ({ source, fault, times }: Extract<CheckAction, { type: 'put' }>) => {
    const before = new Set(faults.standing.map(({ order }) => order));
    faults.put(fault, { type: 'source', source }, times === undefined ? {} : { times });
    for (const { order } of faults.standing) if (!before.has(order)) ours.add(order);
  };
  const undo = () => {
    for (const { order } of faults.standing) if (ours.has(order)) faults.remove(order);
    ours.clear();
  };
  const act = (action: CheckAction) => {
    switch (action.type) {
      case 'watch':
        caughtByNobody.clear();
        // Counting from zero.
        watchUncaught(false);
        if (action.on) watchUncaught(true);
        break;
      case 'witness':
        witness(action.source, action.on);
        break;
      case 'put':
        put(action);
        break;
      case 'undo':
        undo();
        break;
      case 'wait':
        clearTimeout(timer);
        timer = setTimeout(() => look(true), action.duration);
        break;
    }
  };
  const carryOut = (actions: readonly CheckAction[]) => {
    for (const action of actions) act(action);
    if (!isRunning()) clearTimeout(timer);
    changed();
  };
  const look = (expired: boolean) => {
    if (!check || !isRunning()) return;
    const newest = log.newest ?? 0;
    const uncaught = (document: DocumentId) => caughtByNobody.get(document);
    const actions = check.next({ sources: log.sources, newest, uncaught }, expired);
    if (actions.length > 0) carryOut(actions);
  };
  const stop = () => {
    if (check && isRunning()) carryOut(check.stop());
  };

  return {
    get latest() {
      return check;
    },
    start(sources) {
      stop();
      check = new Check(sources, log.newest ?? 0);
      carryOut(check.start());
      look(false);
    },
    stop,
    heard() {
      if (isScheduled || !isRunning()) return;
      isScheduled = true;
      setTimeout(() => {
        isScheduled = false;
        look(false);
      }, LOOK_EVERY);
    },
    uncaught(document, what) {
      caughtByNobody.set(document, what);
    },
    hello() {
      if (isRunning()) watchUncaught(true);
    },
  };
}
