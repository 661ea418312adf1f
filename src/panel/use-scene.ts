import { useMemo } from 'preact/hooks';
import { startOf } from '../model/attempt.ts';
import { detailOf } from '../model/level-of-detail.ts';
import { sessionMarks } from '../model/session-mark.ts';
import type { Source } from '../model/source.ts';
import { attemptOf } from '../model/source-state.ts';
import { grid, timeline } from '../model/timeline.ts';
import type { Pixels, Scene } from './canvas/scene.ts';
import { pens } from './paint.ts';
import { SCENE_TEXT } from './scene-text.ts';
import { useStore } from './store.ts';

/** What the timeline shows of `sources` now; the same object until something of it changes. */
export function useScene(sources: readonly Source[], laneHeight: Pixels): Scene {
  const { session, navigation, selection, now, origin, revision, appearance } = useStore();
  const pen = useMemo(pens, [appearance.value]);
  const range = navigation.range.value;
  const width = navigation.width.value;
  const detail = detailOf(range.to - range.from, width);
  const { range: covered, columns } = grid(range, detail.least);
  const lanes = useMemo(
    () => timeline(sources, covered, columns, { ...detail, revision: revision.value }),
    [sources, revision.value, covered.from, covered.to, columns],
  );
  const source = selection.source.value;
  const { value: chosen } = selection.attempt;
  const { value: keys } = selection.keys;
  const { value: event } = selection.event;
  return useMemo(() => {
    const scene: Scene = {
      width,
      laneHeight,
      level: detail.level,
      lanes,
      range,
      columns: covered,
      now: now.value,
      origin: origin.value,
      marks: sessionMarks(session.log.marks, range, now.value),
      text: SCENE_TEXT,
      ...pen,
    };
    if (source) scene.selected = source.key;
    if (keys.size > 1) scene.chosen = keys;
    const attempt = source && chosen !== undefined ? attemptOf(source, chosen) : undefined;
    if (attempt) scene.attempt = { from: startOf(attempt) ?? attempt.time, to: attempt.ended?.time ?? now.value };
    if (event) scene.event = event.time;
    return scene;
  }, [lanes, range, width, laneHeight, now.value, origin.value, pen, session.log.marks, source, keys, chosen, event]);
}
