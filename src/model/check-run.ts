import type { Fault } from '../protocol/command.ts';
import type { DocumentId, Milliseconds } from '../protocol/record.ts';
import { compare } from './check-compare.ts';
import { judge, type Trial, type Uncaught } from './check-judge.ts';
import { eventsOf } from './check-lineage.ts';
import { CRITERIA, type Reason, resultOf, type Step, type StepResult } from './check-plan.ts';
import type { Source } from './source.ts';
import { attemptsOf, stateOf } from './source-state.ts';
import type { Witness } from './witness.ts';

/** What the check wants done; what comes of it, it learns from facts. */
export type CheckAction =
  /** Count uncaught errors from zero, or no more. */
  | { type: 'watch'; on: boolean }
  | { type: 'witness'; source: Source; on: boolean }
  | { type: 'put'; source: Source; fault: Fault; times?: number }
  /** Undo every order that was put. */
  | { type: 'undo' }
  /** Say when so much time has gone by; this replaces what was said before. */
  | { type: 'wait'; duration: Milliseconds };

/** What is known now. */
export interface CheckView {
  sources: readonly Source[];
  newest: Milliseconds;
  uncaught(document: DocumentId): Uncaught | undefined;
}

/** One stream in the step that runs. */
export interface Run {
  head: Source;
  chain: readonly Source[];
  /** That is disturbed; undefined where nothing is open. */
  tail?: Source;
  /** Number of its attempt that must end, and when it did. */
  attempt?: number;
  lost?: Milliseconds;
  /** When its step began. */
  from: Milliseconds;
}

/** The newest source of a stream that is open. */
export const openOf = ({ chain }: Run): Source | undefined => chain.findLast((source) => stateOf(source) === 'open');

export const witnessOf = ({ tail, from }: Run): Witness | undefined =>
  tail?.witnesses.findLast((witness) => witness.from >= from);

/** Is there an event that the app and the witness both got? Where there is no witness, nothing is to be waited for. */
export function hasMet(run: Run): boolean {
  const witness = witnessOf(run);
  if (witness?.phase !== 'open') return true;
  const forever = Number.POSITIVE_INFINITY;
  return compare(witness, eventsOf(run.chain, run.from), forever, forever).type !== 'incomparable';
}

/** The orders that a step begins with. */
export function disturb(run: Run, step: Step | undefined): CheckAction[] {
  const { tail: source } = run;
  const attempt = source && attemptsOf(source).at(-1);
  if (!source || !step || !attempt || attempt.ended) return [];
  run.attempt = attempt.number;
  const { fault, times } = step;
  const order: CheckAction = { type: 'put', source, fault, ...(times !== undefined && { times }) };
  // A source that is observed is taken over for the fault, by a reset.
  if (!step.needsReset || attempt.carried === 'native') return [order];
  return [order, { type: 'put', source, fault: { type: 'reset', resume: { type: 'kept' } } }];
}

export function noteLoss(run: Run): void {
  const { tail, attempt } = run;
  if (!tail || attempt === undefined) return;
  const ended = attemptsOf(tail).find(({ number }) => number === attempt)?.ended;
  if (ended) run.lost ??= ended.time;
}

export function trialOf(run: Run, step: Step | undefined, view: CheckView): Trial | undefined {
  const { tail: source, lost, chain, from } = run;
  if (!source || lost === undefined || !step) return undefined;
  const told = view.uncaught(source.document.id);
  const uncaught = told && told.time >= from ? told : undefined;
  return { step, source, chain, from, witness: witnessOf(run), lost, uncaught, until: view.newest };
}

export function resultIn(run: Run, step: Step | undefined, view: CheckView): StepResult {
  const name = step?.name ?? 'baseline';
  const { from, chain, tail } = run;
  const to = view.newest;
  const trial = trialOf(run, step, view);
  if (!trial || !wasDisturbed(trial)) {
    const wasLeft = chain.every(({ ended }) => ended?.by === 'unload');
    const reason: Reason = wasLeft ? 'left' : tail ? 'not-disturbed' : 'not-open';
    const none = { result: 'unknown', reason, values: {}, evidence: [] } as const;
    return { step: name, result: 'unknown', from, to, lines: CRITERIA.map((criterion) => ({ criterion, ...none })) };
  }
  const lines = judge(trial);
  const took = lines.find(({ criterion }) => criterion === 'in-time')?.values['took'];
  const recovered = typeof took === 'number' && { recovered: took };
  return { step: name, result: resultOf(lines), from, to, ...recovered, lines };
}

/** Did the fault happen? What ends by itself just then is no answer to it. */
function wasDisturbed({ step, chain, from, lost }: Trial): boolean {
  const { type } = step.fault;
  const ends = chain.flatMap((source) => attemptsOf(source).flatMap(({ ended }) => ended ?? []));
  const since = ends.filter(({ time }) => time >= lost);
  if (!step.needsReset) return since.some(({ forced }) => forced);
  const spans = chain.flatMap(({ faults }) => faults);
  return (
    since.some(({ fault }) => fault === type) ||
    spans.some((span) => span.fault === type && span.from >= from && span.acted > 0)
  );
}
