import { bare, baseUrlOf, chained, getOwnPropertyDescriptor, resolved, toText } from '../pristine.ts';
import { prototype } from './native.ts';

/** An address that no browser asks anybody for, and that no policy of a page is about. */
const NOWHERE = 'about:blank';

/** What makes the same object as the page's arguments would, and asks nobody. */
export interface Idle {
  args: unknown[];
  /** What its attribute of that name must show, once it is made; undefined where it is made as the page asked. */
  url(): string | undefined;
}

/**
 * For an object whose connection is ours from the start, if `isOurs` says so of its URL. Undefined where it cannot be: its prototype is of another realm,
 * whose attributes know nothing of us, or the arguments are such that the browser's own code throws.
 */
export function idle(args: readonly unknown[], newTarget: object, isOurs: (url: string) => boolean): Idle | undefined {
  const given = args[0];
  if (args.length === 0 || typeof given === 'symbol') return undefined;
  const made = getOwnPropertyDescriptor(newTarget, 'prototype')?.value as unknown;
  if (made !== prototype && !chained(prototype, made)) return undefined;
  let url: string | undefined;
  // [spec] Web IDL converts the argument to a text, once and in its turn.
  const converted = () => {
    const text = toText(given);
    // [spec] "Let urlRecord be the result of encoding-parsing a URL given url, relative to settings."
    const found = resolved(text, baseUrlOf());
    if (found === undefined || !isOurs(found)) return text;
    url = found;
    return NOWHERE;
  };
  const address =
    typeof given === 'object' || typeof given === 'function' ? bare({ toString: converted }) : converted();
  const instead: unknown[] = bare([]);
  for (let index = 0; index < args.length; index++) instead[index] = index === 0 ? address : args[index];
  return { args: instead, url: () => url };
}
