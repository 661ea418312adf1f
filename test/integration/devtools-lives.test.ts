import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/message.ts';
import { task } from '../support/gate.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import { burst, dispatch, expectWhole, idsIn, idsOf, more, SOON, sourcesOf } from '../support/witness.ts';

let browser: PlayedBrowser;
beforeEach(() => {
  browser = new PlayedBrowser();
});
afterEach(() => browser.close());

const connected = (session: Session) => vi.waitFor(() => expect(session.connection).toBe('connected'), SOON);
const urls = (session: Session) => session.log.sources.map(({ document: { url } }) => new URL(url).pathname);

describe('DevTools', () => {
  test('opened late finds the page and its frames, which say that they had their say before', async () => {
    const tab = browser.newTab('/a');
    const frame = tab.page.addFrame('/frame');
    const session = tab.inspect();
    await vi.waitFor(() => expect(frame.scripts).toHaveLength(1), SOON);
    for (const document of [tab.page, frame]) burst(document, 10);
    await expectWhole(session, tab.page, frame);
    expect(session.log.page).toMatchObject({ late: true, url: 'http://127.0.0.1/a' });
    // Nobody came to that page while DevTools was open.
    expect(session.log.marks).toEqual([]);
  });

  test('closed dismisses what it inspects, and opened again begins with a new script in every document', async () => {
    const tab = browser.newTab('/a');
    const frame = tab.page.addFrame('/frame');
    const before = tab.inspect();
    await vi.waitFor(() => expect(frame.scripts).toHaveLength(1), SOON);
    for (const document of [tab.page, frame]) burst(document, 10);
    await expectWhole(before, tab.page, frame);
    const old = [tab.page.script, frame.script];
    tab.closeDevtools();
    await vi.waitFor(() => expect(old.map(({ dismissed }) => dismissed)).toEqual([true, true]), SOON);

    const session = tab.inspect();
    await vi.waitFor(() => expect([tab.page, frame].map(({ scripts }) => scripts.length)).toEqual([2, 2]), SOON);
    for (const document of [tab.page, frame]) burst(document, 5);
    await expectWhole(session, tab.page, frame);
    expect(tab.page.script.info.late).toBe(true);
    expect(session.log.sources).toHaveLength(2);
    expect(session.log.dropped).toBe(0);
    for (const script of old) expect(sourcesOf(session, script)).toEqual([]);
    expect([tab.page, frame].map(({ script }) => script.dismissed)).toEqual([false, false]);
  });

  test('closed and opened again, after any number of tasks in between, has what is recorded from then on', async () => {
    const tab = browser.newTab('/a');
    tab.inspect();
    for (let between = 0; between < 8; between++) {
      await vi.waitFor(() => expect(tab.page.script.dismissed).toBe(false), SOON);
      burst(tab.page, 3, 1);
      tab.closeDevtools();
      for (let tasks = 0; tasks < between; tasks++) await task();
      const session = tab.inspect();
      await vi.waitFor(() => expect(session.log.page?.id).toBe(tab.page.script.info.id), SOON);
      const { script } = tab.page;
      const had = script.recorded.length;
      burst(tab.page, 10, 2);
      const fresh = idsIn(script.recorded.slice(had));
      await vi.waitFor(() => expect(idsOf(session, script).slice(-10)).toEqual(fresh), SOON);
      expect(script.dismissed).toBe(false);
      expect(session.log.malformed).toBe(0);
    }
  });

  test('closed while a page is in the back/forward cache dismisses it when it comes back', async () => {
    const tab = browser.newTab('/');
    const other = browser.newTab('/other');
    await connected(other.inspect());
    await connected(tab.inspect());
    const old = tab.navigate('/a');
    tab.navigate('/b', 'cached');
    tab.closeDevtools();
    await vi.waitFor(() => expect(tab.page.script.dismissed).toBe(true), SOON);
    expect(old.script.dismissed).toBe(false);
    tab.back();
    await vi.waitFor(() => expect(old.script.dismissed).toBe(true), SOON);
    expect(other.page.script.dismissed).toBe(false);
  });

  test('is told of nothing by what ran of the extension before it was reloaded, and of all that is loaded then', async () => {
    const tab = browser.newTab('/a');
    const before = tab.inspect();
    await vi.waitFor(() => expect(tab.page.scripts).toHaveLength(1), SOON);
    burst(tab.page, 10);
    await expectWhole(before, tab.page);
    browser.reloadExtension();
    await vi.waitFor(() => expect(before.connection).toBe('connecting'), SOON);
    const orphan = tab.page;
    more(orphan, 10);
    tab.closeDevtools();
    const session = tab.inspect();
    await connected(session);
    const next = tab.reload();
    burst(next, 10);
    await expectWhole(session, next);
    expect(urls(session)).toEqual(['/a']);
    expect(sourcesOf(session, orphan.script)).toEqual([]);
    expect(before.log.events).toBe(10);
  });
});

