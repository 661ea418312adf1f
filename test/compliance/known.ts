import { here } from '../support/browser.ts';
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
const CALLER =
  'The report of a violation names the script that called the class, or fetch; that is ours, whose file Firefox does not tell.';
const PERMANENT =
  'After a permanent redirect Firefox reconnects to its target; fetch does not tell which ones are permanent.';
const LEFT =
  'Firefox ends the requests of a document that is left some time before the document hears of it: as window.stop() does.';
const PARSER =
  'The parser is a library, and calls methods of strings, regular expressions and numbers as they are then.';
const UNREAD =
  'A body of fetch that breaks takes with it what had arrived and was not read yet; no script can have it.';

const OPEN =
  'With DevTools open, Chromium itself can lose what arrived together with a break, with no extension: 26 of 240 runs on a busy machine.';

/** By group and name. Each is in ARCHITECTURE.md, "Known differences". */
const IN_BOTH: Record<string, Known> = {
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
  'haste › an event and a cut chunk, many times': { modes: MANAGED, why: UNREAD, sometimes: true },
  'haste › an event and less than the Content-Length, many times': { modes: MANAGED, why: UNREAD, sometimes: true },
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

const IN_CHROMIUM: Record<string, Known> = {
  'interface › the attributes are read-only': {
    modes: BOTH,
    why: 'V8 names the class of an object in this message only where `constructor` is no Proxy.',
  },
  'policies › a policy that only reports': {
    modes: MANAGED,
    why: 'Chromium reports a fetch twice under such a policy, and an EventSource once.',
  },
  // Of what is managed the reason is UNREAD, and this.
  'haste › an event and a cut chunk, many times': { modes: BOTH, why: OPEN, sometimes: true },
  'haste › an event and less than the Content-Length, many times': { modes: BOTH, why: OPEN, sometimes: true },
};

const IN_FIREFOX: Record<string, Known> = {
  'close › right after the construction, 50 times: the server sees nothing': {
    modes: ['observed'],
    why: 'Firefox asks as soon as an object is made, and what we note of it gives the request time (seen once, of the first).',
    sometimes: true,
  },
  'lives › a frame that is navigated': { modes: MANAGED, why: LEFT, sometimes: true },
  'lives › a frame that is reloaded': { modes: MANAGED, why: LEFT, sometimes: true },
  'lives › a frame whose address is replaced': { modes: MANAGED, why: LEFT, sometimes: true },
  'lives › a frame that gets a srcdoc': { modes: MANAGED, why: LEFT, sometimes: true },
  'constructor › symbols and objects without a text throw TypeError': {
    modes: MANAGED,
    why: 'Firefox names the value in this message as the script does that converts it, which is ours.',
  },
  'redirects › 301 on the same origin': { modes: MANAGED, why: PERMANENT },
  'redirects › 308 on the same origin': { modes: MANAGED, why: PERMANENT },
  'redirects › 301 to another origin that allows it': { modes: MANAGED, why: PERMANENT },
  'redirects › with a fragment': {
    modes: MANAGED,
    why: 'Last-Event-ID is set on the wire by the fragment of the URL, at each hop; a redirect to another fragment loses it.',
  },
  'interface › the interface object on window is writable, configurable, not enumerable': {
    modes: BOTH,
    why: 'The place among the names of window: Firefox makes interface objects when they are first asked for, and in that order.',
  },
  'interface › the getter of readyState': {
    modes: BOTH,
    why: 'What is no constructor is shown in this message as its source, which of a Proxy is `({})`.',
  },
  'turns › the stack of a listener shows the page’s code only': {
    modes: BOTH,
    why: 'While DevTools is open, Firefox adds to a stack the calls that made the source; the stand-in for the class is one.',
  },
  "policies › connect-src 'none' in a meta element": { modes: BOTH, why: CALLER },
  "policies › connect-src 'none' in a header": { modes: BOTH, why: CALLER },
  "policies › default-src 'none' with scripts": { modes: BOTH, why: CALLER },
  "policies › connect-src 'self', another origin": { modes: BOTH, why: CALLER },
  'policies › a policy that only reports': { modes: BOTH, why: CALLER },
};

export const KNOWN: Record<string, Known> = { ...IN_BOTH, ...here({ chromium: IN_CHROMIUM, firefox: IN_FIREFOX }) };
