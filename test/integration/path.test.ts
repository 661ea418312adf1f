import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/message.ts';
import { task } from '../support/gate.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import type { PlayedTab } from '../support/played-tab.ts';
import { burst, CONSTRUCT, dispatch, expectWhole, idsOf, more } from '../support/witness.ts';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

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

describe('the path from page to session', () => {
  test('brings what was recorded before anybody subscribed', async () => {
    const page = tab.navigate('/a');
    page.record(CONSTRUCT);
    for (let n = 1; n <= 100; n++) page.record(dispatch(n));
    await vi.waitFor(() => expect(idsOf(session, page.script)).toEqual(numbers(1, 100)));
    expect(session.connection).toBe('connected');
    expect(session.log.dropped).toBe(0);
  });

  test('loses nothing and repeats nothing when the background is stopped again and again in a burst', async () => {
    const page = tab.navigate('/a');
    const frame = page.addFrame('/frame');
    page.record(CONSTRUCT);
    frame.record(CONSTRUCT);
    for (let n = 1; n <= 2000; n++) {
      page.record(dispatch(n));
      frame.record(dispatch(n));
      if (n % 100 === 0) {
        // In the middle of whatever is under way by then: between two tasks, so that some batches have left.
        await task();
        if (n % 200 === 0) browser.killBackground();
      }
    }
    await vi.waitFor(() => expect(session.log.events).toBe(4000), 5000);
    for (const { script } of [page, frame]) expect(idsOf(session, script)).toEqual(numbers(1, 2000));
    expect(session.log.dropped).toBe(0);
    expect(session.log.malformed).toBe(0);
  });

  test('counts what the ring of the page let go before anyone asked', async () => {
    const page = tab.navigate('/a', 'unloaded', { entries: 10, size: 1e6 });
    for (let n = 1; n <= 25; n++) page.record(dispatch(n));
    await vi.waitFor(() => expect(session.log.dropped).toBe(15));
    expect(idsOf(session, page.script)).toEqual(numbers(16, 25));
  });

  test('keeps the last entries of a document that is unloaded before they were sent', async () => {
    const page = tab.navigate('/a');
    const frame = page.addFrame('/frame');
    burst(frame, 1);
    await expectWhole(session, frame);
    more(frame, 1);
    page.removeFrame(frame);
    await expectWhole(session, frame);
    expect(session.log.sources[0]?.attempts.at(-1)?.ended?.by).toBe('unload');
  });

  test('takes a command to the one document that it is for, and a refusal back', async () => {
    const page = tab.navigate('/a');
    const frame = page.addFrame('/frame');
    for (const document of [page, frame]) document.record(CONSTRUCT);
    await vi.waitFor(() => expect(session.log.sources).toHaveLength(2));
    const target = session.log.sources.find(({ document }) => document.id === frame.script.info.id);
    if (!target) throw new Error('the frame has no source');
    frame.script.refuse = 'closed';
    session.reset(target);
    await vi.waitFor(() => expect(session.refused).toEqual({ source: target, reason: 'closed' }));
    expect(page.script.commands).toEqual([]);
    frame.script.refuse = undefined;
    session.reset(target);
    await vi.waitFor(() => expect(session.refused).toBeUndefined());
    expect(frame.script.commands).toHaveLength(2);
  });

  test('says that a page with scripts of another version must be reloaded', async () => {
    const page = tab.navigate('/a');
    await vi.waitFor(() => expect(tab.wasToldOf(page.script)).toBe(true));
    page.forge({ type: 'hello', version: PROTOCOL_VERSION + 1, document: page.script.info, time: 0, last: 0 });
    await vi.waitFor(() => expect(session.connection).toBe('outdated'));
  });

  test('drops and counts what is not of the protocol', async () => {
    const page = tab.navigate('/a');
    page.record(CONSTRUCT);
    await vi.waitFor(() => expect(session.log.sources).toHaveLength(1));
    page.forge({ type: 'entries', document: page.script.info.id, after: 0, entries: '[{"seq":-1}]' });
    page.forge('nonsense');
    await vi.waitFor(() => expect(session.log.malformed).toBe(2));
    page.record(dispatch(1));
    await vi.waitFor(() => expect(idsOf(session, page.script)).toEqual(['1']));
  });
});

describe('a document', () => {
  test('that nobody inspects is dismissed, and all of them when DevTools closes', async () => {
    const other = browser.newTab();
    await vi.waitFor(() => expect(other.page.script.dismissed).toBe(true));
    expect(tab.page.script.dismissed).toBe(false);
    tab.closeDevtools();
    await vi.waitFor(() => expect(tab.page.script.dismissed).toBe(true));
    await vi.waitFor(() => expect(browser.registered).toBe(false));
  });

  test('that starts after DevTools was closed while the background was stopped is dismissed, and is the last', async () => {
    tab.closeDevtools();
    browser.killBackground();
    const page = tab.navigate('/a');
    await vi.waitFor(() => expect(page.script.dismissed).toBe(true));
    await vi.waitFor(() => expect(browser.registered).toBe(false));
  });

  test('that starts while the background is being started again is not dismissed', async () => {
    browser.killBackground();
    const page = tab.navigate('/a');
    burst(page, 1);
    await expectWhole(session, page);
    expect(page.script.dismissed).toBe(false);
  });
});
