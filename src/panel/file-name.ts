import type { Log } from '../model/log.ts';
import type { Milliseconds } from '../protocol/record.ts';

const MINUTE: Milliseconds = 60_000;

/** `sse-lifeline-app.example.com-2026-11-23T10-42-19.json`: which page, and when, in local time. */
export function fileName({ page, sources }: Pick<Log, 'page' | 'sources'>, now: Milliseconds): string {
  const url = page?.url ?? sources[0]?.document.url ?? '';
  const host = URL.canParse(url) ? new URL(url).host : '';
  // It may have a port, or brackets; the name of a file may not, on every system.
  const safe = host.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const local = new Date(now - new Date(now).getTimezoneOffset() * MINUTE).toISOString().slice(0, 19);
  return `${['sse-lifeline', safe, local.replaceAll(':', '-')].filter(Boolean).join('-')}.json`;
}
