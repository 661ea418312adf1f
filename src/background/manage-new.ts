import { MANAGE_METRIC } from '../protocol/ask.ts';
import { forgetWords, ManageWord } from './manage-word.ts';
import { addRule, findRules, type Rule, removeRules } from './session-rules.ts';

const isOurs = ({ action }: Rule) => action.responseHeaders?.some(({ header }) => header === 'server-timing') === true;
const isOf =
  (tab: number) =>
  (rule: Rule): boolean =>
    isOurs(rule) && rule.condition.tabIds?.includes(tab) === true;

const isManaged = async (tab: number) => (await findRules(isOf(tab))).length > 0;
const words = new ManageWord(isManaged);
// Synchronously, at the start: a request that woke this background is only told to listeners that are there by then.
void words.start();

/**
 * Lets the documents of a tab know before their first script that new connections are to be managed; see
 * {@link MANAGE_METRIC}. The rule is the memory: it is still there when this background was stopped.
 */
export async function manageNew(tab: number, on: boolean): Promise<void> {
  await removeRules(isOf(tab));
  if (!on) {
    if ((await findRules(isOurs)).length === 0) words.stop();
    return;
  }
  await words.start();
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
  await forgetWords();
  const rules = await findRules(isOurs);
  if (rules.length === 0) words.stop();
  for (const { condition } of rules) {
    const [tab] = condition.tabIds ?? [];
    if (tab !== undefined && !(await isInspected(tab))) await manageNew(tab, false);
  }
}
