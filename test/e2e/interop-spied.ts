import type { Page } from 'puppeteer-core';
import { HANDOVER } from '../../src/protocol/handover.ts';
import { more, WATCH } from './interop-page.ts';
import { spy } from './pages/spy.ts';
import type { Inspected, Stage } from './stage.ts';

/** A page with one source, `es`, and with `script` before it. */
export const spiedBody = (script: string): string =>
  `${WATCH}${script}<script>watch('es', new EventSource('/counter/spied?every=50'))</script>`;

/** An inspected page that spies from its first script on, with its source reset, and events from after that. */
export async function spied({ inspect, lab }: Stage): Promise<Inspected> {
  const inspected = await inspect();
  const { page, panel, visit } = inspected;
  lab.clear();
  await visit(spiedBody(spy([HANDOVER])));
  await panel.reset(await panel.source('/counter/spied', 'open'));
  await lab.when(() => lab.connectionsTo('/counter/spied').length === 2, 'the reconnect');
  await panel.source('/counter/spied', 'open');
  await more(page, 'es');
  return inspected;
}

/** Where the page, or the one before it in the same tab, saw something of ours. */
export const caught = (page: Page): Promise<string[]> =>
  page.evaluate(`[...new Set(sessionStorage.caught.split('\\n').filter(Boolean))]`) as never;