describe('two tabs', () => {
  test('with the same page, each inspected: each session has its own, whatever becomes of the other', async () => {
    const tabs = [browser.newTab('/a'), browser.newTab('/a')] as const;
    const sessions = [tabs[0].inspect(), tabs[1].inspect()] as const;
    await Promise.all(sessions.map(connected));
    for (const tab of tabs) tab.navigate('/a');
    const pages = [tabs[0].page, tabs[1].page] as const;
    for (const page of pages) burst(page.addFrame('/frame'), 20);
    burst(pages[0], 30);
    burst(pages[1], 40);
    browser.killBackground();
    for (const index of [0, 1] as const) await expectWhole(sessions[index], ...pages[index].tree);
    for (const { log } of sessions) expect(log.sources).toHaveLength(2);

    const [source] = sourcesOf(sessions[0], pages[0].script);
    if (!source) throw new Error('no source');
    sessions[0].reset(source);
    await vi.waitFor(() => expect(pages[0].script.commands).toHaveLength(1), SOON);
    expect(pages[1].script.commands).toEqual([]);
    sessions[0].setManageNew(true);
    await vi.waitFor(() => expect(pages[0].tree.map(({ script }) => script.manages)).toEqual([true, true]), SOON);
    expect(pages[1].tree.map(({ script }) => script.manages)).toEqual([false, false]);

    tabs[0].closeDevtools();
    await vi.waitFor(() => expect(pages[0].script.dismissed).toBe(true), SOON);
    more(pages[1], 10);
    await expectWhole(sessions[1], ...pages[1].tree);
    expect(pages[1].tree.map(({ script }) => script.dismissed)).toEqual([false, false]);
    expect(browser.registered).toBe(true);
    tabs[1].closeDevtools();
    await vi.waitFor(() => expect(browser.registered).toBe(false), SOON);
  });

  test('one inspected: the other is dismissed, also when both start while the background is stopped', async () => {
    const [tab, other] = [browser.newTab(), browser.newTab()];
    const session = tab.inspect();
    await connected(session);
    browser.killBackground();
    const stranger = other.navigate('/b');
    const page = tab.navigate('/a');
    for (const document of [page, stranger]) burst(document, 10);
    await expectWhole(session, page);
    await vi.waitFor(() => expect(stranger.script.dismissed).toBe(true), SOON);
    expect(page.script.dismissed).toBe(false);
    expect(urls(session)).toEqual(['/a']);
    await vi.waitFor(() => expect(browser.registered).toBe(true), SOON);
  });
});

describe('a message that was forged in the process of another frame', () => {
  test('is counted as malformed and changes nothing', async () => {
    const tab = browser.newTab();
    const session = tab.inspect();
    await connected(session);
    const page = tab.navigate('/a');
    const frame = page.addFrame('/frame');
    for (const document of [page, frame]) burst(document, 10);
    await expectWhole(session, page, frame);
    const { info, recorded } = page.script;
    const seq = recorded.length + 1;
    const time = info.started + 1;
    const forged = JSON.stringify([{ seq, time, source: 1, record: dispatch('forged') }]);
    const before = structuredClone(session.log.sources);
    const messages = [
      { type: 'hello', version: PROTOCOL_VERSION, document: { ...info, url: 'http://evil.test/' }, time, last: 0 },
      { type: 'entries', document: info.id, after: seq - 1, entries: forged },
      { type: 'entries', document: info.id, after: seq + 5, entries: forged },
      { type: 'outcome', document: info.id, command: 1, ok: false, reason: 'gone' },
      { type: 'bye', document: info.id, time },
    ];
    for (const message of messages) frame.forge(message);
    await vi.waitFor(() => expect(session.log.malformed).toBe(messages.length), SOON);
    expect(session.log.sources).toEqual(before);
    expect(session.log.dropped).toBe(0);
    expect(session.refused).toBeUndefined();
    // It is heard like before, and so is the frame.
    session.clear();
    for (const document of [page, frame]) more(document, 1);
    await vi.waitFor(() => {
      for (const { script } of [page, frame]) expect(idsOf(session, script)).toEqual(idsIn(script.recorded.slice(-1)));
    }, SOON);
  });
});
