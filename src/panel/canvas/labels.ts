import type { Rail } from '../../model/lane-faults.ts';
import type { Lane, Mark, Span } from '../../model/timeline.ts';
import type { Resumption } from '../../model/verdict.ts';
import type { GlyphName } from './glyphs.ts';
import { countOf, type Label, type LabelRequest, layoutLabels } from './label-layout.ts';
import { GLYPH, type Pixels, position, railEdges, type Scene, strata } from './scene.ts';
import type { Colour } from './theme.ts';
import { isTooNarrow, waitText } from './wait.ts';

/** What is shown of an id, in characters. */
export const ID_LENGTH = 20;
/** Where states are told apart at all, a wait of less than this is not worth a word. */
const LEAST_WAIT: Pixels = 3;

/** From a moment to a glyph that may not stand over it. */
const BESIDE: Pixels = 4;

interface Known {
  scene: Scene;
  labels: readonly Label[];
}

/** The labels of the lanes that were asked for, as the pointer asks again and again. */
const known = new WeakMap<Lane, Known>();

/** The labels of a lane's strip, in their places. */
export function labels(scene: Scene, lane: Lane): readonly Label[] {
  const before = known.get(lane);
  if (before && isAlike(before.scene, scene)) return before.labels;
  const made = layOut(scene, lane);
  known.set(lane, { scene, labels: made });
  return made;
}

/** Have two scenes the same labels, as far as it is not for their lanes? */
function isAlike(one: Scene, other: Scene): boolean {
  return (
    one === other ||
    (one.range.from === other.range.from &&
      one.range.to === other.range.to &&
      one.width === other.width &&
      one.laneHeight === other.laneHeight &&
      one.now === other.now &&
      one.level === other.level &&
      one.measure === other.measure)
  );
}

function layOut(scene: Scene, lane: Lane): Label[] {
  const { measure, text, width, level } = scene;
  const { isLow } = strata(scene);
  const errors = new Map<number, Pixels>();
  for (const mark of lane.marks) {
    if (mark.type === 'error') errors.set(mark.attempt, position(scene, mark.time));
  }
  const requests: LabelRequest[] = [];
  for (const mark of lane.marks) {
    const x = position(scene, mark.time);
    if (x < -GLYPH || x > width || !isWorthALabel(mark, x, errors.get(mark.attempt), scene)) continue;
    // On the bar, a glyph stands behind the cap, which else it would hide.
    const label = request(mark, x, isLow ? () => '' : () => text.mark(mark));
    requests.push(isLow ? { ...label, x: x + BESIDE } : label);
  }
  if (!isLow && (level === 'types' || level === 'single')) requests.push(...waits(scene, lane.spans));
  for (const rail of railLabels(scene, lane.faults ?? [], isLow)) name(requests, rail);
  requests.sort((a, b) => a.time - b.time);
  const found = layoutLabels(requests, {
    start: 2,
    end: width - 2,
    measure,
    count: isLow ? () => '' : text.count,
  });
  // Of a whole session, what went well again is seen as runs only.
  return level === 'merged' ? found.filter((label) => label.priority < MINOR || countOf(label) > 1) : found;
}

/** After that a stream gave up, and before what we did to it. */
const VERDICT = 0.5;

const VERDICTS: Record<Resumption['type'], { glyph: GlyphName; ink: Colour }> = {
  exact: { glyph: 'ok', ink: 'openInk' },
  lost: { glyph: 'lost', ink: 'failInk' },
  'lost and repeated': { glyph: 'lost', ink: 'failInk' },
  repeated: { glyph: 'repeated', ink: 'waitInk' },
  restarted: { glyph: 'restarted', ink: 'waitInk' },
  ignored: { glyph: 'noflag', ink: 'waitInk' },
  unknown: { glyph: 'unknown', ink: 'noneInk' },
};

const isLoss = ({ type }: Resumption): boolean => type === 'lost' || type === 'lost and repeated';

/** What is from here on is told only as a number, where a whole session is in sight. */
const MINOR = 3;

/**
 * Every bar begins with a first connect: only one that carries an id is news. And an attempt that fails at once (all
 * that a page sees of a native reconnect that is refused) is one thing that happened, not two.
 */
function isWorthALabel(mark: Mark, x: Pixels, error: Pixels | undefined, { level }: Scene): boolean {
  // Of a whole session, only what went wrong is news.
  if (mark.type === 'verdict') return level !== 'merged' || isLoss(mark.resumption);
  if (mark.type !== 'connect') return mark.type !== 'end' || level !== 'merged';
  if (level === 'merged' || mark.crowd) return false;
  if (mark.attempt === 1 && mark.lastEventId === '') return false;
  return error === undefined || error - x > GLYPH;
}

