import type { Rail } from '../../model/lane-faults.ts';
import type { Mark } from '../../model/timeline.ts';
import type { Milliseconds } from '../../protocol/record.ts';
import type { GlyphName } from './glyphs.ts';
import { GLYPH, type Measure, type Pixels } from './scene.ts';
import type { Colour } from './theme.ts';

/** What is to be said in a lane's strip, and where. */
export interface LabelRequest {
  time: Milliseconds;
  /** Where its glyph belongs. */
  x: Pixels;
  /** Its text is all that it has to say: without it, it goes. */
  goes?: boolean;
  /** None for a text that stands for itself. */
  glyphs: readonly GlyphName[];
  /** '' for bare glyphs. Asked for only where the label does not go into a crowd. */
  text: string;
  strong: boolean;
  ink: Colour;
  /** 0 is the most important. */
  priority: number;
  marks: readonly Mark[];
  /** What it names, where that is no mark. */
  rail?: Rail;
}

/** A request that found its place. `marks` are several where it stands for a crowd. */
export interface Label extends LabelRequest {
  left: Pixels;
  width: Pixels;
  /** One before it says the same. */
  repeats?: true;
}

interface Rules {
  /** Nothing stands left of this. */
  start: Pixels;
  /** Nothing stands right of this if there is room before it. */
  end: Pixels;
  measure: Measure;
  /** The text of a label that stands for so many marks. */
  count(marks: number): string;
}

/** How far a label may be pushed to the right by those before it. */
const PUSH: Pixels = 48;
const AFTER_TEXT: Pixels = 7;
const AFTER_GLYPH: Pixels = 3;
/** So many alike, each so near the one before it that their glyphs would touch, are a crowd at once. */
const CROWD = 4;
const NEAR = GLYPH + AFTER_GLYPH;

/**
 * Gives labels their places in a strip, from left to right, so that none overlap. A label is pushed {@link PUSH} at
 * most; where there is no room, labels that repeat what was just said lose their text, then the least important ones
 * do, then those alike merge into a count, then they go.
 *
 * @param requests in order of time
 */
export function layoutLabels(requests: readonly LabelRequest[], rules: Rules): Label[] {
  const said = new Set<string>();
  const labels = crowds(requests, rules).map((request): Label => {
    const label = place(request, request.x, rules);
    const words = `${kind(label)} ${label.text}`;
    if (said.has(words)) label.repeats = true;
    said.add(words);
    return label;
  });
  for (let from = 0; ; ) {
    const blocked = flow(labels, from, rules.start);
    if (blocked === undefined) return pull(labels, rules);
    relieve(labels, blocked.first, blocked.last, rules);
    from = blocked.first;
  }
}

/** Merges at once what is too dense to be worth a try: keeps a storm of thousands of marks cheap. */
function crowds(requests: readonly LabelRequest[], rules: Rules): LabelRequest[] {
  const runs: LabelRequest[][] = [];
  const open = new Map<string, LabelRequest[]>();
  for (const request of requests) {
    const run = open.get(kind(request));
    const last = run?.at(-1);
    if (run && last && request.x - last.x < NEAR) {
      run.push(request);
      continue;
    }
    const begun = [request];
    open.set(kind(request), begun);
    runs.push(begun);
  }
  return runs
    .flatMap((run) => {
      const [first] = run;
      const isCrowd = first && run.length > 1 && countOf({ marks: run.flatMap(({ marks }) => marks) }) >= CROWD;
      if (!isCrowd) return run.map((request) => crowded(request, rules));
      // A number beside a flag would be taken for an id.
      return first.goes ? [first] : [crowd(first, run, rules)];
    })
    .sort((a, b) => a.time - b.time);
}

function crowd(first: LabelRequest, members: readonly LabelRequest[], rules: Rules): LabelRequest {
  const marks = members.flatMap((member) => member.marks);
  return crowded({ ...first, marks }, rules);
}

/** A label that stands for several marks says how many. */
function crowded(request: LabelRequest, { count }: Rules): LabelRequest {
  const number = countOf(request);
  if (number <= 1) return request;
  return { ...request, text: count(number) };
}

