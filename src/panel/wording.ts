import type { Connection, Session } from '../devtools/session.ts';
import { type Attempt, isUnload, sentId, statusOf, waitBefore } from '../model/attempt.ts';
import { explain } from '../model/cause.ts';
import { CONNECTIONS_PER_HOST } from '../model/connection-limit.ts';
import type { Boundary } from '../model/event-rows.ts';
import type { SessionMark } from '../model/session-mark.ts';
import type { Source } from '../model/source.ts';
import { pathOf, sourceName } from '../model/source-name.ts';
import { attemptsOf, latestChange, stateOf } from '../model/source-state.ts';
import type { Mark } from '../model/timeline.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { causeLabel } from './cause-wording.ts';
import { duration, elapsed, number } from './format.ts';
import type { IconName } from './icons.tsx';
import { type MessageKey, text } from './text.ts';
import { resumptionWords, verdictLabel } from './verdict-wording.ts';

/** Colour and shape always come together: whoever does not see the one sees the other. */
export interface Wording {
  icon: IconName;
  tone: 'open' | 'connecting' | 'waiting' | 'failed' | 'forced' | 'ended';
  words: string;
}

/** What a source does, and for how long: `Open 0:38`. `now` is used for what lasts. */
export function sourceState(source: Source, now: Milliseconds): Wording {
  const { ended } = source;
  const since = elapsed(now - (latestChange(source)?.time ?? now));
  switch (stateOf(source)) {
    case 'connecting':
      if (attemptsOf(source).at(-1)?.request?.queued) {
        return { icon: 'clock', tone: 'waiting', words: text('stateQueued', since) };
      }
      return { icon: 'ring', tone: 'connecting', words: text('stateConnecting', since) };
    case 'open':
      return { icon: 'dot', tone: 'open', words: text('stateOpen', since) };
    case 'waiting':
      return { icon: 'clock', tone: 'waiting', words: text('stateWaiting', since) };
    case 'closed':
      if (ended?.by === 'close') return { icon: 'square', tone: 'ended', words: text('stateEndedByPage') };
      if (ended && isUnload(ended)) return { icon: 'square', tone: 'ended', words: text('stateEndedByUnload') };
      return { icon: 'cross', tone: 'failed', words: closed(reason(source.attempts.at(-1))) };
  }
}

function closed(why: string): string {
  return why === '' ? text('stateClosed') : text('stateClosedBy', why);
}

/** Why an attempt ended: `HTTP 503`. '' where nobody knows. */
function reason(attempt: Attempt | undefined): string {
  const why = attempt && explain(attempt);
  return why ? causeLabel(why) : '';
}

export function gaveUp(why: string): string {
  return why === '' ? text('gaveUp') : text('gaveUpBy', why);
}

/** Who carries its connection, and how far we see into it. */
export function carrier({ carried, networkOnly }: Source): string {
  if (networkOnly) return text('networkOnly');
  return text(carried === 'managed' ? 'managed' : 'observed');
}

export interface Outcome extends Wording {
  /** The same for programs. */
  code: 'connecting' | 'open' | 'reset' | 'reestablish' | 'fail' | 'close' | 'unload';
}

/** How an attempt ended, or what it does. */
export function outcome(attempt: Attempt): Outcome {
  const { ended, announced } = attempt;
  if (ended && isUnload(ended)) return { code: 'unload', icon: 'square', tone: 'ended', words: text('outcomeUnload') };
  switch (ended?.by) {
    case undefined:
      if (announced === undefined && attempt.request?.queued) {
        return { code: 'connecting', icon: 'clock', tone: 'waiting', words: text('outcomeQueued') };
      }
      return announced === undefined
        ? { code: 'connecting', icon: 'ring', tone: 'connecting', words: text('outcomeConnecting') }
        : { code: 'open', icon: 'dot', tone: 'open', words: text('outcomeOpen') };
    case 'close':
      return { code: 'close', icon: 'square', tone: 'ended', words: text('outcomeClose') };
    case 'fail':
      if (ended.forced) return { code: 'fail', ...FORCED, words: gaveUp(reason(attempt)) };
      return { code: 'fail', icon: 'cross', tone: 'failed', words: gaveUp(reason(attempt)) };
    default: {
      if (ended?.forced) return { code: 'reset', ...FORCED, words: reason(attempt) };
      const unknown = text(announced === undefined ? 'outcomeNoAnswer' : 'outcomeLost');
      return { code: 'reestablish', icon: 'cross', tone: 'failed', words: reason(attempt) || unknown };
    }
  }
}

/** What follows an attempt that ended: `It tried again after 3.0 s.`, `No attempt follows.` */
export function whatNext(source: Source, attempt: Attempt): string {
  const { ended } = attempt;
  if (!ended || ended.by === 'close' || isUnload(ended)) return '';
  if (ended.by === 'fail') return text('nextNone');
  const attempts = attemptsOf(source);
  const next = attempts[attempts.indexOf(attempt) + 1];
  const wait = next && waitBefore(next, attempt);
  return wait ? text('nextTried', atMost(wait.time, wait.exact)) : text('nextWaits');
}

