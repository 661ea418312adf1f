import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { task } from '../support/gate.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import type { PlayedTab } from '../support/played-tab.ts';
import { burst, expectWhole, more, SOON, sourcesOf } from '../support/witness.ts';

let browser: PlayedBrowser;
let tab: PlayedTab;
let session: Session;
beforeEach(async () => {
  browser = new PlayedBrowser();
  tab = browser.newTab();
  session = tab.inspect();
  session.preserveLog(true);
  await vi.waitFor(() => expect(session.connection).toBe('connected'), SOON);
});
afterEach(() => browser.close());

const states = () => session.log.sources.map(({ document: { url }, state }) => `${new URL(url).pathname} ${state}`);
const marks = () => session.log.marks.flatMap((mark) => (mark.type === 'navigation' ? mark.entered : []));

describe('a navigation', () => {
  test('keeps all of the page that is left, also what was not sent yet, and ends it', async () => {
    const old = tab.navigate('/a');
    const frame = old.addFrame('/frame');
    for (const document of [old, frame]) burst(document, 50);
    await expectWhole(session, old, frame);
    for (const document of [old, frame]) more(document, 50);
    const next = tab.navigate('/b');
    burst(next, 10);
    await expectWhole(session, old, frame, next);
    expect(states()).toEqual(['/a closed', '/frame closed', '/b open']);
    expect(session.log.dropped).toBe(0);
  });

  test('ends the page that is left once, at its own word, if the next one says hello before that', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    const next = tab.navigate('/b', 'lingers');
    burst(next, 10);
    more(old, 10);
    await vi.waitFor(() => expect(session.log.page?.id).toBe(next.script.info.id), SOON);
    more(old, 10);
    old.unload();
    await expectWhole(session, old, next);
    expect(states()).toEqual(['/a closed', '/b open']);
  });

  test('before anybody asked the page for its entries takes them along', async () => {
    tab.devtoolsAreBusy = true;
    const old = tab.navigate('/a');
    burst(old, 10);
    await old.script.posts('hello');
    // (The hello goes on to the bridge meanwhile.)
    await task();
    await task();
    const next = tab.navigate('/b');
    burst(next, 1);
    tab.devtoolsAreBusy = false;
    await expectWhole(session, old, next);
    expect(session.log.dropped).toBe(0);
  });

  test('says again what DevTools did not confirm, which counts once', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    tab.devtoolsAreBusy = true;
    more(old, 10);
    await old.script.posts('entries');
    // It goes on to DevTools, which takes it later.
    await task();
    await task();
    const next = tab.navigate('/b');
    burst(next, 1);
    tab.devtoolsAreBusy = false;
    await expectWhole(session, old, next);
    expect(session.log.dropped).toBe(0);
  });

  test('takes along what is between the page and its bridge, which the bridge never gets', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    more(old, 10);
    await old.script.posts('entries');
    const next = tab.navigate('/b');
    burst(next, 1);
    await expectWhole(session, old, next);
    expect(session.log.dropped).toBe(0);
  });

  test('that reloads is one page more, with everything of the one before', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    more(old, 10);
    const next = tab.reload();
    burst(next, 10);
    await expectWhole(session, old, next);
    expect(next.script.info.id).not.toBe(old.script.info.id);
    expect(marks()).toEqual(['navigate', 'reload']);
  });

  test('while the log is not preserved forgets the page that is left, and nothing of the next one', async () => {
    session.preserveLog(false);
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    more(old, 10);
    const next = tab.navigate('/b', 'lingers');
    const frame = next.addFrame('/frame');
    for (const document of [next, frame]) burst(document, 10);
    await vi.waitFor(() => expect(session.log.page?.id).toBe(next.script.info.id), SOON);
    more(old, 10);
    old.unload();
    await vi.waitFor(() => expect(tab.wasToldTheEndOf(old.script)).toBe(true), SOON);
    await expectWhole(session, next, frame);
    expect(sourcesOf(session, old.script)).toEqual([]);
    expect(session.log.dropped).toBe(0);
  });
});

describe('out of the back/forward cache', () => {
  test('a page and its frames go on where they were, and the one that is left ends', async () => {
    const old = tab.navigate('/a');
    const frame = old.addFrame('/frame');
    for (const document of [old, frame]) burst(document, 10);
    await expectWhole(session, old, frame);
    for (const document of [old, frame]) more(document, 10);
    const next = tab.navigate('/b', 'cached');
    burst(next, 10);
    await expectWhole(session, old, frame, next);
    expect(states()).toEqual(['/a closed', '/frame closed', '/b open']);

    expect(tab.back()).toBe(old);
    for (const document of [old, frame]) more(document, 10);
    await expectWhole(session, old, frame, next);
    expect(states()).toEqual(['/a open', '/frame open', '/b closed']);
    expect(marks()).toEqual(['navigate', 'navigate', 'back_forward']);
    expect(session.log.dropped).toBe(0);
  });

  test('a page brings what it recorded while the background was stopped', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    more(old, 10);
    browser.killBackground();
    // It goes without a way to say so.
    const next = tab.navigate('/b', 'cached');
    burst(next, 10);
    await expectWhole(session, next);
    browser.killBackground();
    tab.back('cached');
    more(old, 10);
    await expectWhole(session, old);
    tab.back();
    more(next, 10);
    await expectWhole(session, old, next);
    expect(states()).toEqual(['/a closed', '/b open']);
    expect(session.log.dropped).toBe(0);
  });

  test('a page of which a message was between it and its bridge repeats nothing', async () => {
    const old = tab.navigate('/a');
    burst(old, 10);
    await expectWhole(session, old);
    more(old, 10);
    await old.script.posts('entries');
    const next = tab.navigate('/b', 'cached');
    burst(next, 10);
    // All of it, before the page comes back, which it may never do.
    await expectWhole(session, old, next);
    tab.back();
    more(old, 10);
    await expectWhole(session, old, next);
    expect(session.log.dropped).toBe(0);
  });
});

describe('a frame', () => {
  test('that is removed ends, and nothing else does', async () => {
    const page = tab.navigate('/a');
    const [gone, stays] = [page.addFrame('/gone'), page.addFrame('/stays')];
    for (const document of [page, gone, stays]) burst(document, 10);
    await expectWhole(session, page, gone, stays);
    more(gone, 10);
    page.removeFrame(gone);
    for (const document of [page, stays]) more(document, 10);
    await expectWhole(session, page, gone, stays);
    expect(new Set(states())).toEqual(new Set(['/a open', '/gone closed', '/stays open']));
  });

  test('in a frame is told apart from it, and goes with it', async () => {
    const page = tab.navigate('/a');
    const outer = page.addFrame('/outer');
    const inner = outer.addFrame('/inner');
    for (const document of [page, outer, inner]) burst(document, 10);
    await expectWhole(session, page, outer, inner);
    page.removeFrame(outer);
    await expectWhole(session, page, outer, inner);
    expect(new Set(states())).toEqual(new Set(['/a open', '/outer closed', '/inner closed']));
  });
});
