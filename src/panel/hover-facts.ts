import { type Attempt, waitBefore } from '../model/attempt.ts';
import { firstAfter } from '../model/chronology.ts';
import type { Rail } from '../model/lane-faults.ts';
import type { Source } from '../model/source.ts';
import { attemptOf } from '../model/source-state.ts';
import type { Lane, Mark, Span } from '../model/timeline.ts';
import { verdictsOf } from '../model/verdict-list.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { EventHit, Hit } from './canvas/hit-test.ts';
import { faultNames } from './fault-wording.ts';
import { clock, duration, number } from './format.ts';
import { text, textOf } from './text.ts';
import { verdictFacts } from './verdict-wording.ts';
import { atMost, initiator, markTitle, type Wording } from './wording.ts';

/** One line of a card. */
export interface Fact {
  name: string;
  value: string;
  /** Which of the rows of events in the lane it names. */
  row?: number;
}

/** A small card beside the pointer. */
export interface HoverFacts extends Wording {
  time: string;
  /** Four at most. */
  facts: Fact[];
}

const MOST = 4;

/** What there is to say about what is under the pointer; undefined before the source was there. */
export function hoverFacts(source: Source, lane: Lane, hit: Hit, time: Milliseconds, now: Milliseconds) {
  if (hit.mark) return ofMark(source, hit.mark);
  if (hit.events) return ofEvents(source, lane, hit.events);
  if (hit.rail) return ofRail(hit.rail, time, now);
  const span = lane.spans.find(({ from, to }) => time >= from && time <= to);
  return span && ofSpan(source, span, time, now);
}

function ofMark(source: Source, mark: Mark): HoverFacts {
  if (mark.crowd) return ofCrowd(mark, mark.crowd);
  if (mark.type === 'verdict') {
    const verdict = verdictsOf(source).findLast((one) => one.attempt === mark.attempt);
    const facts = verdict ? verdictFacts(verdict) : [];
    return { ...markTitle(mark), time: clock(mark.time, 3), facts: facts.slice(0, MOST) };
  }
  const attempt = attemptOf(source, mark.attempt);
  const facts: Fact[] = [{ name: text('cardAttempt'), value: number(mark.attempt) }];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') facts.push({ name, value });
  };
  if (mark.type === 'connect') {
    add(text('columnInitiator'), attempt && initiator(attempt));
    add(text('columnLastEventId'), mark.lastEventId || text('notSent'));
    add(text('cardDown'), waited(source, attempt));
  } else if (attempt) {
    const { announced, ended } = attempt;
    if (announced !== undefined && ended) add(text('cardWasOpen'), duration(ended.time - announced));
    add(text('columnEvents'), number(attempt.events));
    if (mark.type === 'error') add(text('cardTriedAgain'), waited(source, attemptOf(source, attempt.number + 1)));
  }
  return { ...markTitle(mark), time: clock(mark.time, 3), facts };
}

function ofCrowd(mark: Mark, { count, until }: NonNullable<Mark['crowd']>): HoverFacts {
  const { icon, tone, words } = markTitle(
    mark.type === 'error' ? { ...mark, why: { code: mark.forced ? 'forced' : 'unknown' } } : mark,
  );
  return {
    icon,
    tone,
    words: text('markCrowd', words, number(count)),
    time: clock(mark.time, 3),
    facts: [
      { name: text('cardUntil'), value: clock(until, 3) },
      { name: text('cardFirstAttempt'), value: number(mark.attempt) },
    ],
  };
}

function waited(source: Source, attempt: Attempt | undefined): string | undefined {
  const wait = attempt && waitBefore(attempt, attemptOf(source, attempt.number - 1));
  return wait && atMost(wait.time, wait.exact);
}

function ofEvents({ events }: Source, lane: Lane, { first, count, column }: EventHit): HoverFacts | undefined {
  const event = events[first];
  if (!event) return undefined;
  const { type, lastEventId, size, attempt } = event;
  const look = { icon: 'dot', tone: 'open', time: clock(event.time, 3) } as const;
  if (count === 1) {
    const row = lane.rows?.findIndex(({ density }) => (density[column] ?? 0) > 0) ?? -1;
    const id = { name: text('columnId'), value: lastEventId || text('none') };
    const facts: Fact[] = [id, { name: text('columnSize'), value: number(size) }];
    facts.push({ name: text('cardAttempt'), value: number(attempt) });
    if (row >= 0) facts.unshift({ name: text('columnType'), value: type, row });
    return { ...look, words: type, facts: facts.slice(0, MOST) };
  }
  const last = events[first + count - 1] ?? event;
  const facts: Fact[] = (lane.rows ?? []).flatMap(({ type: name, density }, row) => {
    const here = density[column] ?? 0;
    return here > 0 ? [{ name: name ?? text('cardOtherTypes'), value: number(here), row }] : [];
  });
  if (lastEventId !== '') facts.push({ name: text('columnId'), value: idRange(lastEventId, last.lastEventId) });
  return { ...look, words: textOf('events', count, number(count)), facts: facts.slice(0, MOST) };
}

function ofRail({ faults, began, ended, count, acted }: Rail, time: Milliseconds, now: Milliseconds): HoverFacts {
  const facts: Fact[] = [
    { name: text('cardFrom'), value: clock(began, 3) },
    {
      name: text(ended === undefined ? 'cardSoFar' : 'cardDuration'),
      value: duration((ended ?? Math.max(now, began)) - began),
    },
    { name: text('cardActed'), value: number(acted) },
  ];
  if (count > faults.length) facts.push({ name: text('cardFaults'), value: number(count) });
  return { icon: 'bolt', tone: 'forced', words: faultNames(faults), time: clock(time, 1), facts };
}

const idRange = (first: string, last: string) => (first === last ? first : `${first} – ${last}`);

const SPANS = {
  connecting: { icon: 'ring', tone: 'connecting', words: 'spanConnecting' },
  open: { icon: 'dot', tone: 'open', words: 'spanOpen' },
  waiting: { icon: 'clock', tone: 'waiting', words: 'spanWaiting' },
  closed: { icon: 'square', tone: 'ended', words: 'spanClosed' },
} as const;

function ofSpan(source: Source, span: Span, time: Milliseconds, now: Milliseconds): HoverFacts {
  const { icon, tone, words } = SPANS[span.state];
  const end = span.ended ?? Math.max(now, span.began);
  const facts = [
    { name: text('cardFrom'), value: clock(span.began, 3) },
    { name: text(span.lasting ? 'cardSoFar' : 'cardDuration'), value: duration(end - span.began) },
  ];
  if (span.states !== undefined) facts.push({ name: text('cardStates'), value: number(span.states) });
  else if (span.state === 'open') {
    const attempt = source.attempts[firstAfter(source.attempts, span.began + 1) - 1];
    if (attempt) {
      const { events, number: which } = attempt;
      facts.push({ name: text('cardAttempt'), value: number(which) });
      facts.push({ name: text('columnEvents'), value: textOf('events', events, number(events)) });
    }
  }
  return { icon, tone, words: text(words), time: clock(time, 1), facts };
}
