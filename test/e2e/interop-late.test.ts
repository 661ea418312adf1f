import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leave, more, patchedBody, recordedOnce, worksWhileInspected } from './interop-page.ts';
import { PATCHED_PAGES } from './pages/patches.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** What a page had put on the prototype before we came is all that there is to call: README says to reload. */
const OUT_OF_REACH = ['close and addEventListener of its own on EventSource.prototype'];
const PAGES = Object.entries(PATCHED_PAGES).filter(([name]) => !OUT_OF_REACH.includes(name));

describe('a page that patched before DevTools was opened works while inspected, after a reset and after DevTools:', () => {
  test.each(PAGES)('%s', async (_, patched) => {
    const { browser, lab } = stage;
    lab.clear();
    const early = `<script>watch('early', new EventSource('/counter/early?every=50'))</script>`;
    lab.serve('/patched', `<!doctype html>${patchedBody(lab, patched, early)}`);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(`page: ${error}`));
    await page.goto(`${lab.origin}/patched`);
    const panel = await stage.openPanel(page);
    expect(errors).toEqual([]);
    const listed = patched.native && !patched.usesSaved;
    if (listed) await until(() => page.evaluate('isHooked()'), 'the hook');

    await worksWhileInspected({ page, panel, lab }, patched, listed);

    // DevTools closed; then the page takes its patch away.
    await leave(page, panel);
    await more(page, 'es');
    await more(page, 'early');
    await page.evaluate('restore()');
    await page.evaluate(`watch('restored', new EventSource('/counter/restored?every=50')), undefined`);
    await more(page, 'restored');
    expect(await page.evaluate('restored instanceof EventSource && restored.readyState')).toBe(1);

    // DevTools opened again.
    const again = await stage.openPanel(page);
    await until(() => page.evaluate('isHooked()'), 'the hook');
    await recordedOnce(page, again, 'again', 'new EventSource');
    for (const name of ['early', 'es', 'restored']) await more(page, name);
    await page.evaluate('early.close(), es.close(), restored.close()');
    await lab.when((all) => all.every(({ closed }) => closed), 'the end of all requests');
    expect([...errors, ...(await again.thrown())]).toEqual([]);
  });
});
