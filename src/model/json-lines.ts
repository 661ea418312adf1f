/** A piece of JSON text; `plain` is punctuation and white space. */
export interface JsonToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'plain';
  text: string;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Nothing is indented deeper: a page may send 30,000 opening brackets. */
const DEEPEST = 40;

/**
 * JSON text, indented anew, as lines of tokens; undefined if it is not an object or array. Only white space changes:
 * numbers that JavaScript would round, keys that are there twice and escapes stay as the server sent them.
 */
export function jsonLines(json: string): JsonToken[][] | undefined {
  if (!isCompound(json)) return undefined;
  const lines: JsonToken[][] = [];
  let line: JsonToken[] = [];
  let depth = 0;
  const breakLine = () => {
    lines.push(line);
    line = [{ kind: 'plain', text: '  '.repeat(Math.min(depth, DEEPEST)) }];
  };
  const tokens = json.match(TOKEN) ?? [];
  tokens.forEach((text, index) => {
    const next = tokens[index + 1];
    const isEmpty = (text === '{' && next === '}') || (text === '[' && next === ']');
    switch (text) {
      case '{':
      case '[':
        line.push({ kind: 'plain', text });
        depth += 1;
        if (!isEmpty) breakLine();
        break;
      case '}':
      case ']': {
        depth -= 1;
        const before = tokens[index - 1];
        if (before !== '{' && before !== '[') breakLine();
        line.push({ kind: 'plain', text });
        break;
      }
      case ',':
        line.push({ kind: 'plain', text });
        breakLine();
        break;
      case ':':
        line.push({ kind: 'plain', text: ': ' });
        break;
      default:
        line.push({ kind: kindOf(text, next), text });
    }
  });
  return [...lines, line];
}

function isCompound(json: string): boolean {
  if (!/^\s*[{[]/.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

function kindOf(text: string, next: string | undefined): JsonToken['kind'] {
  if (text.startsWith('"')) return next === ':' ? 'key' : 'string';
  return /^[-\d]/.test(text) ? 'number' : 'word';
}
