import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stopBackground, watchBackground } from './background.ts';
import { eventCount, leave, more, recordedOnce, rowsOf, WATCH } from './interop-page.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** The functions and getters that we replace, as a page sees them. */
const REPLACED = `[
  [window, 'EventSource'], [EventSource.prototype, 'constructor'], [EventSource.prototype, 'readyState'],
  [EventSource.prototype, 'close'], [EventTarget.prototype, 'addEventListener'],
].map(([holder, name]) => {
  const { value, get } = Object.getOwnPropertyDescriptor(holder, name);
  return Function.prototype.toString.call(value ?? get);
}).join()`;

describe('a document that is injected again records each source and event once, and its page sees each once:', () => {
  test('after the service worker was stopped, for sources from before and from after', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WATCH}<script>watch('es', new EventSource('/counter/twice?every=50'))</script>`);
    await panel.source('/counter/twice', 'open');
    await page.evaluate('window.first = EventSource, undefined');
    for (let round = 0; round < 2; round++) {
      await stopBackground(stage.browser);
      await panel.connected();
      await recordedOnce(page, panel, `round${round}`, 'new EventSource');
    }
    // No second hook over the first.
    expect(await page.evaluate('EventSource === first')).toBe(true);
    await more(page, 'es');
    await page.evaluate('es.close()');
    await panel.select(await panel.source('/counter/twice', 'closed'));
    const count = await page.evaluate('handled.es.length');
    await until(async () => (await eventCount(panel)) === count, `all ${count} events in the panel, each once`);
    expect(await rowsOf(panel, '/counter/twice')).toHaveLength(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('after DevTools was closed and opened, again and again; then nothing of ours is left', async () => {
    const { browser, lab } = stage;
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(`page: ${error}`));
    lab.serve('/again', `${WATCH}<script>watch('es', new EventSource('/counter/again?every=50'))</script>`);
    await page.goto(`${lab.origin}/again`);
    const native = await page.evaluate(REPLACED);
    for (let round = 0; round < 3; round++) {
      const panel = await stage.openPanel(page);
      await until(() => page.evaluate('isHooked()'), 'the hook');
      await recordedOnce(page, panel, `round${round}`, 'new EventSource');
      await more(page, 'es');
      // One that lives on while DevTools is closed.
      await page.evaluate(`watch('stays${round}', new EventSource('/counter/stays?every=50')), undefined`);
      await more(page, `stays${round}`);
      expect(await panel.thrown()).toEqual([]);
      await leave(page, panel);
      await until(async () => (await page.evaluate(REPLACED)) === native, 'every patch to be undone');
      await page.evaluate(`stays${round}.close()`);
    }
    await more(page, 'es');
    expect(lab.connectionsTo('/counter/again')).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('after DevTools was closed on a source that had been reset', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WATCH}<script>watch('es', new EventSource('/counter/managed?every=50'))</script>`);
    await panel.reset(await panel.source('/counter/managed', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/managed').length === 2, 'the reconnect');
    await panel.source('/counter/managed', 'open');
    await leave(page, panel);
    const again = await stage.openPanel(page);
    await until(() => page.evaluate('isHooked()'), 'the hook');
    await recordedOnce(page, again, 'beside', 'new EventSource');
    await more(page, 'es');
    // Its object answers, and closes, through two layers of ours.
    expect(await page.evaluate('es.readyState')).toBe(1);
    await page.evaluate('es.close()');
    expect(await page.evaluate('es.readyState')).toBe(2);
    await lab.when(() => lab.connectionsTo('/counter/managed')[1]?.closed?.by === 'client', 'the end of the request');
    expect(lab.connectionsTo('/counter/managed')).toHaveLength(2);
    expect([...errors, ...(await again.thrown())]).toEqual([]);
  });

  test('after DevTools was closed at the moment when the service worker was stopped', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WATCH}<script>watch('es', new EventSource('/counter/moment?every=50'))</script>`);
    await panel.source('/counter/moment', 'open');
    const background = await watchBackground(stage.browser);
    // Whichever is first, and whether or not the document was dismissed: it must not matter later.
    await Promise.all([background.stop(), panel.close()]);
    await more(page, 'es');
    const again = await stage.openPanel(page);
    await until(() => page.evaluate('isHooked()'), 'the hook');
    await recordedOnce(page, again, 'after', 'new EventSource');
    await more(page, 'es');
    expect([...errors, ...(await again.thrown())]).toEqual([]);
  });
});