/** How many marks a label stands for. */
export function countOf({ marks }: Pick<LabelRequest, 'marks'>): number {
  return marks.reduce((sum, { crowd: here }) => sum + (here?.count ?? 1), 0);
}

/**
 * Lets labels flow, from the index `from`, which nothing pushes. Returns the first one that is pushed too far, and the
 * first of those that push it.
 */
function flow(labels: Label[], from: number, start: Pixels): { first: number; last: number } | undefined {
  let first = from;
  let free = start;
  for (let index = from; index < labels.length; index++) {
    const label = labels[index];
    if (label === undefined) break;
    if (label.x >= free) first = index;
    label.left = Math.max(label.x, free);
    // The start of the strip pushes too, but there nobody can make room.
    if (label.left - Math.max(label.x, start) > PUSH) return { first, last: index };
    free = label.left + label.width + (label.text === '' ? AFTER_GLYPH : AFTER_TEXT);
  }
  return undefined;
}

/** What is newest is at the right edge, where its text would be cut: if there is room, it moves to the left. */
function pull(labels: Label[], { start, end }: Rules): Label[] {
  const [before, last] = [labels.at(-2), labels.at(-1)];
  if (last && last.left + last.width > end) {
    const free = before ? before.left + before.width + AFTER_TEXT : start;
    last.left = Math.min(last.left, Math.max(free, end - last.width));
  }
  return labels;
}

/** Takes one step to make room among `labels[first..last]`. */
function relieve(labels: Label[], first: number, last: number, rules: Rules): void {
  if (hush(labels, first, last, rules)) return;
  if (labels[last]?.glyphs.length === 0) {
    labels.splice(last, 1);
    return;
  }
  // Its own text pushes nobody who stands before it.
  const spare = leastImportant(labels, first, last - 1, (label) => label.text !== '' && countOf(label) <= 1);
  const wordy = labels[spare];
  if (wordy) {
    if (wordy.goes) labels.splice(spare, 1);
    else labels[spare] = place({ ...wordy, text: '' }, wordy.left, rules);
    return;
  }
  const twin = (label: Label, index: number) => earlierTwin(labels, first, index, label) >= first;
  const late = leastImportant(labels, first, last, twin);
  const later = labels[late];
  if (later === undefined) {
    labels.splice(
      Math.max(
        first,
        leastImportant(labels, first, last, () => true),
      ),
      1,
    );
    return;
  }
  const early = earlierTwin(labels, first, late, later);
  const earlier = labels[early];
  if (earlier && !later.goes) labels[early] = place(crowd(earlier, [earlier, later], rules), earlier.left, rules);
  labels.splice(late, 1);
}

/** Takes the text from labels that say the same as one before them. Returns whether there were any. */
function hush(labels: Label[], first: number, last: number, rules: Rules): boolean {
  let any = false;
  for (let index = first; index <= last; index++) {
    const label = labels[index];
    if (!label?.repeats || label.text === '' || label.goes || countOf(label) > 1) continue;
    labels[index] = place({ ...label, text: '' }, label.left, rules);
    any = true;
  }
  return any;
}

/** Index of the least important label that `fits`, the last of several; -1 if none does. */
function leastImportant(
  labels: readonly Label[],
  first: number,
  last: number,
  fits: (label: Label, index: number) => boolean,
): number {
  let found = -1;
  for (let index = first; index <= last; index++) {
    const label = labels[index];
    if (label && fits(label, index) && label.priority >= (labels[found]?.priority ?? -1)) found = index;
  }
  return found;
}

function earlierTwin(labels: readonly Label[], first: number, index: number, label: Label): number {
  for (let at = index - 1; at >= first; at--) {
    const other = labels[at];
    if (other && kind(other) === kind(label)) return at;
  }
  return -1;
}

/** Labels of one kind can be merged. */
function kind({ glyphs, strong }: LabelRequest): string {
  return `${glyphs.join()} ${strong}`;
}

function place(request: LabelRequest, left: Pixels, { measure }: Rules): Label {
  const glyphs = request.glyphs.length * (GLYPH + AFTER_GLYPH) - AFTER_GLYPH;
  const text = request.text === '' ? 0 : AFTER_GLYPH + measure(request.text, request.strong);
  return { ...request, left, width: glyphs + text };
}
