import { type Attempt, waitBefore } from '../model/attempt.ts';
import type { Source } from '../model/source.ts';
import { attemptsOf } from '../model/source-state.ts';
import type { Lane, Mark, Span } from '../model/timeline.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { clock, duration, number } from './format.ts';
import { text, textOf } from './text.ts';
import { atMost, initiator, markTitle, type Wording } from './wording.ts';

/** A small card beside the pointer. */
export interface HoverFacts extends Wording {
  time: string;
  /** Four at most. */
  facts: { name: string; value: string }[];
}

/** What there is to say about a mark, or about what a source did at `time`; undefined before it was there. */
export function hoverFacts(source: Source, lane: Lane, mark: Mark | undefined, time: Milliseconds, now: Milliseconds) {
  if (mark) return ofMark(source, mark);
  const span = lane.spans.find(({ from, to }) => time >= from && time <= to);
  return span && ofSpan(source, span, time, now);
}

function ofMark(source: Source, mark: Mark): HoverFacts {
  const attempts = attemptsOf(source);
  const attempt = attempts.find((one) => one.number === mark.attempt);
  const facts: HoverFacts['facts'] = [{ name: text('cardAttempt'), value: number(mark.attempt) }];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') facts.push({ name, value });
  };
  if (mark.type === 'connect') {
    add(text('columnInitiator'), attempt && initiator(attempt));
    add(text('columnLastEventId'), mark.lastEventId || text('notSent'));
    add(text('cardDown'), waited(attempts, attempt));
  } else if (attempt) {
    const { announced, ended } = attempt;
    if (announced !== undefined && ended) add(text('cardWasOpen'), duration(ended.time - announced));
    add(text('columnEvents'), number(attempt.events));
    const next = attempts[attempts.indexOf(attempt) + 1];
    if (mark.type === 'error' && next) add(text('cardTriedAgain'), waited(attempts, next));
  }
  return { ...markTitle(mark), time: clock(mark.time, 3), facts };
}

function waited(attempts: readonly Attempt[], attempt: Attempt | undefined): string | undefined {
  const wait = attempt && waitBefore(attempt, attempts[attempts.indexOf(attempt) - 1]);
  return wait && atMost(wait.time, wait.exact);
}

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
  if (span.state === 'open') {
    const attempt = source.attempts.findLast((one) => one.time <= span.began + 1);
    if (attempt) {
      const { events, number: which } = attempt;
      facts.push({ name: text('cardAttempt'), value: number(which) });
      facts.push({ name: text('columnEvents'), value: textOf('events', events, number(events)) });
    }
  }
  return { icon, tone, words: text(words), time: clock(time, 1), facts };
}
