/** Bytes as a string of characters up to U+00FF, one for each: so they shrink, print, and travel as JSON. */
export type ByteString = string;

export const utf8 = (text: string): ByteString => Buffer.from(text, 'utf8').toString('latin1');
export const decoded = (bytes: ByteString): string => new TextDecoder().decode(toBuffer(bytes));
export const toBuffer = (bytes: ByteString): Buffer => Buffer.from(bytes, 'latin1');

/** One to four bytes, a character of UTF-8 too, twenty times or more; or all up to there. */
const PARTS = /(.{1,4}?)\1{19,}|(?:(?!(.{1,4}?)\2{19}).)+/gs;
const NAMES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" };

/** As a JavaScript expression. */
export function printed(bytes: ByteString): string {
  const parts = [...bytes.matchAll(PARTS)].map(([part, unit]) =>
    unit === undefined ? quoted(part) : `${quoted(unit)}.repeat(${part.length / unit.length})`,
  );
  return parts.join(' + ') || "''";
}

const quoted = (bytes: ByteString) => `'${[...bytes].map(visible).join('')}'`;

function visible(character: string): string {
  const named = NAMES[character];
  if (named) return named;
  const code = character.charCodeAt(0);
  return code >= 0x20 && code < 0x7f ? character : `\\x${code.toString(16).padStart(2, '0')}`;
}
