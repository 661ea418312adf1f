import { MANAGE_METRIC } from '../protocol/ask.ts';
import { addRule, findRules, type Rule, removeRules } from './session-rules.ts';

const isOurs = ({ action }: Rule) => action.responseHeaders?.some(({ header }) => header === 'server-timing') === true;
const isOf =
  (tab: number) =>
  (rule: Rule): boolean =>
    isOurs(rule) && rule.condition.tabIds?.includes(tab) === true;

/**
 * Lets the documents of a tab know before their first script that new connections are to be managed; see
 * {@link MANAGE_METRIC}. The rule is the memory: it is still there when this background was stopped.
 */
export async function manageNew(tab: number, on: boolean): Promise<void> {
  await removeRules(isOf(tab));
  if (!on) return;
  await addRule({
    condition: { tabIds: [tab], resourceTypes: ['main_frame', 'sub_frame'] },
    action: {
      type: 'modifyHeaders',
      responseHeaders: [{ header: 'server-timing', operation: 'append', value: MANAGE_METRIC }],
    },
  });
}

/** For the start of the background: DevTools may have been closed while there was none to see it. */
export async function forgetUninspected(isInspected: (tab: number) => Promise<boolean>): Promise<void> {
  for (const { condition } of await findRules(isOurs)) {
    const [tab] = condition.tabIds ?? [];
    if (tab !== undefined && !(await isInspected(tab))) await manageNew(tab, false);
  }
}
