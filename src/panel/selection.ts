import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  alone,
  type Choice,
  chosenOf,
  complete,
  cursorOf,
  NO_CHOICE,
  promoted,
  ranged,
  toggled,
} from '../model/choice.ts';
import type { MarkPlace } from '../model/lane-marks.ts';
import type { Source } from '../model/source.ts';
import type { StreamEvent } from '../model/stream-event.ts';
import { isEvent, type StreamItem } from '../model/stream-item.ts';

/** What the user looks at. Everything but the source may be nothing. */
export interface Selection {
  /** The one that was chosen last, or else the first: as long as there is a source, one is selected. */
  readonly source: ReadonlySignal<Source | undefined>;
  /** All that are chosen, `source` among them, as they are listed. */
  readonly chosen: ReadonlySignal<readonly Source[]>;
  /** Their keys: the same set until it is another choice. */
  readonly keys: ReadonlySignal<ReadonlySet<string>>;
  /** Key of the one that the keyboard is at. */
  readonly cursor: ReadonlySignal<string | undefined>;
  /** Number of an attempt of that source. */
  readonly attempt: ReadonlySignal<number | undefined>;
  /** An event of that source, or what it said without one. */
  readonly item: ReadonlySignal<StreamItem | undefined>;
  /** `item` if it is an event. */
  readonly event: ReadonlySignal<StreamEvent | undefined>;
  /** A mark of that attempt on the timeline. */
  readonly mark: ReadonlySignal<MarkPlace | undefined>;
  /** This one, and no other. */
  selectSource(key: string): void;
  /** This one too, or no longer. */
  toggleSource(key: string): void;
  /** From the one that was chosen before to this one. */
  extendTo(key: string): void;
  selectAll(): void;
  /** `source` alone again. */
  selectOne(): void;
  /** The keyboard goes there; what is chosen stays. */
  moveCursor(key: string): void;
  selectAttempt(key: string, attempt: number): void;
  selectMark(key: string, mark: MarkPlace): void;
  /** Of the source that is selected, or else of the one with this key. */
  selectEvent(item: StreamItem | undefined, key?: string): void;
  /** Forgets attempt, event and mark. */
  clear(): void;
}

export function createSelection(lanes: ReadonlySignal<readonly Source[]>): Selection {
  const choice = signal<Choice>(NO_CHOICE);
  const attempt = signal<number>();
  const item = signal<StreamItem>();
  const mark = signal<MarkPlace>();
  const shown = computed(() => lanes.value.map(({ key }) => key));
  const order = computed(() => chosenOf(choice.value, shown.value));
  let latest: ReadonlySet<string> = new Set();
  const keys = computed(() => {
    const next = order.value;
    // Lanes are another list whenever a fact has come.
    if (next.length !== latest.size || !next.every((key) => latest.has(key))) latest = new Set(next);
    return latest;
  });
  const source = computed(() => {
    const key = order.value.at(-1);
    return lanes.value.find((one) => one.key === key);
  });
  const event = computed(() => (item.value && isEvent(item.value) ? item.value : undefined));

  const clear = () => {
    attempt.value = undefined;
    item.value = undefined;
    mark.value = undefined;
  };
  /** What was looked at in a source goes with it. */
  const choose = (next: Choice) =>
    batch(() => {
      if (next.keys.at(-1) !== source.value?.key) clear();
      choice.value = next;
    });
  const selectSource = (key: string) => choose(alone(key));
  const show = (key: string) => choose(promoted(choice.value, key, shown.value));
  const selectAttempt = (chosen: string, number: number) =>
    batch(() => {
      show(chosen);
      item.value = undefined;
      mark.value = undefined;
      attempt.value = number;
    });

  return {
    source,
    chosen: computed(() => lanes.value.filter(({ key }) => keys.value.has(key))),
    keys,
    cursor: computed(() => cursorOf(choice.value, shown.value)),
    attempt,
    item,
    event,
    mark,
    selectSource,
    toggleSource: (key) => choose(toggled(choice.value, key, shown.value)),
    extendTo: (key) => choose(ranged(choice.value, key, shown.value)),
    selectAll: () => choose(complete(choice.value, shown.value)),
    selectOne: () => source.value && selectSource(source.value.key),
    moveCursor: (key) => {
      choice.value = { ...choice.value, cursor: key };
    },
    selectAttempt,
    selectMark: (chosen, place) =>
      batch(() => {
        selectAttempt(chosen, place.attempt);
        mark.value = place;
      }),
    selectEvent: (chosen, of) =>
      batch(() => {
        // What was only the first of all until now is meant from now on.
        const key = of ?? source.value?.key;
        if (key !== undefined) show(key);
        item.value = chosen;
        mark.value = undefined;
        attempt.value = chosen?.attempt;
      }),
    clear: () => batch(clear),
  };
}
