import type { Fault } from '../protocol/command.ts';

/** An event of the user's own, as it was written; a field that is empty is not in its block, but for that of data. */
export interface InjectDraft {
  event: string;
  id: string;
  data: string;
  /** [spec] Of a block without data nothing is dispatched: it sets the id and the reconnection time. Empty data are data. */
  noData: boolean;
  retry: string;
}

export const EMPTY_INJECT: InjectDraft = { event: '', id: '', data: '', noData: false, retry: '' };

/** `none`: there is nothing in it · `retry`: no whole number of milliseconds · `id`: [spec] the parser ignores such an id. */
export type InjectProblem = 'none' | 'retry' | 'id';

/** As many as the history has. */
const MOST_INJECTED = 20;

export function injectOf({
  event,
  id,
  data,
  noData,
  retry,
}: InjectDraft): { fault: Fault } | { problem: InjectProblem } {
  const wait = retry.trim();
  // [spec] "If the field value consists of only ASCII digits"
  if (!/^\d{0,15}$/.test(wait)) return { problem: 'retry' };
  if (id.includes('\0')) return { problem: 'id' };
  if (noData && id === '' && wait === '') return { problem: 'none' };
  return {
    fault: {
      type: 'inject',
      ...(event !== '' && { event }),
      ...(!noData && { data: data.replaceAll(/\r\n?/g, '\n') }),
      ...(id !== '' && { id }),
      ...(wait !== '' && { retry: Number(wait) }),
    },
  };
}

/** The newest first, each once. */
export function withInjected(history: readonly InjectDraft[], sent: InjectDraft): InjectDraft[] {
  const isSame = (one: InjectDraft) =>
    (['event', 'id', 'data', 'noData', 'retry'] as const).every((field) => one[field] === sent[field]);
  return [sent, ...history.filter((one) => !isSame(one))].slice(0, MOST_INJECTED);
}
