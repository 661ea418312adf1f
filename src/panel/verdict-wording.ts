import type { Judge, Resumption, Verdict } from '../model/verdict.ts';
import { duration, number } from './format.ts';
import { type MessageKey, text, textOf } from './text.ts';
import type { Wording } from './wording.ts';

type Unknown = Extract<Resumption, { type: 'unknown' }>['why'];

const UNKNOWNS: Record<Unknown, { words: MessageKey; why: MessageKey; advice?: MessageKey }> = {
  'no ids': { words: 'verdictNoIds', why: 'whyNoIds', advice: 'adviceNoIds' },
  'ids do not count': { words: 'verdictOddIds', why: 'whyOddIds', advice: 'adviceWitness' },
  'nothing came yet': { words: 'verdictNothingYet', why: 'whyNothingYet' },
  'no witness': { words: 'verdictNoWitness', why: 'whyNoWitness', advice: 'adviceNoWitness' },
  incomplete: { words: 'verdictIncomplete', why: 'whyIncomplete', advice: 'adviceIncomplete' },
};

const JUDGES = { integers: 'judgeIntegers', ids: 'judgeIds', witness: 'judgeWitness' } as const satisfies Record<
  Judge,
  MessageKey
>;

const lost = (count: number) => textOf('verdictLost', count, number(count));
const repeated = (count: number) => textOf('verdictRepeated', count, number(count));

/** What became of a stream over a reconnect, in a few words: `7 events lost`. */
export function resumptionWords(resumption: Resumption): Wording {
  switch (resumption.type) {
    case 'exact':
      return { icon: 'ok', tone: 'open', words: text('verdictExact') };
    case 'lost':
      return { icon: 'lost', tone: 'failed', words: lost(resumption.count) };
    case 'lost and repeated': {
      const words = [lost(resumption.lost), repeated(resumption.repeated)].join(' · ');
      return { icon: 'lost', tone: 'failed', words };
    }
    case 'repeated':
      return { icon: 'repeated', tone: 'waiting', words: repeated(resumption.count) };
    case 'restarted':
      return { icon: 'restarted', tone: 'waiting', words: text('verdictRestarted') };
    case 'ignored':
      return { icon: 'noflag', tone: 'waiting', words: text('verdictIgnored') };
    case 'unknown':
      return { icon: 'unknown', tone: 'ended', words: text(UNKNOWNS[resumption.why].words) };
  }
}

/** What stands beside its mark on the timeline; '' for a bare glyph. */
export function verdictLabel(resumption: Resumption): string {
  if (resumption.type !== 'unknown' || resumption.why === 'no ids') return resumptionWords(resumption).words;
  return resumption.why === 'nothing came yet' ? '' : text('verdictUnknown');
}

/** What shows it, in a sentence. */
export function resumptionWhy(resumption: Resumption): string {
  switch (resumption.type) {
    case 'exact':
      return text('whyExact');
    case 'lost':
      return missing(resumption, 'verdictIdMissing', 'verdictIdsMissing') ?? text('verdictOthersMissing');
    case 'lost and repeated':
      return text('verdictOthersMissing');
    case 'repeated':
      return text('whyRepeated');
    case 'restarted':
      return [text('whyRestarted'), resumption.repeated > 0 && `${repeated(resumption.repeated)}.`]
        .filter(Boolean)
        .join(' ');
    case 'ignored':
      return text('whyIgnored');
    case 'unknown':
      return text(UNKNOWNS[resumption.why].why);
  }
}

/** What to do about it; '' where there is nothing to do. */
export function resumptionAdvice(resumption: Resumption): string {
  switch (resumption.type) {
    case 'exact':
      return '';
    case 'lost':
    case 'lost and repeated':
      return text('adviceLost');
    case 'repeated':
      return text('adviceRepeated');
    case 'restarted':
    case 'ignored':
      return text('adviceIgnored');
    case 'unknown': {
      const { advice } = UNKNOWNS[resumption.why];
      return advice === undefined ? '' : text(advice);
    }
  }
}

/** `ids 89 to 95 never arrived`: how the list of events goes on after the number of those that are missing. */
export function gapWords(resumption: Resumption): string {
  if (resumption.type !== 'lost') return text('gapWitness');
  return missing(resumption, 'gapId', 'gapIds') ?? text('gapWitness');
}

function missing(
  { from, to }: Extract<Resumption, { type: 'lost' }>,
  one: 'verdictIdMissing' | 'gapId',
  several: 'verdictIdsMissing' | 'gapIds',
): string | undefined {
  if (from === undefined) return undefined;
  return to === undefined || to === from ? text(one, from) : text(several, from, to);
}

/** The numbers of a verdict, each with its name, the most telling first. */
export function verdictFacts(verdict: Verdict): { name: string; value: string }[] {
  const { downtime, attempts, observedDelay, reconnectionTime, sentId, firstId, resumption } = verdict;
  const wait = observedDelay === undefined ? undefined : duration(observedDelay);
  const facts = [
    { name: text('factSentId'), value: sentId || text('notSent') },
    { name: text('factFirstId'), value: firstId ?? text('none') },
    { name: text('factDowntime'), value: duration(downtime) },
    { name: text('factAttempts'), value: number(attempts) },
  ];
  if (wait !== undefined) {
    const value = reconnectionTime === undefined ? wait : text('factWaitAsked', wait, duration(reconnectionTime));
    facts.splice(3, 0, { name: text('factWait'), value });
  }
  if ('by' in resumption) facts.push({ name: text('factJudge'), value: text(JUDGES[resumption.by]) });
  return facts;
}
