import { partition } from './chronology.ts';
import { Frontier } from './frontier.ts';
import type { Source, SourceState, StateChange } from './source.ts';
import { changeAt } from './source-state.ts';
import { Times } from './times.ts';

/** The changes of a source's state, at the times that are known by now, in a form that can be asked for many at once. */
export class ChangeIndex {
  readonly times = new Times();
  /** That it was brought up to; undefined where nobody said. */
  revision: number | undefined;
  readonly #changes: StateChange[] = [];
  /** How many changes to these states there are before the one at each index. */
  readonly #waiting = [0];
  readonly #connecting = [0];
  readonly #frontier = new Frontier();
  #first: StateChange | undefined;

  follow(source: Source): void {
    const from = this.#frontier.advance(source);
    const { changes, attempts } = source;
    const number = from > 0 && changes[0] === this.#first ? (attempts[from]?.number ?? 0) : 0;
    this.#first = changes[0];
    this.#cut(partition(0, this.#changes.length, (index) => (this.#changes[index]?.attempt ?? 0) < number));
    for (let index = this.#changes.length; ; index++) {
      const change = changeAt(source, index);
      if (!change) return;
      this.#push(change);
    }
  }

  /** The worst of the states from index `from` to before `to`: closed, waiting, connecting, open. */
  worst(from: number, to: number): SourceState {
    // Closed is final.
    if (this.#changes[to - 1]?.state === 'closed') return 'closed';
    const isIn = (counts: readonly number[]) => (counts[to] ?? 0) > (counts[from] ?? 0);
    if (isIn(this.#waiting)) return 'waiting';
    return isIn(this.#connecting) ? 'connecting' : 'open';
  }

  #push(change: StateChange): void {
    const { time, state } = change;
    this.times.push(time);
    this.#changes.push(change);
    this.#waiting.push((this.#waiting.at(-1) ?? 0) + (state === 'waiting' ? 1 : 0));
    this.#connecting.push((this.#connecting.at(-1) ?? 0) + (state === 'connecting' ? 1 : 0));
  }

  #cut(length: number): void {
    this.times.cut(length);
    this.#changes.length = length;
    this.#waiting.length = length + 1;
    this.#connecting.length = length + 1;
  }
}

const indices = new WeakMap<readonly StateChange[], ChangeIndex>();

/** O(what changed, and what may change yet); O(1) for the second time in a `revision`. */
export function changeIndex(source: Source, revision?: number): ChangeIndex {
  const index = indices.get(source.changes) ?? new ChangeIndex();
  indices.set(source.changes, index);
  if (revision === undefined || revision !== index.revision) index.follow(source);
  index.revision = revision;
  return index;
}
