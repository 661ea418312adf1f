/** An element of an XML document; text between elements that is only white space is left out. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const NAME = '[A-Za-z_:][\\w:.-]*';
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, 'g');
const TOKEN = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|([^<]+)`, 'y');
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the XML that a strict reader takes: nothing unknown, unescaped, open, twice, or of no character of XML 1.0. */
export function strictXml(document: string): Element {
  const characters = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
  if (!characters.test(document)) throw new Error('There is a character that XML does not have.');
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(prolog)) throw new Error('There is no prolog.');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = prolog.length;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(document);
    const parent = open.at(-1);
    if (!match || !parent) throw new Error(`Not XML: ${document.slice(at, at + 60)}`);
    const [, closes, name = '', attributes = '', isEmpty, text] = match;
    if (text !== undefined) parent.text += unescaped(text).trim();
    else if (closes) {
      if (attributes !== '' || open.pop()?.name !== name) throw new Error(`Wrong end: ${match[0]}`);
    } else {
      const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || !only || others.length > 0 || root.text !== '') throw new Error('There must be one root.');
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const all = [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescaped(value)] as const);
  if (new Set(all.map(([name]) => name)).size < all.length) throw new Error(`Twice the same attribute: ${text}`);
  return Object.fromEntries(all);
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(`Unescaped: ${text}`);
  return text.replace(/&([^;\s]*)(;?)/g, (all, name: string, end: string) => {
    const character = ENTITIES[name];
    if (character === undefined || end === '') throw new Error(`Unknown entity: ${all}`);
    return character;
  });
}
