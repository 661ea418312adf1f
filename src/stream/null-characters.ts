import type { Tools } from './event-stream.ts';

const NULL = '\0';
/** Half of a surrogate pair, which no UTF-8 decodes to: stands for a NUL in an id, with which the parser would refuse it. */
const STAND_IN = '\ud800';

/** The id that the parser was given with a stand-in. */
export const withNull = ({ slice }: Pick<Tools, 'slice'>, id: string): string =>
  slice(id, 0, 1) === STAND_IN ? NULL + slice(id, 1) : id;

/**
 * [firefox] What it makes of U+0000, where the standard knows it in ids only. At the begin of a line it is left out, and in
 * a value too, but for right behind the colon. An `id` with one in its value is ignored, and its name is put in front of
 * that of the next field. Gives what a parser of the standard must read instead, lines for lines.
 */
export function nullCharacters(tools: Pick<Tools, 'slice' | 'indexOf'>): (lines: string) => string {
  const { slice, indexOf } = tools;
  /** Of a field that was ignored. */
  let before = '';

  function read(line: string): string {
    let text = line;
    while (slice(text, 0, 1) === NULL) text = slice(text, 1);
    if (text === '' || slice(text, 0, 1) === ':') return text;
    const colon = indexOf(text, ':');
    const name = before + (colon < 0 ? text : slice(text, 0, colon));
    before = '';
    if (colon < 0) return name;
    const first = slice(text, colon + 1, colon + 2);
    const rest = slice(text, colon + 2);
    if (name === 'id' && indexOf(rest, NULL) >= 0) {
      before = name;
      return '?'; // A field that nobody knows.
    }
    return `${name}:${name === 'id' && first === NULL ? STAND_IN : first}${without(tools, rest)}`;
  }

  return (lines) => {
    if (before === '' && indexOf(lines, NULL) < 0) return lines;
    let result = '';
    for (let start = 0; start < lines.length; ) {
      const end = endOfLine(tools, lines, start);
      result += read(slice(lines, start, end)) + slice(lines, end, end + 1);
      start = end + 1;
    }
    return result;
  };
}

function without({ slice, indexOf }: Pick<Tools, 'slice' | 'indexOf'>, text: string): string {
  let kept = '';
  let rest = text;
  for (let at = indexOf(rest, NULL); at >= 0; at = indexOf(rest, NULL)) {
    kept += slice(rest, 0, at);
    rest = slice(rest, at + 1);
  }
  return kept + rest;
}

/** Where the line ends that begins at `start`: CR LF counts as two ends, between which there is an empty line for nobody. */
function endOfLine({ indexOf }: Pick<Tools, 'indexOf'>, text: string, start: number): number {
  const feed = indexOf(text, '\n', start);
  const carriage = indexOf(text, '\r', start);
  if (feed < 0 || carriage < 0) return feed < 0 && carriage < 0 ? text.length : feed < 0 ? carriage : feed;
  return feed < carriage ? feed : carriage;
}
