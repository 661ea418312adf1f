import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Range } from '../model/timeline.ts';
import { INITIAL_VIEW, onWholePixels, panned, type View, visible, zoomed } from '../model/viewport.ts';
import type { Milliseconds } from '../protocol/record.ts';

/** Which part of the session the timeline shows, and every way to change that. */
export interface Navigation {
  readonly mode: ReadonlySignal<View['mode']>;
  readonly range: ReadonlySignal<Range>;
  /** From the first thing that is known to the newest fact; undefined while nothing is. */
  readonly session: ReadonlySignal<Range | undefined>;
  /** What is visible, where the user chose it for the tables too; undefined: they show everything. */
  readonly chosen: ReadonlySignal<Range | undefined>;
  /** Shows this range, and nothing else in the tables. Zoom and pan take them along; follow and fit let go. */
  choose(range: Range): void;
  /** The tables show everything again; what is visible stays. */
  unchoose(): void;
  /** Lets go of what was chosen, and shows what moved on by itself before: the present, or everything. */
  release(): void;
  /** How wide the picture is; whoever shows it says so. */
  resize(width: number): void;
  readonly width: ReadonlySignal<number>;
  /** By `factor` (2: twice as much time is visible) at a moment; without one, at the present or in the middle. */
  zoom(factor: number, at?: Milliseconds): void;
  /** By a part of what is visible: 1 is a screen to the right. */
  pan(part: number): void;
  fit(): void;
  follow(): void;
  /** To the beginning of the session. */
  goToStart(): void;
}

export function createNavigation(
  session: ReadonlySignal<Range | undefined>,
  now: ReadonlySignal<Milliseconds>,
): Navigation {
  const view = signal<View>(INITIAL_VIEW);
  /** The last one that moved on by itself. */
  let moving: View = INITIAL_VIEW;
  const width = signal(1000);
  const range = computed<Range>((): Range => {
    const seen = visible(view.value, session.value, now.value);
    return view.value.mode === 'fixed' ? seen : onWholePixels(seen, width.value);
  });
  const fix = (range: Range, chosen = isChosen()) => {
    if (view.value.mode !== 'fixed') moving = view.value;
    view.value = { mode: 'fixed', range, chosen };
  };
  const isChosen = () => view.value.mode === 'fixed' && view.value.chosen;
  const spanOf = ({ from, to }: Range) => to - from;
  const whole = (): Range => ({ from: session.value?.from ?? now.value, to: now.value });
  const release = () => {
    view.value = moving;
  };
  // A range of which everything is forgotten would hide all that is new.
  effect(() => {
    if (isChosen() && session.value && session.value.from > range.value.to) release();
  });

  return {
    mode: computed(() => view.value.mode),
    range,
    chosen: computed(() => (isChosen() ? range.value : undefined)),
    session,
    choose: (chosen) => fix(chosen, true),
    unchoose: () => {
      if (isChosen()) fix(range.value, false);
    },
    release,
    width,
    resize: (pixels) => {
      width.value = Math.max(1, pixels);
    },
    zoom(factor, at) {
      const seen = range.value;
      const follows = view.value.mode !== 'fixed';
      const middle = follows ? now.value : (seen.from + seen.to) / 2;
      const next = zoomed(seen, at ?? middle, factor);
      // Whoever zooms in on the past stops following: the past would slide away.
      const keeps = follows && next.to >= now.value;
      if (keeps) view.value = { mode: 'follow', span: spanOf(next) };
      else fix(next);
    },
    pan(part) {
      const seen = range.value;
      fix(panned(seen, part * spanOf(seen), whole()));
    },
    fit: () => {
      view.value = { mode: 'fit' };
    },
    follow: () => {
      view.value = { mode: 'follow', span: spanOf(view.value.mode === 'fit' ? { from: 0, to: 60_000 } : range.value) };
    },
    goToStart() {
      const span = spanOf(range.value);
      const from = whole().from - span * 0.02;
      fix({ from, to: from + span });
    },
  };
}
