import type { Milliseconds } from '../protocol/record.ts';
import { doubt, fits, isOver, SKEW, type Slot } from './fit.ts';
import { finalUrl, type NetworkRequest } from './network-request.ts';

/** The attempts of one source, in their order. */
export interface Course {
  /** That it was made with, without fragment. It may also ask for where its last request was redirected. */
  url: string;
  /** The request of the last attempt before these that had one, where it is settled: theirs began later. */
  previous?: NetworkRequest | undefined;
  slots: readonly Slot[];
}

/** Which request each slot made: by course, then by slot. */
export type Matching = (NetworkRequest | undefined)[][];

/** Stories that are told on. More are only needed where that many sources ask for one URL at one moment. */
const MOST = 16;

/** One story of what happened, up to some request. */
interface Story {
  /** By course: the first slot that may make the next request. */
  cursors: number[];
  /** By course: where its last request was redirected. */
  targets: (string | undefined)[];
  /** Requests that are nobody's. */
  strangers: number;
  doubt: Milliseconds;
  last?: Step;
}

interface Step {
  course: number;
  slot: number;
  request: NetworkRequest;
  before: Step | undefined;
}

/**
 * Joins what the page saw with what the network saw: which request was made by which attempt of the sources of one
 * document. Where the page names its request, that is the one. Otherwise an attempt and a request can belong together if
 * nothing that is known of them says that they do not (URL, order in time, answer). Where there is a choice, both stories
 * are told on, and that one counts which leaves the fewest requests to nobody, and then the least doubt (Last-Event-ID,
 * differences in time). Depends on what happened, not on when we heard of it; `told`: all until then was heard.
 */
export function correlate(
  courses: readonly Course[],
  requests: readonly NetworkRequest[],
  told: Milliseconds = 0,
): Matching {
  const matching: Matching = courses.map(({ slots }) => slots.map(() => undefined));
  const unnamed = takeNamed(courses, requests, matching);
  let stories: Story[] = [
    {
      cursors: courses.map(() => 0),
      targets: courses.map(({ previous }) => previous && finalUrl(previous)),
      strangers: 0,
      doubt: 0,
    },
  ];
  for (const request of unnamed) {
    const next = stories.flatMap((story) => continuations(story, courses, matching, request, told));
    stories = next.length > 1 ? best(next) : next;
  }
  for (let step = stories[0]?.last; step; step = step.before) {
    const row = matching[step.course];
    if (row) row[step.slot] = step.request;
  }
  return matching;
}

/** Gives requests that are named to those who name them. Returns the others, in the order in which they began. */
function takeNamed(courses: readonly Course[], requests: readonly NetworkRequest[], matching: Matching) {
  const names = new Map<string, { row: Matching[number]; slot: number }>();
  for (const [course, { slots }] of courses.entries()) {
    const row = matching[course] ?? [];
    for (const [slot, { marker }] of slots.entries()) if (marker !== undefined) names.set(marker, { row, slot });
  }
  return [...requests].sort(byStart).filter((request) => {
    const named = names.get(request.marker ?? '');
    if (!named || named.row[named.slot]) return true;
    named.row[named.slot] = request;
    return false;
  });
}

function byStart(a: NetworkRequest, b: NetworkRequest): number {
  // Keys are numbers that count, as text.
  return a.started - b.started || a.key.length - b.key.length || (a.key < b.key ? -1 : 1);
}

/** All that a story may go on with when `request` begins; at least one. */
function continuations(
  story: Story,
  courses: readonly Course[],
  taken: Matching,
  request: NetworkRequest,
  told: Milliseconds,
): Story[] {
  const cursors = [...story.cursors];
  const choices: { course: number; slot: number; doubt: Milliseconds }[] = [];
  for (const [course, { url, previous, slots }] of courses.entries()) {
    if (previous && byStart(request, previous) < 0) continue;
    // [chrome] A native source reconnects to where it was redirected; others, to the URL that it was made with.
    if (request.url !== url && request.url !== story.targets[course]) continue;
    let at = cursors[course] ?? 0;
    for (let slot = slots[at]; slot && isOver(slot, request); slot = slots[at]) at++;
    cursors[course] = at;
    for (let slot = slots[at]; slot && slot.after <= request.started + SKEW; slot = slots[++at]) {
      if (taken[course]?.[at] || !fits(slot, request, told)) continue;
      choices.push({ course, slot: at, doubt: doubt(slot, request, told) });
      break;
    }
  }
  choices.sort((a, b) => a.doubt - b.doubt);
  const next: Story[] = choices.map(({ course, slot, doubt }) => ({
    cursors: cursors.with(course, slot + 1),
    targets: story.targets.with(course, finalUrl(request)),
    strangers: story.strangers,
    doubt: story.doubt + doubt,
    last: { course, slot, request, before: story.last },
  }));
  // That it is nobody's is only worth a thought if there is more than the clocks' difference against it.
  if ((choices[0]?.doubt ?? Number.POSITIVE_INFINITY) > 2 * SKEW) {
    next.push({ ...story, cursors, strangers: story.strangers + 1 });
  }
  return next;
}

/** The best of those that can end differently: what happens next does not depend on how they came to be. */
function best(stories: readonly Story[]): Story[] {
  const byFuture = new Map<string, Story>();
  for (const story of stories) {
    const future = `${story.cursors} ${story.targets}`;
    const other = byFuture.get(future);
    if (!other || isBetter(story, other) < 0) byFuture.set(future, story);
  }
  return [...byFuture.values()].sort(isBetter).slice(0, MOST);
}

const isBetter = (a: Story, b: Story): number => a.strangers - b.strangers || a.doubt - b.doubt;
