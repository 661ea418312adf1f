import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { stopBackground } from './background.ts';
import { chromium } from './driver-chromium.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** What makes the browser prerender `path` at once. */
const prerender = (path: string) =>
  `<script type="speculationrules">{"prerender": [{"urls": ["${path}"], "eagerness": "immediate"}]}</script>`;

/** 30 events with the ids 1 to 30, then silence. Tells the server whether the document was prerendered. */
const stream = (name: string) => `<script>
  new EventSource('/steady/${name}?every=10&count=30');
  fetch('/status/200?prerendering=' + document.prerendering);
</script>`;

test('a prerendered page is not in the panel; when the tab comes to it, it is, with all that it and its frame did', async () => {
  const { page, panel, visit, errors } = await stage.inspect();
  const { lab } = stage;
  lab.serve('/next-frame', stream('framed'));
  lab.serve('/next', `<!doctype html>${stream('next')}<iframe src="/next-frame"></iframe>`);
  await visit(
    `<a href="/next">next</a>${prerender('/next')}<script>new EventSource('/counter/shown?every=50')</script>`,
  );
  // It streams while the tab shows another page.
  for (const name of ['next', 'framed']) {
    await lab.when(() => lab.connectionsTo(`/steady/${name}`)[0]?.sent === 30, `the stream of ${name}`);
  }
  await lab.when(() => lab.connectionsTo('/status/200').length === 2, 'their word');
  expect(new Set(lab.connectionsTo('/status/200').map(({ url }) => new URL(url, lab.origin).search))).toEqual(
    new Set(['?prerendering=true']),
  );
  const paths = async () =>
    (await panel.sources()).map(({ url, state, carried }) => `${new URL(url).pathname} ${state} ${carried}`);
  await panel.source('/counter/shown', 'open');
  expect(await paths()).toEqual(['/counter/shown open native']);
  // Nor does it speak when its way up is made anew.
  await stopBackground(stage.browser);
  await panel.connected();
  await panel.source('/counter/shown', 'open');
  expect(await paths()).toEqual(['/counter/shown open native']);

  await page.bringToFront();
  await page.$eval('a', (link) => link.click());
  const shown = ['/steady/framed open native', '/steady/next open native'];
  await until(async () => isDeepStrictEqual((await paths()).sort(), shown), 'its sources, and no others');
  const row = await panel.source('/steady/next', 'open');
  await panel.select(row);
  expect((await panel.allEventIds()).map(Number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(lab.connectionsTo('/steady')).toHaveLength(2);
  // The way down works too.
  await panel.reset(row);
  await lab.when(() => lab.connectionsTo('/steady/next').length === 2, 'the reconnect');
  expect(lab.connectionsTo('/steady/next')[1]?.lastEventId).toBe('30');
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
});

test('a page that was prerendered before DevTools was opened is entered when the tab comes to it, as a late one', async () => {
  const { browser, lab } = stage;
  lab.clear();
  lab.serve(
    '/next-late',
    `<!doctype html>${stream('before')}<script>
      document.addEventListener('prerenderingchange', () => addEventListener('go', () => new EventSource('/steady/after')));
    </script>`,
  );
  lab.serve('/first', `<!doctype html><a href="/next-late">next</a>${prerender('/next-late')}`);
  const page = await browser.newPage();
  await page.goto(`${lab.origin}/first`);
  await lab.when(() => lab.connectionsTo('/steady/before')[0]?.sent === 30, 'the stream of the prerendered page');
  const panel = await stage.openPanel(page);
  await page.bringToFront();
  await page.$eval('a', (link) => link.click());
  await panel.toFront();
  // puppeteer may lose a page that is replaced by a prerendered one; DevTools does not.
  const inspected = chromium(panel)
    .devtools.frames()
    .find((frame) => frame.url().endsWith('devtools.html'));
  const later = `new Promise((resolve) => chrome.devtools.inspectedWindow.eval(
    "document.prerendering === false && EventSource.toString() && dispatchEvent(new Event('go'))", resolve))`;
  await until(async () => {
    await inspected?.evaluate(later);
    return (await panel.sources()).length > 0;
  }, 'a source of the page that is shown now');
  expect(new Set((await panel.sources()).map(({ url }) => new URL(url).pathname))).toEqual(new Set(['/steady/after']));
});
