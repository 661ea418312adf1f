import type { Log } from '../model/log.ts';
import type { Milliseconds } from '../protocol/record.ts';

const MINUTE: Milliseconds = 60_000;

/** `sse-lifeline-app.example.com-2026-11-23T10-42-19.json`: which page, and when, in local time. */
export function fileName({ page, sources }: Pick<Log, 'page' | 'sources'>, now: Milliseconds): string {
  const url = page?.url ?? sources[0]?.document.url ?? '';
  const host = URL.canParse(url) ? new URL(url).host : '';
  const local = new Date(now - new Date(now).getTimezoneOffset() * MINUTE).toISOString().slice(0, 19);
  const parts = ['sse-lifeline', host, local].filter(Boolean);
  // A host may have a port, or brackets; a file on every system may not.
  return `${parts.join('-').replaceAll(/[^\w.-]+/g, '-')}.json`;
}
