import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { more, WATCH } from './interop-page.ts';
import { caught, spied } from './interop-spied.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a page that is unloaded', () => {
  test('sees nothing of what it is about to tell the panel', async () => {
    const { page, visit } = await spied(stage);
    await visit('');
    expect(await caught(page)).toEqual([]);
  });

  test('has told the panel its last events, also with a toJSON() on arrays and strings, as by Prototype.js', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await panel.preserveLog(true);
    await visit(`${WATCH}<script>
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Array.prototype.toJSON = function () { return '[' + this.map((item) => JSON.stringify(item)).join(', ') + ']'; };
      watch('es', new EventSource('/counter/left?every=5'));
      addEventListener('pagehide', () => { sessionStorage.last = handled.es.at(-1); });
    </script>`);
    await panel.source('/counter/left', 'open');
    await more(page, 'es');
    await visit('');
    const last = await page.evaluate('sessionStorage.last');
    await panel.select(await panel.source('/counter/left', 'closed'));
    await until(async () => (await panel.allEventIds()).includes(`${last}`), `event ${last} in the panel`);
    // Neither did anything arrive that the panel could not read.
    expect(await panel.has('[data-testid=status] .tone-failed')).toBe(false);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
