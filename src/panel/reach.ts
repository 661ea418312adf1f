import type { Target } from '../devtools/fault-desk.ts';
import type { Source } from '../model/source.ts';
import { sourceName } from '../model/source-name.ts';
import { isFaultable, isResettable } from '../model/source-state.ts';
import { number } from './format.ts';
import { text, textOf } from './text.ts';

/** What is meant where several are chosen; one that is chosen alone is meant by its own buttons. */
export const severalOf = (chosen: readonly Source[]): readonly Source[] | undefined =>
  chosen.length > 1 ? chosen : undefined;

/** Those that a button of this source is for: all that are chosen, if it is one of several. */
export const meantBy = (source: Source, chosen: readonly Source[]): readonly Source[] =>
  chosen.length > 1 && chosen.includes(source) ? chosen : [source];

export const resettable = (sources: readonly Source[]): readonly Source[] => sources.filter(isResettable);

export const faultable = (sources: readonly Source[]): readonly Source[] => sources.filter(isFaultable);

/** One source is told itself why nothing can be done to it; of several, those are meant to which it can be done. */
export function targetOfChosen(chosen: readonly Source[], can: (source: Source) => boolean): Target | undefined {
  const [first] = chosen;
  const sources = chosen.length > 1 ? chosen.filter(can) : chosen;
  if (!first) return undefined;
  return sources.length === 1 ? { type: 'source', source: sources[0] ?? first } : { type: 'sources', sources };
}

/** Is there a source to which it can be done? */
export const isSomebody = (target: Target): boolean => target.type !== 'sources' || target.sources.length > 0;

/** `Only /events`, `The 3 selected`, `2 of the 3 selected`: for whom a fault is. */
export function selectedWords(chosen: readonly Source[]): string {
  const [only] = chosen;
  if (only && chosen.length === 1) return text('putOnSource', sourceName(only).path);
  const { length } = faultable(chosen);
  if (length === 0) return text('putOnNobody');
  if (length < chosen.length) return text('putOnPart', number(length), number(chosen.length));
  return textOf('putOnSeveral', length, number(length));
}

/** `Left out: 1 ended, 2 known to the network only`; '' where all that are chosen are meant. */
export function leftOutWords(chosen: readonly Source[], meant: readonly Source[]): string {
  const left = chosen.filter((one) => !meant.includes(one));
  const ended = left.filter(({ state }) => state === 'closed').length;
  const network = left.filter(({ state, networkOnly }) => state !== 'closed' && networkOnly).length;
  const others = left.length - ended - network;
  const parts = [
    ended > 0 && textOf('leftOutEnded', ended, number(ended)),
    network > 0 && textOf('leftOutNetwork', network, number(network)),
    others > 0 && textOf('leftOutOthers', others, number(others)),
  ].filter((part) => part !== false);
  return parts.length > 0 ? text('leftOut', parts.join(' · ')) : '';
}
