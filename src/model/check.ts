import type { Milliseconds } from '../protocol/record.ts';
import { isGivenUp, isSettled } from './check-judge.ts';
import { chains } from './check-lineage.ts';
import { PLAN, type Step, type StepResult } from './check-plan.ts';
import {
  type CheckAction,
  type CheckView,
  disturb,
  hasMet,
  noteLoss,
  openOf,
  type Run,
  resultIn,
  trialOf,
  witnessOf,
} from './check-run.ts';
import type { Source } from './source.ts';

/**
 * Where a check is: `baseline` · `settle`: every stream must be open before a step · `witness`: the second connections are
 * asked for · `meet`: until an event has come to both · `break`: the fault is ordered · `recover` · `over`.
 */
export type CheckPhase = 'baseline' | 'settle' | 'witness' | 'meet' | 'break' | 'recover' | 'over';

/** How long a phase lasts at most. `recover` is given by the step. */
const MOST: Record<Exclude<CheckPhase, 'recover' | 'over'>, Milliseconds> = {
  baseline: 10_000,
  settle: 5000,
  witness: 5000,
  meet: 10_000,
  break: 5000,
};
/** As many events say whether ids count one by one. */
const BASELINE_EVENTS = 5;

/**
 * The resilience check: facts in, next actions out. It knows no clock and waits for nothing; whoever runs it calls `next`
 * after new facts, and with `expired` when the time that it asked for is over.
 */
export class Check {
  readonly heads: readonly Source[];
  readonly plan: readonly Step[];
  phase: CheckPhase = 'baseline';
  /** Index of the step that runs; -1 before the first. */
  index = -1;
  /** When the phase began, and how long it may last. */
  since: Milliseconds;
  duration: Milliseconds = MOST.baseline;
  /** When each step began: the baseline's first. */
  readonly begins: Milliseconds[];
  wasStopped = false;
  /** By the key of the head, in the order of the plan. */
  readonly results: ReadonlyMap<string, StepResult[]>;
  #runs: Run[];
  #isExtended = false;

  constructor(heads: readonly Source[], now: Milliseconds, plan = PLAN) {
    // (The log's own list grows.)
    this.heads = [...heads];
    this.plan = plan;
    this.since = now;
    this.begins = [now];
    this.results = new Map(heads.map(({ key }) => [key, []]));
    this.#runs = heads.map((head) => ({ head, chain: [head], from: now }));
  }

  get step(): Step | undefined {
    return this.plan[this.index];
  }

  /** The sources that each stream consists of by now, by the key of its head. */
  chainOf({ key }: Source): readonly Source[] {
    return this.#runs.find(({ head }) => head.key === key)?.chain ?? [];
  }

  start(): CheckAction[] {
    return [
      { type: 'watch', on: true },
      { type: 'wait', duration: this.duration },
    ];
  }

  /** Undoes what it did. What it found so far stays. */
  stop(): CheckAction[] {
    if (this.phase === 'over') return [];
    this.wasStopped = true;
    const actions = this.#tidy();
    this.phase = 'over';
    return [...actions, { type: 'watch', on: false }];
  }

  next(view: CheckView, expired: boolean): CheckAction[] {
    if (this.phase === 'over') return [];
    const made = chains(this.heads, view.sources, this.begins[0] ?? 0);
    for (const run of this.#runs) run.chain = made.get(run.head) ?? run.chain;
    const actions: CheckAction[] = [];
    // What is fulfilled already needs no fact more.
    for (let isDue = expired; isDue || this.#isDone(view); isDue = false) {
      actions.push(...this.#advance(view, isDue && !this.#isDone(view)));
      if (this.#over()) break;
    }
    return actions;
  }

  /** (Asked anew each time: `phase` changes under TypeScript's feet.) */
  #over(): boolean {
    return this.phase === 'over';
  }

  #isDone(view: CheckView): boolean {
    const active = this.#runs.filter(({ tail }) => tail);
    switch (this.phase) {
      case 'baseline':
        return this.#runs.every((run) => openOf(run) && countOf(run) >= BASELINE_EVENTS);
      case 'settle':
        return this.#runs.every((run) => openOf(run));
      case 'witness':
        return active.every((run) => witnessOf(run));
      case 'meet':
        return active.every((run) => hasMet(run));
      case 'break':
        for (const run of active) noteLoss(run);
        return active.every(({ lost }) => lost !== undefined);
      case 'recover':
        return active.every((run) => {
          const trial = trialOf(run, this.step, view);
          return !trial || isSettled(trial);
        });
      case 'over':
        return false;
    }
  }

  #advance(view: CheckView, isTooLate: boolean): CheckAction[] {
    switch (this.phase) {
      case 'baseline':
        return this.#nextStep(view);
      case 'settle': {
        for (const run of this.#runs) this.#choose(run);
        const tails = this.#runs.flatMap(({ tail }) => tail ?? []);
        if (tails.length === 0) return this.#finish(view);
        const witnesses = tails.map((source): CheckAction => ({ type: 'witness', source, on: true }));
        return [...witnesses, ...this.#enter('witness', view)];
      }
      case 'witness':
        return this.#enter('meet', view);
      case 'meet': {
        const orders = this.#runs.flatMap((run) => disturb(run, this.step));
        return [...orders, ...this.#enter('break', view)];
      }
      case 'break':
        if (this.#runs.every(({ lost }) => lost === undefined)) return this.#finish(view);
        return this.#enter('recover', view, this.step?.allowed);
      case 'recover':
        if (isTooLate && !this.#isExtended && this.#isWorthWaiting(view)) {
          this.#isExtended = true;
          return [{ type: 'wait', duration: this.step?.allowed ?? 0 }];
        }
        return this.#finish(view);
      case 'over':
        return [];
    }
  }

  #enter(phase: CheckPhase, view: CheckView, most?: Milliseconds): CheckAction[] {
    this.phase = phase;
    this.since = view.newest;
    this.#isExtended = false;
    this.duration = most ?? (phase === 'recover' || phase === 'over' ? 0 : MOST[phase]);
    return [{ type: 'wait', duration: this.duration }];
  }

  #nextStep(view: CheckView): CheckAction[] {
    this.index += 1;
    this.begins.push(view.newest);
    this.#runs = this.#runs.map(({ head, chain }) => ({ head, chain, from: view.newest }));
    if (this.step) return [{ type: 'watch', on: true }, ...this.#enter('settle', view)];
    this.phase = 'over';
    return [{ type: 'watch', on: false }];
  }

  #choose(run: Run): void {
    const open = openOf(run);
    if (open) run.tail = open;
  }

  #isWorthWaiting(view: CheckView): boolean {
    return this.#runs.some((run) => {
      const trial = trialOf(run, this.step, view);
      return trial && !isSettled(trial) && !isGivenUp(trial);
    });
  }

  #finish(view: CheckView): CheckAction[] {
    for (const run of this.#runs) this.results.get(run.head.key)?.push(resultIn(run, this.step, view));
    const actions = this.#tidy();
    return [...actions, ...this.#nextStep(view)];
  }

  #tidy(): CheckAction[] {
    const witnesses = this.#runs.flatMap(({ tail }) => tail ?? []);
    const off = witnesses.map((source): CheckAction => ({ type: 'witness', source, on: false }));
    return [{ type: 'undo' }, ...off];
  }
}

const countOf = ({ chain }: Run): number => chain.reduce((sum, { events }) => sum + events.length, 0);
