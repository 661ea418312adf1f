import { getOwnPropertyDescriptor, indexOf, slice } from './pristine.ts';

const { Error: PristineError } = globalThis;
/** What is kept of one, in UTF-16 code units. */
const LONGEST = 4096;

/**
 * The calls that led here, as the browser writes them, without ours. Undefined where the page writes its stacks itself:
 * it would see ours.
 */
export function stack(): string | undefined {
  try {
    if (getOwnPropertyDescriptor(PristineError, 'prepareStackTrace') !== undefined) return undefined;
    const text = new PristineError().stack;
    return typeof text === 'string' ? slice(withoutOurs(text), 0, LONGEST) : undefined;
  } catch {
    return undefined;
  }
}

/** [firefox] Our frames name no file. */
const isOurs = (line: string): boolean => indexOf(line, '-extension://') >= 0 || indexOf(line, '<anonymous code>') >= 0;

/** Frames are lines; ours name this extension. The first line names the error; [firefox] it is our frame. */
function withoutOurs(text: string): string {
  let kept = '';
  for (let start = indexOf(text, '\n') + 1; start > 0 && start < text.length; ) {
    const next = indexOf(text, '\n', start);
    const end = next === -1 ? text.length : next;
    const line = slice(text, start, end);
    if (!isOurs(line)) kept += kept === '' ? line : `\n${line}`;
    start = end + 1;
  }
  return kept;
}
