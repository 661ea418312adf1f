import { type MarkPlace, markAt } from '../model/lane-marks.ts';
import { markBeside } from '../model/mark-list.ts';
import { laneBeside } from './choice-keys.ts';
import { glideTo } from './glide.ts';
import { resettable } from './reach.ts';
import type { Store } from './store.ts';

const ZOOM = 1.5;
const NUDGE = 0.1;

/** What keys do on the timeline. Returns whether the key was one of them. */
export function pressTimelineKey(store: Store, { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const { navigation, selection, session } = store;
  if (ctrlKey || metaKey || altKey) return false;
  const distance = shiftKey ? 1 : NUDGE;
  const actions: Record<string, () => void> = {
    ArrowLeft: () => navigation.pan(-distance),
    ArrowRight: () => navigation.pan(distance),
    ArrowUp: () => selectLane(store, -1),
    ArrowDown: () => selectLane(store, 1),
    '+': () => navigation.zoom(1 / ZOOM),
    '=': () => navigation.zoom(1 / ZOOM),
    '-': () => navigation.zoom(ZOOM),
    _: () => navigation.zoom(ZOOM),
    '0': () => navigation.fit(),
    Home: () => navigation.goToStart(),
    End: () => navigation.follow(),
    ',': () => selectMarkBeside(store, -1),
    '.': () => selectMarkBeside(store, 1),
    Enter: () => showInTable(store),
    f: () => navigation.follow(),
    r: () => {
      const source = selection.source.value;
      if (source && shiftKey) openResetMenu(selection.keys.value.size > 1 ? 'chosen-bar' : `source-${source.key}`);
      else session.reset(resettable(selection.chosen.value));
    },
  };
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  action?.();
  return action !== undefined;
}

/** As a click on its button does; the focus comes back to where it is now. */
function openResetMenu(place: string): void {
  document.getElementById(place)?.querySelector<HTMLElement>('[data-testid^=reset][data-testid$=menu]')?.click();
}

/** Selects the lane that is `step` below that of the keyboard. */
export function selectLane(store: Store, step: number): void {
  const next = laneBeside(store, step);
  if (next !== undefined) store.selection.selectSource(next);
}

/** Selects the next mark of the selected lane, or the one before; without one, the first in sight, or the last. */
function selectMarkBeside({ selection, navigation }: Store, step: 1 | -1): void {
  const source = selection.source.value;
  if (!source) return;
  const { from, to } = navigation.range.value;
  const edge: MarkPlace =
    step > 0
      ? { time: from, attempt: 0, kind: 'connect' }
      : { time: to, attempt: Number.POSITIVE_INFINITY, kind: 'end' };
  const next = markBeside(source, selection.mark.value ?? edge, step);
  // Of what is forgotten there is nothing to show.
  if (!next || !markAt(source, next)) return;
  selection.selectMark(source.key, next);
  glideTo(navigation, next.time);
}

/** The keys go on in the table that has what is selected. */
export function showInTable({ selection, tab }: Store): void {
  const name = selection.event.value ? 'events' : 'attempts';
  tab.value = name;
  // The table may only come into being now.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`.grid-${name}`)?.focus());
}
