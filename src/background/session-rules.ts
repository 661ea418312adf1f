import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';

const { declarativeNetRequest } = browser;
export type Rule = DeclarativeNetRequest.Rule;

/** One change at a time: two that look for a free id together would find the same. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(step: () => Promise<T>): Promise<T> {
  const result = last.then(step, step);
  last = result.catch(() => {});
  return result;
}

/** Id of the rule that was added last. */
let latest: number | undefined;

/** Rules for requests, kept by the browser until it is closed: they outlive a background that was stopped. */
export const addRule = (rule: Omit<Rule, 'id'>): Promise<number> =>
  inTurn(async () => {
    // Those of a background before this one; nobody else makes any.
    if (latest === undefined) {
      const rules = await declarativeNetRequest.getSessionRules();
      latest = Math.max(0, ...rules.map((other) => other.id));
    }
    latest += 1;
    const id = latest;
    await declarativeNetRequest.updateSessionRules({ addRules: [{ ...rule, id }] });
    return id;
  });

export const removeRule = (id: number): Promise<void> =>
  inTurn(() => declarativeNetRequest.updateSessionRules({ removeRuleIds: [id] }));

/** Removes the rules that `which` picks. */
export const removeRules = (which: (rule: Rule) => boolean): Promise<void> =>
  inTurn(async () => {
    const picked = (await declarativeNetRequest.getSessionRules()).filter(which);
    if (picked.length === 0) return;
    await declarativeNetRequest.updateSessionRules({ removeRuleIds: picked.map(({ id }) => id) });
  });

export const findRules = (which: (rule: Rule) => boolean): Promise<Rule[]> =>
  inTurn(async () => (await declarativeNetRequest.getSessionRules()).filter(which));
