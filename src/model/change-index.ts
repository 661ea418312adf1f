import { firstUnsettled } from './settled.ts';
import type { Source, SourceState, StateChange } from './source.ts';
import { changeAt } from './source-state.ts';
import { Times } from './times.ts';

const SEVERITY: readonly SourceState[] = ['closed', 'waiting', 'connecting', 'open'];

/** The changes of a source's state, as it is known by now when each was, in a form that can be asked for many at once. */
export class ChangeIndex {
  readonly times = new Times();
  readonly #states: SourceState[] = [];
  /** How many changes to a state there are before the one at each index. */
  readonly #before = new Map<SourceState, number[]>(SEVERITY.map((state) => [state, []]));
  readonly #counts = new Map<SourceState, number>();
  /** From here on, facts that are yet to come may change the times. */
  #open = 0;
  #first: StateChange | undefined;

  follow(source: Source): this {
    const { changes, attempts } = source;
    if (changes[0] !== this.#first) this.#open = 0;
    this.#first = changes[0];
    this.#cut(this.#open);
    const unsettled = attempts[firstUnsettled(attempts)]?.number ?? 0;
    for (let index = this.#open; ; index++) {
      const change = changeAt(source, index);
      if (!change) return this;
      this.#push(change);
      if (change.attempt < unsettled) this.#open = index + 1;
    }
  }

  state(index: number): SourceState | undefined {
    return this.#states[index];
  }

  /** The worst of the states from index `from` to before `to`. */
  worst(from: number, to: number): SourceState {
    const found = SEVERITY.find((state) => this.#countBefore(state, to) > this.#countBefore(state, from));
    return found ?? 'open';
  }

  #countBefore(state: SourceState, index: number): number {
    return this.#before.get(state)?.[index] ?? this.#counts.get(state) ?? 0;
  }

  #push({ time, state }: StateChange): void {
    this.times.push(time);
    this.#states.push(state);
    for (const [one, before] of this.#before) before.push(this.#counts.get(one) ?? 0);
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + 1);
  }

  #cut(length: number): void {
    for (const [state, before] of this.#before) {
      this.#counts.set(state, this.#countBefore(state, length));
      before.length = Math.min(before.length, length);
    }
    this.times.cut(Math.min(this.times.length, length));
    this.#states.length = Math.min(this.#states.length, length);
  }
}

const indices = new WeakMap<readonly StateChange[], ChangeIndex>();

/** O(what changed, and what may change yet). */
export function changeIndex(source: Source): ChangeIndex {
  const index = indices.get(source.changes) ?? new ChangeIndex();
  indices.set(source.changes, index);
  return index.follow(source);
}
