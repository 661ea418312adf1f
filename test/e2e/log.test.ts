import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const stream = (path: string) => `${WITNESS}<script>window.es = watch(new EventSource('${path}?every=20'))</script>`;

describe('the log', () => {
  test('forgets the page that the tab leaves, unless it is to be preserved; the navigation is a mark', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const first = await visit(stream('/counter/first'));
    await panel.source('/counter/first', 'open');
    const second = await visit(stream('/counter/second'));
    await panel.source('/counter/second', 'open');
    expect((await panel.sources()).map(({ url }) => new URL(url).pathname)).toEqual(['/counter/second']);
    expect(await panel.marks()).toContain(`Navigated to ${second}`);
    expect(await panel.marks()).not.toContain(`Navigated to ${first}`);

    await panel.preserveLog(true);
    await page.reload();
    await until(async () => {
      const states = (await panel.sources()).map(({ state }) => state);
      return states.sort().join() === 'closed,open';
    }, 'the stream of the page before, closed, beside the new one, open');
    const marks = await until(async () => {
      const all = await panel.marks();
      return all.some((mark) => mark.startsWith('Reload')) && all;
    }, 'the reload on the timeline');
    expect(marks.filter((mark) => /^(Navigated|Reload)/.test(mark))).toEqual([
      `Reload ${second}`,
      `Navigated to ${second}`,
    ]);
    // Whoever wants it no longer is rid of it with the next page.
    await panel.preserveLog(false);
    await page.reload();
    await until(async () => (await panel.sources()).length === 1, 'only the stream of the page that is there');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('is cleared on command: what lives stays', async () => {
    const { page, panel, visit } = await stage.inspect();
    await visit(`${stream('/counter/lives')}<script>new EventSource('/counter/ends').close()</script>`);
    await panel.source('/counter/lives', 'open');
    await panel.source('/counter/ends', 'closed');
    await panel.click('[data-testid=clear]');
    await until(async () => (await panel.sources()).length === 1, 'what is past to go');
    const before = ids(await seen(page)).at(-1) ?? 0;
    await until(async () => (ids(await seen(page)).at(-1) ?? 0) > before + 20, 'events after that');
    await panel.select(await panel.source('/counter/lives', 'open'));
    await page.evaluate('es.close()');
    await panel.source('/counter/lives', 'closed');
    const shown = (await panel.allEventIds()).map(Number);
    const trace = ids(await seen(page));
    expect(shown).toEqual(unbroken(shown));
    expect(shown.at(-1)).toBe(trace.at(-1));
    expect(shown.length).toBeLessThan(trace.length);
  });
});

describe('recording', () => {
  test('keeps no event while it is stopped, says how many came, and takes up what lives when it begins again', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(stream('/counter/known'));
    await panel.select(await panel.source('/counter/known', 'open'));
    await panel.click('[data-testid=record]');
    await until(() => panel.has('[data-testid=record][aria-pressed=false]'), 'recording to be stopped');
    const before = ids(await seen(page)).at(-1) ?? 0;
    await page.evaluate(`window.other = watch(new EventSource('/counter/new?every=20'))`);
    await until(async () => (ids(await seen(page)).at(-1) ?? 0) > before + 20, 'events that are not recorded');
    const status = () => panel.$eval('[data-testid=status]', (bar) => bar.textContent ?? '');
    await until(async () => /\b[1-9]\d* not recorded/.test(await status()), 'the panel to say so');
    expect((await panel.sources()).map(({ url }) => new URL(url).pathname)).toEqual(['/counter/known']);

    await panel.click('[data-testid=record]');
    await panel.source('/counter/new', 'open');
    expect((await panel.marks()).some((mark) => mark.startsWith('Not recorded'))).toBe(true);
    await page.evaluate('es.close(); other.close()');
    await panel.source('/counter/known', 'closed');
    const shown = (await panel.allEventIds()).map(Number);
    const missing = unbroken(shown).filter((id) => !shown.includes(id));
    // What is missing is missing in one piece: the pause.
    expect(missing.length).toBeGreaterThan(10);
    expect(missing).toEqual(unbroken(missing));
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
