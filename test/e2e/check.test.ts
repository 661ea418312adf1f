import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

/** Five steps, each with reconnects of 3 or 5 s, of which one is tried four times. */
const CHECK = 240_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** What the table says: by stream and step, the lines that failed, or 'pass', 'unknown'. */
const table = (panel: Panel) =>
  panel.$$eval('[data-testid=check-stream]', (streams) =>
    Object.fromEntries(
      streams.map((stream) => {
        const steps = [...(stream.parentElement?.querySelectorAll<HTMLElement>('[data-testid=check-step]') ?? [])];
        const results = steps.map((step) => {
          const failed = [...step.querySelectorAll<HTMLElement>('[data-result=fail]')];
          const lines = failed.map(({ dataset }) => dataset['criterion']);
          return [step.dataset['step'], lines.length > 0 ? lines : step.dataset['result']];
        });
        const url = (stream as HTMLElement).dataset['url'] ?? '';
        return [new URL(url).pathname, Object.fromEntries(results)];
      }),
    ),
  ) as Promise<Record<string, Record<string, unknown>>>;

async function checked(panel: Panel, patience: number): Promise<void> {
  await panel.click('[data-testid=check]');
  await until(() => panel.has('[data-testid=check-bar][data-phase=over]'), 'the end of the check', patience);
}

describe('Check resilience', () => {
  test(
    'tells the three ways of the demo page apart, and takes everything back',
    async () => {
      const { panel, page } = await stage.inspect({ undocked: true });
      await page.goto(`${stage.lab.origin}/`);
      for (const way of ['browser', 'settimeout', 'lastid']) await panel.source(`/counter/${way}`, 'open');
      await checked(panel, CHECK);
      const found = await table(panel);
      // The browser reconnects by itself, but for what the standard says is final.
      expect(found['/counter/browser']).toMatchObject({ reset: 'pass', outage: 'pass', refuse: 'pass' });
      expect(found['/counter/browser']?.['status']).toContain('reconnected');
      // A new EventSource without the id: what was sent meanwhile is lost each time.
      for (const step of ['reset', 'outage', 'refuse']) {
        expect(found['/counter/settimeout']?.[step]).toEqual(expect.arrayContaining(['id-sent', 'no-loss']));
      }
      // The same with the id in the query: passes, also what a native EventSource gives up after.
      expect(found['/counter/lastid']).toMatchObject({ reset: 'pass', outage: 'pass', refuse: 'pass', status: 'pass' });
      // Nothing of it is left.
      expect(await panel.has('[data-testid=fault-chip]')).toBe(false);
      expect(await panel.thrown()).toEqual([]);
    },
    CHECK,
  );

  test('can be stopped, and leaves the page as a plain reset would', async () => {
    const { panel, visit, page } = await stage.inspect();
    await visit(`<script>window.es = new EventSource('/counter/stopped?every=50&retry=200')</script>`);
    await panel.source('/counter/stopped', 'open');
    await panel.click('[data-testid=check]');
    await until(() => panel.has('[data-testid=check-step][data-step=reset][data-result=running]'), 'the first step');
    await panel.click('[data-testid=check-stop]');
    await until(() => panel.has('[data-testid=check-bar][data-phase=over]'), 'the end of the check');
    await panel.source('/counter/stopped', 'open');
    // The witness has gone, and the page's own connection lives.
    await stage.lab.when(
      () => stage.lab.connectionsTo('/counter/stopped').filter(({ closed }) => !closed).length === 1,
      'one living connection',
    );
    expect(await page.evaluate('es.readyState')).toBe(1);
    expect(await panel.has('[data-testid=fault-chip]')).toBe(false);
  });
});
