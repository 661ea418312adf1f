import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import type { NetworkFact } from '../../src/protocol/network.ts';
import type { SourceRecord, StreamRecord } from '../../src/protocol/record.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import type { PlayedDocument } from '../support/played-document.ts';
import type { PlayedTab } from '../support/played-tab.ts';

let browser: PlayedBrowser;
let tab: PlayedTab;
let session: Session;
beforeEach(async () => {
  browser = new PlayedBrowser();
  tab = browser.newTab();
  session = tab.inspect();
  await vi.waitFor(() => expect(session.connection).toBe('connected'));
});
afterEach(() => browser.close());

const URL = 'http://127.0.0.1/events';
const now = () => performance.timeOrigin + performance.now();
const tick = (n: number, heard: boolean): Extract<SourceRecord, { type: 'dispatch' }> => {
  const data = `tick ${n}`;
  return { type: 'dispatch', event: 'tick', data, size: data.length, lastEventId: `${n}`, origin: '', heard };
};
const seen = (...parts: StreamRecord[]): NetworkFact => ({ type: 'parts', request: '1', time: now(), parts, lost: 0 });

/** The page makes a source, and is answered; the network and the tap in it saw that, too. */
function open(page: PlayedDocument): void {
  const { sender } = page;
  page.record({ type: 'construct', kind: 'eventsource', url: URL, withCredentials: false });
  page.record({ type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' });
  const at = { request: '1', time: now() };
  const headers: [string, string][] = [['Accept', 'text/event-stream']];
  tab.network(
    { type: 'request', ...at, started: at.time, sender, url: URL, method: 'GET', headers },
    { type: 'response', ...at, status: 200, statusLine: '', headers: [], fromCache: false },
    { type: 'tapped', ...at },
  );
}

const shown = () =>
  session.log.sources.map(({ events, lines }) => ({
    events: events.map(({ data, heard }) => `${data}${heard ? '' : ' unheard'}`),
    lines: lines.map(({ value }) => value),
  }));

test('what the tap sees comes by its own way, and meets what the page tells', async () => {
  const page = tab.navigate('/a');
  open(page);
  tab.network(seen({ type: 'comment', value: 'hello', size: 5 }, tick(1, false)));
  page.record({ type: 'announce' });
  await vi.waitFor(() => expect(shown()).toEqual([{ events: ['tick 1 unheard'], lines: ['hello'] }]));
  page.record({ type: 'listen', event: 'tick' });
  tab.network(seen(tick(2, false)));
  page.record(tick(2, true));
  tab.network(seen(tick(3, false), { type: 'comment', value: 'bye', size: 3 }));
  page.record(tick(3, true));
  await vi.waitFor(() =>
    expect(shown()).toEqual([{ events: ['tick 1 unheard', 'tick 2', 'tick 3'], lines: ['hello', 'bye'] }]),
  );
  expect(session.log.dropped).toBe(0);
});

test('what it saw before the background was stopped stays, and the page is heard without it', async () => {
  const page = tab.navigate('/a');
  open(page);
  page.record({ type: 'announce' });
  tab.network(seen({ type: 'comment', value: 'hello', size: 5 }));
  await vi.waitFor(() => expect(shown()).toEqual([{ events: [], lines: ['hello'] }]));
  browser.killBackground();
  page.record({ type: 'listen', event: 'tick' });
  for (let n = 1; n <= 3; n++) page.record(tick(n, true));
  await vi.waitFor(() => expect(shown()).toEqual([{ events: ['tick 1', 'tick 2', 'tick 3'], lines: ['hello'] }]));
});
