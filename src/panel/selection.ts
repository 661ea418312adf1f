import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { MarkPlace } from '../model/lane-marks.ts';
import type { Source } from '../model/source.ts';
import type { StreamEvent } from '../model/stream-event.ts';
import { isEvent, type StreamItem } from '../model/stream-item.ts';

/** What the user looks at. Everything but the source may be nothing. */
export interface Selection {
  /** The chosen one, or else the first: as long as there is a source, one is selected. */
  readonly source: ReadonlySignal<Source | undefined>;
  /** Number of an attempt of that source. */
  readonly attempt: ReadonlySignal<number | undefined>;
  /** An event of that source, or what it said without one. */
  readonly item: ReadonlySignal<StreamItem | undefined>;
  /** `item` if it is an event. */
  readonly event: ReadonlySignal<StreamEvent | undefined>;
  /** A mark of that attempt on the timeline. */
  readonly mark: ReadonlySignal<MarkPlace | undefined>;
  selectSource(key: string): void;
  selectAttempt(key: string, attempt: number): void;
  selectMark(key: string, mark: MarkPlace): void;
  /** Of the source that is selected, or else of the one with this key. */
  selectEvent(item: StreamItem | undefined, key?: string): void;
  /** Forgets attempt, event and mark. */
  clear(): void;
}

export function createSelection(lanes: ReadonlySignal<readonly Source[]>): Selection {
  const key = signal<string>();
  const attempt = signal<number>();
  const item = signal<StreamItem>();
  const mark = signal<MarkPlace>();
  const source = computed(() => lanes.value.find((one) => one.key === key.value) ?? lanes.value[0]);
  const event = computed(() => (item.value && isEvent(item.value) ? item.value : undefined));

  const clear = () => {
    attempt.value = undefined;
    item.value = undefined;
    mark.value = undefined;
  };
  const selectSource = (chosen: string) =>
    batch(() => {
      if (chosen !== source.value?.key) clear();
      key.value = chosen;
    });
  const selectAttempt = (chosen: string, number: number) =>
    batch(() => {
      selectSource(chosen);
      item.value = undefined;
      mark.value = undefined;
      attempt.value = number;
    });

  return {
    source,
    attempt,
    item,
    event,
    mark,
    selectSource,
    selectAttempt,
    selectMark: (chosen, place) =>
      batch(() => {
        selectAttempt(chosen, place.attempt);
        mark.value = place;
      }),
    selectEvent: (chosen, of) =>
      batch(() => {
        // What was only the first of all until now is meant from now on.
        key.value = of ?? source.value?.key;
        item.value = chosen;
        mark.value = undefined;
        attempt.value = chosen?.attempt;
      }),
    clear: () => batch(clear),
  };
}
