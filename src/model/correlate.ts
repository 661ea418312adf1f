import type { RequestId } from '../protocol/ask.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { finalUrl, headerOf, type NetworkRequest } from './network-request.ts';

/**
 * An attempt as its page saw it, or one that the page cannot see yet: the reconnect of a source that waits. What is
 * undefined, the page does not know.
 */
export interface Slot {
  /** No earlier than this the request can have begun. */
  after: Milliseconds;
  /** By then the page had an answer, or the attempt was over: no later than this the request began. */
  before?: Milliseconds;
  announced?: Milliseconds;
  /** When the page was told that it ended. */
  failed?: Milliseconds;
  lastEventId?: string;
  /** A managed connection made it, under this id. */
  marker?: RequestId;
}

/** The attempts of one source, in their order. */
export interface Course {
  /** What it may ask for, without fragment: the URL it was made with, and where its last request was redirected. */
  urls: readonly string[];
  slots: readonly Slot[];
}

/** Which request each slot made: by course, then by slot. */
export type Matching = (NetworkRequest | undefined)[][];

/** Pages and network are timed by different clocks; they are this far apart at most, or a request was not that one. */
const SKEW: Milliseconds = 50;

/**
 * Joins what the page saw with what the network saw: which request was made by which attempt of the sources of one
 * document. Where the page names its request, that is the one. Otherwise an attempt and a request belong together if
 * nothing that is known of them says that they do not (URL, order in time, answer), and requests, in the order in which
 * they began, go to the attempt that expected their Last-Event-ID, else to the one that was over first. A request that
 * fits no attempt is nobody's. Depends on what happened, not on when we heard of it.
 */
export function correlate(courses: readonly Course[], requests: readonly NetworkRequest[]): Matching {
  const matching: Matching = courses.map(({ slots }) => slots.map(() => undefined));
  const cursors = courses.map(() => 0);
  const urls = courses.map((course) => course.urls);
  const take = (course: number, slot: number, request: NetworkRequest) => {
    const row = matching[course];
    if (row) row[slot] = request;
    cursors[course] = slot + 1;
    // [chrome] A native source reconnects to where it was redirected; others, to the URL that it was made with.
    urls[course] = [courses[course]?.urls[0] ?? '', finalUrl(request)];
  };

  for (const request of [...requests].sort(byStart)) {
    if (request.marker !== undefined) {
      const [course, slot] = marked(courses, request.marker);
      if (course !== undefined && slot !== undefined) take(course, slot, request);
      if (course !== undefined) continue;
    }
    let best: Candidate | undefined;
    for (const [course, { slots }] of courses.entries()) {
      const at = nextSlot(slots, cursors[course] ?? 0, request);
      const slot = slots[at];
      if (!slot || !urls[course]?.includes(request.url) || !fits(slot, request)) continue;
      const before = slot.before ?? Number.POSITIVE_INFINITY;
      const candidate = { course, slot: at, sameId: hasId(slot, request), before };
      if (!best || isBetter(candidate, best)) best = candidate;
    }
    if (best) take(best.course, best.slot, request);
  }
  return matching;
}

interface Candidate {
  course: number;
  slot: number;
  sameId: boolean;
  before: Milliseconds;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  return one.sameId === other.sameId ? one.before < other.before : one.sameId;
}

function byStart(a: NetworkRequest, b: NetworkRequest): number {
  // Keys are numbers that count, as text.
  return a.started - b.started || a.key.length - b.key.length || (a.key < b.key ? -1 : 1);
}

function marked(courses: readonly Course[], marker: RequestId): [course?: number, slot?: number] {
  for (const [course, { slots }] of courses.entries()) {
    const slot = slots.findIndex((one) => one.marker === marker);
    if (slot !== -1) return [course, slot];
  }
  return [];
}

/** The first slot from `cursor` on that was not over when the request began: of those before it, none was seen. */
function nextSlot(slots: readonly Slot[], cursor: number, { started }: NetworkRequest): number {
  let at = cursor;
  while (at < slots.length && (slots[at]?.before ?? Number.POSITIVE_INFINITY) < started - SKEW) at++;
  return at;
}

/** Does nothing contradict that this attempt made this request? */
function fits(slot: Slot, request: NetworkRequest): boolean {
  const { after, announced, failed } = slot;
  const { started, response, ended } = request;
  if (started < after - SKEW) return false;
  if (announced !== undefined) {
    if (response && (response.time > announced + SKEW || response.status !== 200)) return false;
    if (!response && ended) return false;
  }
  // Whatever the page or the browser gave up, the network ends when it comes to it.
  if (failed === undefined || ended === undefined || /ABORT/.test(ended.error ?? '')) return true;
  return ended.time <= failed + SKEW;
}

/**
 * Did the request carry the id that the page expects? A page need not be right: an `id:` without data changes what the
 * browser sends, and fires nothing. So this decides only between attempts that both fit.
 */
function hasId({ lastEventId }: Slot, { requestHeaders }: NetworkRequest): boolean {
  if (lastEventId === undefined) return false;
  // [chrome, firefox] Blanks around it are kept in the property and trimmed in the header.
  return (headerOf(requestHeaders, 'last-event-id') ?? '') === lastEventId.trim();
}