const INITIATORS = { page: 'initiatorPage', browser: 'initiatorBrowser', lifeline: 'initiatorLifeline' } as const;

export function initiator({ initiator: who }: Pick<Attempt, 'initiator'>): string {
  return text(INITIATORS[who]);
}

/** What stands beside a mark on the timeline; '' for a bare glyph. */
export function markLabel(mark: Mark): string {
  switch (mark.type) {
    case 'connect':
      return mark.lastEventId;
    case 'queued':
      return text('markQueued', number(CONNECTIONS_PER_HOST));
    case 'verdict':
      return verdictLabel(mark.resumption);
    case 'end':
      return text(mark.by === 'close' ? 'markClose' : 'markUnload');
    case 'error':
      if (mark.gaveUp) return gaveUp(causeLabel(mark.why));
      if (!mark.forced || mark.why.fault) return causeLabel(mark.why);
      return text(mark.why.code === 'forced-in-network' ? 'markNetworkReset' : 'markReset');
  }
}

/** What stands on the ruler: where the tab came to, or how long nothing was recorded. */
export function sessionMarkLabel(mark: SessionMark, now: Milliseconds): string {
  if (mark.type === 'pause') return text('markPause', duration(Math.max(0, (mark.until ?? now) - mark.time)));
  const path = pathOf(mark.url);
  return mark.entered === 'navigate' ? path : text(ENTERED[mark.entered], path);
}

/** What a mark of the session is called where it stands alone. */
export function sessionMarkTitle(mark: SessionMark, now: Milliseconds): string {
  return mark.type === 'navigation' && mark.entered === 'navigate'
    ? text('titleNavigation', pathOf(mark.url))
    : sessionMarkLabel(mark, now);
}

const ENTERED = { reload: 'markReload', back_forward: 'markBackForward' } as const;

/** What we did. */
const FORCED = { icon: 'bolt', tone: 'forced' } as const;

/** What a mark is called where it stands alone. */
export function markTitle(mark: Mark): Wording {
  switch (mark.type) {
    case 'connect':
      return { icon: 'flag', tone: 'connecting', words: text(mark.attempt === 1 ? 'titleConnect' : 'titleReconnect') };
    case 'queued':
      return { icon: 'clock', tone: 'waiting', words: text('titleQueued', number(CONNECTIONS_PER_HOST)) };
    case 'verdict':
      return resumptionWords(mark.resumption);
    case 'end':
      return {
        icon: 'square',
        tone: 'ended',
        words: text(mark.by === 'close' ? 'outcomeClose' : 'outcomeUnload'),
      };
    case 'error':
      if (mark.gaveUp) {
        const look = mark.forced ? FORCED : ({ icon: 'cross', tone: 'failed' } as const);
        return { ...look, words: gaveUp(causeLabel(mark.why)) };
      }
      if (mark.forced) {
        if (mark.why.fault) return { ...FORCED, words: causeLabel(mark.why) };
        const inNetwork = mark.why.code === 'forced-in-network';
        return { ...FORCED, words: text(inNetwork ? 'titleNetworkReset' : 'titleReset') };
      }
      return { icon: 'cross', tone: 'failed', words: causeLabel(mark.why) || text('titleError') };
  }
}

const CONNECTIONS = {
  connecting: 'connectionConnecting',
  connected: 'connectionConnected',
  denied: 'connectionDenied',
  outdated: 'connectionOutdated',
  imported: 'connectionImported',
} as const satisfies Record<Connection, MessageKey>;

export function connectionState(connection: Connection): string {
  return text(CONNECTIONS[connection]);
}

const REFUSALS = {
  gone: 'refusedGone',
  closed: 'refusedClosed',
  waiting: 'refusedWaiting',
  untapped: 'refusedUntapped',
  unreachable: 'refusedUnreachable',
} as const;

/** A sentence that says why a reset did nothing. */
export function refusal({ source, reason: why }: NonNullable<Session['refused']>): string {
  return text(REFUSALS[why], source ? sourceName(source).path : text('unknownSource'));
}

/** A duration whose end is known for sure, or at the latest. */
export function atMost(value: Milliseconds, isExact: boolean): string {
  return isExact ? duration(value) : text('atMost', duration(value));
}

/** `Attempt 4 · Last-Event-ID 88 · 200 · down 7.3 s` */
export function boundaryText({ attempt, down }: Boundary): string {
  const lastEventId = sentId(attempt);
  const parts = [text('boundaryAttempt', number(attempt.number))];
  parts.push(lastEventId === '' ? text('boundaryNoId') : text('boundaryId', lastEventId));
  const status = statusOf(attempt);
  if (status !== undefined) parts.push(`${status}`);
  if (down !== undefined) parts.push(text('boundaryDown', duration(down)));
  return parts.join(' · ');
}

/** 12 of 345 */
export function partOf(part: number, whole: number): string {
  return text('partOf', number(part), number(whole));
}
