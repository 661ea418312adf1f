import type { Store } from './store.ts';

/** What keys do with the choice of several sources. Returns whether the key was one of them. */
export function pressChoiceKey(store: Store, { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const { selection } = store;
  const isWith = ctrlKey || metaKey;
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (altKey) return false;
  if (step !== undefined && shiftKey !== isWith) {
    const beside = laneBeside(store, step);
    if (beside !== undefined) shiftKey ? selection.extendTo(beside) : selection.moveCursor(beside);
    return true;
  }
  if (shiftKey) return false;
  if (key === ' ') {
    const at = selection.cursor.value;
    if (at !== undefined) selection.toggleSource(at);
    return true;
  }
  if (isWith && key.toLowerCase() === 'a') {
    selection.selectAll();
    return true;
  }
  if (key !== 'Escape' || isWith || selection.keys.value.size < 2) return false;
  selection.selectOne();
  return true;
}

/** Key of the lane that is `step` below that of the keyboard, as far as there are lanes. */
export function laneBeside({ lanes, selection }: Store, step: number): string | undefined {
  const list = lanes.value;
  const index = list.findIndex(({ key }) => key === selection.cursor.value);
  return list[Math.min(list.length - 1, Math.max(0, index + step))]?.key;
}

/** What a click on a lane means by the keys that are held. */
export function clickLane(
  { selection }: Store,
  key: string,
  { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
): void {
  if (shiftKey) selection.extendTo(key);
  else if (ctrlKey || metaKey) selection.toggleSource(key);
  else selection.selectSource(key);
}
