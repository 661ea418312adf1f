import type { Mode } from './case.ts';

/** A case that is known to be not as native, and why nothing better is possible, or is not done yet. */
export interface Known {
  modes: readonly Mode[];
  why: string;
  /** Where it depends on the moment: the case may also pass. One that always differs must go on to, or leave this list. */
  sometimes?: true;
}

const BOTH: readonly Mode[] = ['observed', 'managed'];
const MANAGED: readonly Mode[] = ['managed'];
const PARSER =
  'The parser is a library, and calls methods of strings, regular expressions and numbers as they are then.';
const UNREAD =
  'A body of fetch that breaks takes with it what had arrived and was not read yet; no script can have it.';

/** By group and name. Each is in ARCHITECTURE.md, "Known differences". */
export const KNOWN: Record<string, Known> = {
  'interface › the attributes are read-only': {
    modes: BOTH,
    why: 'V8 names the class of an object in this message only where `constructor` is no Proxy.',
  },
  'realms › native text, asked for with the toString of another realm': {
    modes: BOTH,
    why: 'Another realm has a toString of its own, which does not name what a Proxy stands for.',
  },
  'turns › the stack of a constructor’s exception shows the page’s code only': {
    modes: BOTH,
    why: 'The stand-in for the class is a frame of the stack.',
  },
  'turns › the stack of a listener shows the page’s code only': {
    modes: MANAGED,
    why: 'A script dispatches the event, so it is on the stack.',
  },
  'turns › microtasks run between two listeners of one event': {
    modes: MANAGED,
    why: 'With a script on the stack there is no microtask checkpoint after a listener; there is one after the event.',
  },
  'redirects › to a mailto: URL': {
    modes: MANAGED,
    why: 'fetch and the network tell it apart from a dead network no more than a page can; it is tried again.',
  },
  'haste › an event and a cut chunk, 20 times': { modes: MANAGED, why: UNREAD, sometimes: true },
  'haste › an event and less than the Content-Length, 20 times': { modes: MANAGED, why: UNREAD, sometimes: true },
  'policies › a policy that only reports': {
    modes: MANAGED,
    why: 'Chromium reports a fetch twice under such a policy, and an EventSource once.',
  },
  'surroundings › resource timing of a stream that has ended': {
    modes: MANAGED,
    why: 'The request is a fetch, and its timing entry says so.',
  },
  'poisoned › strings': { modes: MANAGED, why: PARSER },
  'poisoned › regular expressions': { modes: MANAGED, why: PARSER },
  'poisoned › numbers': { modes: MANAGED, why: PARSER },
  'polluted › then': {
    modes: MANAGED,
    why: 'A promise asks what the browser resolves it with (a chunk, a response) for `then`.',
  },
};
