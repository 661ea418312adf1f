import type { SceneText } from './canvas/scene.ts';
import { faultNames } from './fault-wording.ts';
import { clock, duration, number, tick } from './format.ts';
import { text } from './text.ts';
import { markLabel, sessionMarkLabel } from './wording.ts';

/** The words and numbers on the canvas. */
export const SCENE_TEXT: SceneText = {
  mark: markLabel,
  faults: ({ faults }) => faultNames(faults),
  count: number,
  session: sessionMarkLabel,
  wait: duration,
  tick,
  moment: (time) => clock(time, 1),
  get now() {
    return text('now');
  },
};
