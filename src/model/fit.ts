import type { RequestId } from '../protocol/ask.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { headerOf, type NetworkRequest } from './network-request.ts';

/**
 * An attempt as its page saw it, or one that the page cannot see yet: the reconnect of a source that waits. What is
 * undefined, the page does not know.
 */
export interface Slot {
  /** No earlier than this the request can have begun. */
  after: Milliseconds;
  /** By then the page had an answer, or the attempt was over: no later than this the request began. */
  before?: Milliseconds;
  /** No page saw it: it is only to be expected. */
  unseen?: true;
  /** When the page saw it begin. */
  started?: Milliseconds;
  announced?: Milliseconds;
  /** When it was over, whoever ended it. */
  ended?: Milliseconds;
  /** `ended`, where the page was told so: not where it, or we, gave it up. */
  failed?: Milliseconds;
  /** Undefined for an attempt of which the page's word is lost. */
  lastEventId?: string;
  /** A managed connection made it, under this id. */
  marker?: RequestId;
  /** The fragment of the URL that its page asked for: it may look like a marker, and is none. */
  fragment?: string;
}

/** Pages and network are timed by different clocks; they are this far apart at most, or a request was not that one. */
export const SKEW: Milliseconds = 50;

/** What counts more than all differences in time: that there was no such attempt. */
const UNSEEN: Milliseconds = 1e6;
/** What counts more than that: a difference that is no contradiction, and seldom. */
const UNLIKELY: Milliseconds = 1e9;

/** Was the attempt over before the request began? */
export const isOver = ({ before }: Slot, { started }: NetworkRequest): boolean =>
  before !== undefined && before < started - SKEW;

/**
 * Does nothing contradict that this attempt made this request, which is not named as another's? All that happened until
 * `told` is known.
 */
export function fits(slot: Slot, request: NetworkRequest, told: Milliseconds): boolean {
  const { after, announced, failed } = slot;
  const { started, response, ended, marker } = request;
  // A managed connection made it, and not this one; unless nobody knows what this one was.
  if (marker !== undefined && marker !== slot.fragment && slot.lastEventId !== undefined) return false;
  if (started < after - SKEW || isOver(slot, request)) return false;
  if (announced !== undefined) {
    if (response && (response.time > announced + SKEW || response.status !== 200)) return false;
    // (What ended as it should was answered: the background that was to tell it was stopped in that moment.)
    if (!response && (ended ? ended.error !== undefined : announced + SKEW < told)) return false;
  }
  // Whatever the page, the browser or a reset gave up, the network ends when it comes to it.
  if (failed === undefined || ended === undefined || /ABORT/.test(ended.error ?? '')) return true;
  if (request.reset !== undefined) return true;
  return ended.time <= failed + SKEW;
}

/** How much speaks against it although it fits: by how much their times differ, and much more for what is unlikely. */
export function doubt(slot: Slot, request: NetworkRequest, told: Milliseconds): Milliseconds {
  const { started, response, ended } = request;
  let sum = slot.started === undefined ? 0 : Math.abs(slot.started - started);
  // An answer that was refused is not announced.
  if (slot.announced !== undefined || slot.ended === undefined) sum += apart(slot.announced, response?.time, told);
  sum += apart(slot.ended, ended?.time, told);
  if (slot.unseen) sum += UNSEEN;
  if (!hasId(slot, request)) sum += UNLIKELY;
  // Not every request of a managed connection can be marked; those that are not are seldom.
  if (slot.marker !== undefined) sum += UNLIKELY;
  return sum;
}

/** How long page and network disagree about something: what one of them has not told is later than all that was. */
function apart(page: Milliseconds | undefined, network: Milliseconds | undefined, told: Milliseconds): Milliseconds {
  if (page !== undefined && network !== undefined) return Math.abs(page - network);
  return Math.max(0, told - (page ?? network ?? told));
}

/**
 * Did the request carry the id that the page expects? A page need not be right: an `id:` without data changes what the
 * browser sends, and fires nothing. So this decides only between attempts that both fit.
 */
function hasId({ lastEventId }: Slot, { requestHeaders }: NetworkRequest): boolean {
  if (lastEventId === undefined) return true;
  // [chrome, firefox] Blanks around it are kept in the property and trimmed in the header.
  return (headerOf(requestHeaders, 'last-event-id') ?? '') === lastEventId.trim();
}
