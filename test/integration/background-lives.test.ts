import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { task } from '../support/gate.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import type { PlayedTab } from '../support/played-tab.ts';
import { burst, expectWhole, more, SOON } from '../support/witness.ts';

let browser: PlayedBrowser;
let tab: PlayedTab;
let session: Session;
beforeEach(async () => {
  browser = new PlayedBrowser();
  tab = browser.newTab();
  session = tab.inspect();
  await vi.waitFor(() => expect(session.connection).toBe('connected'), SOON);
});
afterEach(() => browser.close());

describe('a background that is stopped', () => {
  test('between a command and its outcome has the command run once, and its effect is seen', async () => {
    const page = tab.navigate('/a');
    burst(page, 10);
    await expectWhole(session, page);
    const [source] = session.log.sources;
    if (!source) throw new Error('no source');
    session.reset(source);
    while (page.script.commands.length === 0) await task();
    page.record({ type: 'reestablish', lastEventId: 'x', forced: true });
    browser.killBackground();
    await expectWhole(session, page);
    expect(page.script.commands).toHaveLength(1);
    expect(source.state).toBe('waiting');
    expect(session.refused).toBeUndefined();
    // The next one is answered as ever.
    page.script.refuse = 'waiting';
    session.reset(source);
    await vi.waitFor(() => expect(session.refused).toEqual({ source, reason: 'waiting' }), SOON);
  });

  test('while DevTools is busy and messages are on the way loses nothing', async () => {
    const page = tab.navigate('/a');
    burst(page, 100);
    await expectWhole(session, page);
    tab.devtoolsAreBusy = true;
    for (let round = 0; round < 5; round++) {
      more(page, 100);
      // It posts none while nobody can subscribe.
      await page.script.posts('entries', 20);
      if (round % 2 === 1) browser.killBackground();
    }
    tab.devtoolsAreBusy = false;
    await expectWhole(session, page);
    expect(page.script.dismissed).toBe(false);
    expect(session.log.dropped).toBe(0);
  });

  test('dismisses nothing that is inspected, whatever starts meanwhile', async () => {
    const page = tab.navigate('/a');
    burst(page, 1);
    await expectWhole(session, page);
    for (let round = 0; round < 10; round++) {
      browser.killBackground();
      for (let tasks = 0; tasks < round; tasks++) await task();
      burst(page.addFrame(`/frame-${round}`), 5);
    }
    await expectWhole(session, ...page.tree);
    expect(page.tree.map(({ scripts }) => scripts.map(({ dismissed }) => dismissed))).toEqual(
      page.tree.map(() => [false]),
    );
  });
});
