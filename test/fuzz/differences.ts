import { decoded, printed } from './bytes.ts';
import type { Asked, Kind } from './server.ts';
import type { Case } from './stream.ts';
import type { Life } from './witness.ts';

/** What a source of one kind lived through: its page and its server tell. */
export interface Trace extends Life {
  asked: Asked[];
}
export type Traces = Record<Kind, Trace>;

export const differ = ({ native, ours }: Traces): boolean => comparable(native) !== comparable(ours);
const comparable = ({ seen, asked }: Trace) => JSON.stringify([seen, asked]);

/** Every type that a line of these streams may name, read by a rule that is wider than any parser's. */
export function typesOf({ answers }: Case): string[] {
  const types = new Set<string>();
  for (const { chunks } of answers) {
    for (const line of decoded(chunks.join('')).split(/[\r\n]/)) {
      const [, value] = /^\uFEFF?event[^:]*:(.*)$/s.exec(line) ?? [];
      if (value !== undefined) types.add(value).add(value.replace(/^ /, '')).add(value.trim());
    }
  }
  return [...types].filter(Boolean);
}

/** The case and both traces, to read and to replay. */
export function told({ answers, last, closeAt }: Case, traces: Traces): string {
  const served = answers.map(({ chunks, end }, index) => {
    const bytes = chunks.length > 0 ? chunks.map(printed).join(' | ') : 'no body';
    return `  answer ${index + 1}, ${end} end: ${bytes}\n`;
  });
  const closing = closeAt === undefined ? '' : `; the page closes in the handler of event ${closeAt}`;
  return `${served.join('')}  then: ${last}${closing}\n${side('native', traces)}${side('ours', traces)}`;
}

function side(kind: Kind, traces: Traces): string {
  const other = traces[kind === 'native' ? 'ours' : 'native'];
  const { seen, asked } = traces[kind];
  const rows = seen.map((each, index) => row(JSON.stringify(each), JSON.stringify(other.seen[index])));
  const requests = asked.map((headers, index) => {
    const others = other.asked[index];
    const unlike = headers.filter((header) => others?.includes(header) === false);
    const id = headers.filter((header) => header.startsWith('last-event-id'));
    const shown = [...new Set([...id, ...unlike])].map((header) => JSON.stringify(header.slice(0, 300)));
    return row(`request ${index + 1} ${shown.join(' ')}`, others && unlike.length === 0 ? undefined : '');
  });
  return `  ${kind}:\n${[...rows, ...requests].join('')}`;
}

/** Marked where the other side has another. */
const row = (text: string, other: string | undefined) =>
  `  ${other === undefined || other === text ? ' ' : '≠'} ${text}\n`;
