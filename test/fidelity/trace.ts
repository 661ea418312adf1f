import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Connection } from '../lab/log.ts';
import type { Life, Seen } from './live.ts';

/** One line of a trace: what must be the same, by name, and when it was, which must be so within the tolerance. */
export interface Line {
  fields: Record<string, string>;
  /** Names of `times`: since the line before, and how long it lasted. */
  times: Record<string, Milliseconds>;
}

/** What page and server saw of one life of a source. */
export interface Trace {
  page: Line[];
  server: Line[];
  /** How many events the browser's own code has fired, and how many ours. */
  trusted: { yes: number; no: number };
  trouble?: string;
}

/** `page`: the origin of the page. */
export function traceOf({ made, seen, trouble }: Life, connections: readonly Connection[], page: string): Trace {
  const no = seen.filter(({ isTrusted }) => !isTrusted).length;
  return {
    page: seen.map((one, index) => pageLine(one, seen[index - 1]?.time ?? made)),
    server: connections.map((one, index) => serverLine(one, connections[index - 1], page)),
    trusted: { yes: seen.length - no, no },
    ...(trouble !== undefined && { trouble }),
  };
}

const STATES = ['CONNECTING', 'OPEN', 'CLOSED'];

function pageLine({ type, readyState, time, data, lastEventId, origin }: Seen, before: Milliseconds): Line {
  const state = STATES[readyState] ?? `${readyState}`;
  const fields = { type, readyState: state };
  return {
    fields: data === undefined ? fields : { ...fields, data, lastEventId: lastEventId ?? '', origin: origin ?? '' },
    times: { gap: time - before },
  };
}

/** Names the host and its connection, which differ: each life has a server of its own. */
const OWN = new Set(['host', 'connection']);

function serverLine(connection: Connection, before: Connection | undefined, page: string): Line {
  const { method, url, headers, status, time, closed } = connection;
  const { origin, pathname, search } = new URL(url);
  const named = Object.entries(headers)
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]) => [
      `header ${name}`,
      `${value}`
        .replaceAll(page, 'own')
        .replaceAll(origin, 'other')
        .replace(/own\/\w+\.html$/, 'own/page'),
    ])
    .sort();
  return {
    fields: {
      method,
      url: pathname + search,
      ...Object.fromEntries(named),
      status: `${status ?? 'none'}`,
      'closed by': closed?.by ?? 'nobody',
    },
    times: {
      ...(before && { gap: time - before.time }),
      ...(closed && { life: closed.time - time }),
    },
  };
}

/** `open 1 2 3 error→CONNECTING open 4`: events without a type of their own by the first number in their data. */
export function pageInShort({ page, trouble }: Trace): string {
  const parts = page.map(({ fields: { type, readyState, data, lastEventId } }) => {
    if (data === undefined) return type === 'open' ? 'open' : `${type}→${readyState}`;
    const named = /^event (\d+)/.exec(data)?.[1] ?? JSON.stringify(data);
    return `${type === 'message' ? '' : `${type} `}${named}${named === lastEventId ? '' : ` (id ${JSON.stringify(lastEventId)})`}`;
  });
  return [...parts, ...(trouble === undefined ? [] : [`(${trouble})`])].join(' · ');
}

export function serverInShort({ server }: Trace): string {
  const parts = server.map(({ fields }) => {
    const id = fields['header last-event-id'];
    return `${fields['method']}${id === undefined ? '' : ` id ${id}`} → ${fields['status']}, closed by ${fields['closed by']}`;
  });
  return parts.join(' · ') || 'no request';
}