function request(mark: Mark, x: Pixels, words: () => string): LabelRequest {
  const marks = [mark];
  const lazily = (label: Omit<LabelRequest, 'text' | 'marks' | 'time'>, cut = words): LabelRequest => ({
    ...label,
    time: mark.time,
    marks,
    get text() {
      return mark.crowd ? '' : cut();
    },
  });
  switch (mark.type) {
    case 'connect': {
      const cut = () => cutMiddle(words(), ID_LENGTH);
      return lazily(
        { x, goes: mark.lastEventId !== '', glyphs: ['flag'], strong: false, ink: 'connectInk', priority: 2 },
        cut,
      );
    }
    case 'queued':
      return lazily({ x: x + 2, glyphs: ['pause'], strong: true, ink: 'waitInk', priority: 1 });
    case 'verdict': {
      const { glyph, ink } = VERDICTS[mark.resumption.type];
      const strong = mark.resumption.type !== 'unknown';
      return lazily({ x, glyphs: [glyph], strong, ink, priority: VERDICT });
    }
    case 'end':
      return lazily({ x: x + 4, glyphs: ['end'], strong: false, ink: 'noneInk', priority: 4 });
    case 'error':
      if (mark.gaveUp) {
        const glyphs = mark.forced ? (['bolt', 'error'] as const) : (['error'] as const);
        return lazily({ x: x - 4, glyphs, strong: true, ink: 'failInk', priority: 0 });
      }
      if (mark.forced) return lazily({ x: x + 3, glyphs: ['bolt'], strong: false, ink: 'forcedInk', priority: 1 });
      return lazily({ x: x - GLYPH / 2, glyphs: ['error'], strong: false, ink: 'failInk', priority: 3 });
  }
}

/** The bolt and the names of faults, where their rail begins, or where it comes into sight. */
function railLabels(scene: Scene, rails: readonly Rail[], isLow: boolean): LabelRequest[] {
  return rails.flatMap((rail): LabelRequest[] => {
    const { left, right } = railEdges(scene, rail);
    if (right < 0 || left > scene.width) return [];
    const x = Math.max(0, left) + (isLow ? BESIDE : 0);
    const time = Math.max(rail.began, scene.range.from);
    const text = isLow ? '' : scene.text.faults(rail);
    return [{ time, x, glyphs: ['bolt'], text, strong: false, ink: 'forcedInk', priority: 1, marks: [], rail }];
  });
}

/** A fault may begin with a reset of ours, at one moment: one bolt is enough for both. */
function name(requests: LabelRequest[], rail: LabelRequest): void {
  const beside = requests.findIndex(({ x, glyphs }) => glyphs[0] === 'bolt' && Math.abs(x - rail.x) <= GLYPH);
  const reset = requests[beside];
  if (!reset) requests.push(rail);
  else requests[beside] = { ...reset, text: [reset.text, rail.text].filter(Boolean).join(' · ') };
}

/** How long each gap is, where it does not stand in the gap itself. */
function waits(scene: Scene, spans: readonly Span[]): LabelRequest[] {
  return spans.flatMap((span): LabelRequest[] => {
    const { state, states, began, ended, lasting } = span;
    if (state !== 'waiting' || states !== undefined || lasting || ended === undefined) return [];
    const x = position(scene, began);
    const end = position(scene, ended);
    if (x < 0 || x > scene.width || end - x < LEAST_WAIT || !isTooNarrow(scene, span)) return [];
    const text = waitText(scene, span);
    return [
      {
        time: began,
        x: x + GLYPH / 2,
        goes: true,
        glyphs: [],
        text,
        strong: false,
        ink: 'waitInk',
        priority: 5,
        marks: [],
      },
    ];
  });
}

/** `text`, or its two ends with … between them, `length` characters in all. Never cuts through a character. */
export function cutMiddle(text: string, length: number): string {
  // Ids may be as long as the server likes: look at no more of one than can be shown.
  if (text.length <= length) return text;
  const head = Array.from(text.slice(0, length * 2));
  const tail = Array.from(text.slice(-length * 2));
  if (text.length <= length * 2 && head.length <= length) return text;
  const kept = length - 1;
  return `${head.slice(0, Math.ceil(kept / 2)).join('')}…${tail.slice(-Math.floor(kept / 2)).join('')}`;
}
