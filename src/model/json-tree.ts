/** One value of a JSON text, as it was sent: numbers, keys that are there twice and escapes stay as they are. */
export interface JsonNode {
  /** Distance from the root, which has 0. */
  depth: number;
  /** Index of what it is in; undefined for the root. */
  parent?: number;
  /** As it was sent, with its quotes; undefined in an array. */
  key?: string;
  /** Which one it is of what it is in, from 0. */
  position: number;
  kind: 'object' | 'array' | 'string' | 'number' | 'word';
  /** All of it, without white space between tokens. */
  text: string;
  /** How many values it has in itself; 0 for what is neither object nor array. */
  count: number;
  /** Index of the node that follows it and all that it has in it. */
  end: number;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * The values of a JSON text in its order, each before what it has in it; undefined if it is not an object or array.
 * Never recurses: a page may send 30,000 opening brackets. Their texts share the one that was sent.
 */
export function jsonTree(json: string): JsonNode[] | undefined {
  if (!isCompound(json)) return undefined;
  const tokens = json.match(TOKEN) ?? [];
  const compact = tokens.join('');
  const nodes: JsonNode[] = [];
  const open: number[] = [];
  let key: string | undefined;
  let at = 0;
  /** Where in `compact` each open one begins. */
  const begins: number[] = [];
  tokens.forEach((token, index) => {
    const start = at;
    at += token.length;
    if (token === ',' || token === ':') return;
    if (token === '}' || token === ']') {
      const node = nodes[open.pop() ?? 0];
      const begin = begins.pop() ?? 0;
      if (node) Object.assign(node, { text: compact.slice(begin, at), end: nodes.length });
      return;
    }
    if (tokens[index + 1] === ':' && token.startsWith('"')) {
      key = token;
      return;
    }
    const parent = open.at(-1);
    const container = parent === undefined ? undefined : nodes[parent];
    const kind = kindOf(token);
    nodes.push({
      depth: open.length,
      ...(parent !== undefined && { parent }),
      ...(key !== undefined && { key }),
      position: container ? container.count++ : 0,
      kind,
      text: token,
      count: 0,
      end: nodes.length + 1,
    });
    key = undefined;
    if (kind !== 'object' && kind !== 'array') return;
    open.push(nodes.length - 1);
    begins.push(start);
  });
  return nodes;
}

/** Indices of the nodes that are in sight while what `closed` has is closed. O(what is in sight). */
export function inSight(nodes: readonly JsonNode[], closed: ReadonlySet<number>): number[] {
  const seen: number[] = [];
  for (let index = 0; index < nodes.length; ) {
    seen.push(index);
    index = closed.has(index) ? (nodes[index]?.end ?? nodes.length) : index + 1;
  }
  return seen;
}

/** What is closed at first, so that about `most` nodes are in sight: the deepest levels, and never the root. */
export function closedAtFirst(nodes: readonly JsonNode[], most: number): Set<number> {
  const levels: number[] = [];
  for (const { depth } of nodes) levels[depth] = (levels[depth] ?? 0) + 1;
  let sum = 0;
  let deepest = levels.findIndex((count) => {
    sum += count;
    return sum > most;
  });
  if (deepest === -1) return new Set();
  deepest = Math.max(1, deepest - 1);
  return new Set(nodes.flatMap(({ depth, count }, index) => (depth >= deepest && count > 0 ? [index] : [])));
}

/** What a node that is closed has in it, in about `most` characters: `{n: 96, by: {…}, …}`. */
export function preview(nodes: readonly JsonNode[], index: number, most: number): string {
  const node = nodes[index];
  if (!node) return '';
  const [begin, end] = node.kind === 'array' ? ['[', ']'] : ['{', '}'];
  let words = '';
  for (let child = index + 1; child < node.end; child = nodes[child]?.end ?? node.end) {
    const one = nodes[child];
    if (!one) break;
    const separator = words === '' ? '' : ', ';
    const value = one.count > 0 ? (one.kind === 'array' ? '[…]' : '{…}') : one.text;
    const next = `${separator}${one.key === undefined ? '' : `${keyOf(one.key)}: `}${value}`;
    if (words.length + next.length > most) return `${begin}${words}${separator}…${end}`;
    words += next;
  }
  return `${begin}${words}${end}`;
}

/** A key without its quotes, where it can do without. */
export const keyOf = (key: string): string => (/^"[\p{L}_$][\p{L}\p{N}_$]*"$/u.test(key) ? key.slice(1, -1) : key);

function isCompound(json: string): boolean {
  if (!/^\s*[{[]/.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

function kindOf(token: string): JsonNode['kind'] {
  if (token === '{') return 'object';
  if (token === '[') return 'array';
  if (token.startsWith('"')) return 'string';
  return /^[-\d]/.test(token) ? 'number' : 'word';
}
