import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leave, more, patchedBody, recordedOnce, trace, worksWhileInspected } from './interop-page.ts';
import { PATCHED_PAGES } from './pages/patches.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a page that patches after our hook works while inspected, after a reset and after DevTools:', () => {
  test.each(Object.entries(PATCHED_PAGES))('%s', async (_, patched) => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    lab.clear();
    await visit(patchedBody(lab, patched));
    expect(errors).toEqual([]);
    expect(await page.evaluate('isHooked()')).toBe(true);

    await worksWhileInspected({ page, panel, lab }, patched, patched.native);

    // DevTools closed; then the page takes its patch away.
    await page.evaluate('notePatches()');
    await leave(page, panel);
    expect(await page.evaluate('arePatchesKept()')).toBe(true);
    await more(page, 'es');
    await page.evaluate('restore()');
    await page.evaluate(`watch('restored', new EventSource('/counter/restored?every=50')), undefined`);
    await more(page, 'restored');
    expect(await page.evaluate('restored instanceof EventSource && restored.readyState')).toBe(1);
    expect(await trace(page, 'restored')).toContain('open 1');

    // DevTools opened again.
    const again = await stage.openPanel(page);
    await until(() => page.evaluate('isHooked()'), 'the hook');
    await recordedOnce(page, again, 'again', 'new EventSource');
    await more(page, 'es');
    await more(page, 'restored');
    await page.evaluate('es.close(), restored.close()');
    expect(await page.evaluate('[es.readyState, restored.readyState].join()')).toBe('2,2');
    await lab.when((all) => all.every(({ closed }) => closed), 'the end of all requests');
    expect([...errors, ...(await again.thrown())]).toEqual([]);
  });
});
