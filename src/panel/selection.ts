import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Source, StreamEvent } from '../model/source.ts';

/** What the user looks at. Everything but the source may be nothing. */
export interface Selection {
  /** The chosen one, or else the first: as long as there is a source, one is selected. */
  readonly source: ReadonlySignal<Source | undefined>;
  /** Number of an attempt of that source. */
  readonly attempt: ReadonlySignal<number | undefined>;
  /** An event of that source. */
  readonly event: ReadonlySignal<StreamEvent | undefined>;
  selectSource(key: string): void;
  selectAttempt(key: string, attempt: number): void;
  selectEvent(event: StreamEvent | undefined): void;
  /** Forgets attempt and event. */
  clear(): void;
}

export function createSelection(lanes: ReadonlySignal<readonly Source[]>): Selection {
  const key = signal<string>();
  const attempt = signal<number>();
  const event = signal<StreamEvent>();
  const source = computed(() => lanes.value.find((one) => one.key === key.value) ?? lanes.value[0]);

  const clear = () => {
    attempt.value = undefined;
    event.value = undefined;
  };
  const selectSource = (chosen: string) =>
    batch(() => {
      if (chosen !== source.value?.key) clear();
      key.value = chosen;
    });

  return {
    source,
    attempt,
    event,
    selectSource,
    selectAttempt: (chosen, number) =>
      batch(() => {
        selectSource(chosen);
        event.value = undefined;
        attempt.value = number;
      }),
    selectEvent: (chosen) =>
      batch(() => {
        // What was only the first of all until now is meant from now on.
        key.value = source.value?.key;
        event.value = chosen;
        attempt.value = chosen?.attempt;
      }),
    clear: () => batch(clear),
  };
}
