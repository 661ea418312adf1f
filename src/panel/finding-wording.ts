import { explain } from '../model/cause.ts';
import type { Finding, FindingType } from '../model/finding.ts';
import type { Source } from '../model/source.ts';
import { causeLabel } from './cause-wording.ts';
import { duration, number } from './format.ts';
import type { IconName } from './icons.tsx';
import { type CountKey, type MessageKey, text, textOf } from './text.ts';
import { gaveUp } from './wording.ts';

/** Its sentence takes these values, in this order; or, where it is about a number of things, `count`. */
type Sentence = { key: MessageKey; takes?: readonly string[] } | { counts: CountKey };

/** One table from what was found to words. That a stream gave up is told with the cause of its end. */
const FINDINGS: Record<FindingType, { icon: IconName; sentence?: Sentence; advice: MessageKey }> = {
  lost: { icon: 'lost', sentence: { counts: 'findingLost' }, advice: 'adviceLost' },
  'gave-up': { icon: 'cross', advice: 'doGaveUp' },
  fighting: { icon: 'swap', sentence: { key: 'findingFighting' }, advice: 'doFighting' },
  storm: { icon: 'bursts', sentence: { key: 'findingStorm', takes: ['count', 'duration'] }, advice: 'doStorm' },
  loop: { icon: 'reset', sentence: { key: 'findingLoop', takes: ['count', 'duration'] }, advice: 'doLoop' },
  repeated: { icon: 'repeated', sentence: { counts: 'findingRepeated' }, advice: 'adviceRepeated' },
  ignored: { icon: 'noflag', sentence: { key: 'verdictIgnored' }, advice: 'adviceIgnored' },
  'error-event': { icon: 'info', sentence: { key: 'findingErrorEvent' }, advice: 'doErrorEvent' },
  'ids-repeated': { icon: 'repeated', sentence: { key: 'findingIdsRepeated', takes: ['id'] }, advice: 'doIds' },
  'ids-backwards': { icon: 'restarted', sentence: { key: 'findingIdsBackwards', takes: ['id'] }, advice: 'doIds' },
  unheard: { icon: 'info', sentence: { key: 'findingUnheard', takes: ['event'] }, advice: 'doUnheard' },
  'no-ids': { icon: 'noflag', sentence: { key: 'findingNoIds' }, advice: 'doNoIds' },
  silence: { icon: 'clock', sentence: { key: 'findingSilence', takes: ['duration'] }, advice: 'doSilence' },
  'six-connections': {
    icon: 'stack',
    sentence: { key: 'findingSixConnections', takes: ['host'] },
    advice: 'doSixConnections',
  },
  leaked: { icon: 'info', sentence: { key: 'findingLeaked', takes: ['duration'] }, advice: 'doLeaked' },
  bursts: { icon: 'bursts', sentence: { key: 'findingBursts', takes: ['count'] }, advice: 'doBursts' },
};

export const findingIcon = ({ type }: Pick<Finding, 'type'>): IconName => FINDINGS[type].icon;

/** What was found, in a sentence. `source`: the first one that it is about. */
export function findingSentence({ type, values }: Pick<Finding, 'type' | 'values'>, source?: Source): string {
  const { sentence } = FINDINGS[type];
  if (!sentence) {
    const last = source?.attempts.at(-1);
    const why = last && explain(last);
    return gaveUp(why ? causeLabel(why) : '');
  }
  if ('counts' in sentence) {
    const count = Number(values['count']);
    return textOf(sentence.counts, count, number(count));
  }
  return text(sentence.key, ...(sentence.takes ?? []).map((name) => written(name, values[name])));
}

export const findingAdvice = ({ type }: Pick<Finding, 'type'>): string => text(FINDINGS[type].advice);

function written(name: string, value: number | string | undefined): string {
  if (typeof value !== 'number') return value ?? text('none');
  return name === 'duration' ? duration(value) : number(value);
}
