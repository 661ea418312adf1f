import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('the SSE tab', () => {
  test("shows an EventSource that the page's first inline script made, from its first byte", async () => {
    const { page, panel, visit } = await stage.inspect();
    await visit(`${WITNESS}<script>watch(new EventSource('/counter/first?every=50'))</script>`);
    const row = await panel.source('/counter/first', 'open');
    expect(row.carried).toBe('native');
    await panel.select(row);
    // Events that arrive while we look do not matter: the first one does.
    const first = await until(async () => ids(await seen(page))[0], 'the first event in the page');
    await until(async () => (await panel.allEventIds()).includes(`${first}`), 'the first event in the panel');
    const [attempt] = await panel.attempts();
    expect(attempt).toMatchObject({ lastEventId: '' });
  });

  test('shows streams in frames of any kind', async () => {
    const { panel, visit } = await stage.inspect();
    const { lab } = stage;
    const make = (name: string) => `<script>new EventSource('${lab.origin}/steady/${name}?every=100&cors=1')</script>`;
    lab.serve('/inner', make('same-origin'));
    lab.serve('/twin-inner', make('cross-origin'));
    lab.serve('/sandboxed', make('sandboxed'));
    await visit(`
      <iframe src="/inner"></iframe>
      <iframe src="${lab.twin}/twin-inner"></iframe>
      <iframe sandbox="allow-scripts" src="/sandboxed"></iframe>
      <iframe srcdoc="${make('srcdoc').replaceAll('"', '&quot;')}"></iframe>`);
    for (const name of ['same-origin', 'cross-origin', 'sandboxed', 'srcdoc'])
      await panel.source(`/steady/${name}`, 'open');
  });
});

describe('Reset', () => {
  test('looks to the page, to the panel and to the server as a lost connection does', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/counter/reset?every=50'))</script>`);
    const row = await panel.source('/counter/reset', 'open');
    await panel.select(row);
    await until(async () => ids(await seen(page)).length >= 3, 'three events in the page');

    await panel.reset(row);
    await lab.when(() => lab.connectionsTo('/counter/reset').length === 2, 'the reconnect');
    await panel.source('/counter/reset', 'open');
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 3, 'events after the reconnect');

    // The page: error while CONNECTING, then open, on its own object; nothing lost, nothing repeated.
    const trace = await seen(page);
    expect(trace.filter((item) => typeof item === 'string')).toEqual(['open 1', 'error 0', 'open 1']);
    expect(ids(trace)).toEqual(unbroken(ids(trace)));
    expect(await page.evaluate('es instanceof EventSource && es.readyState')).toBe(1);
    const before = trace[trace.indexOf('error 0') - 1];

    // The server: one request for each attempt, the first one closed by the browser, the second with the last id.
    const [first, second] = lab.connectionsTo('/counter/reset');
    expect(lab.connectionsTo('/counter/reset')).toHaveLength(2);
    expect(first).toMatchObject({ method: 'GET', closed: { by: 'client' } });
    expect(first?.lastEventId).toBeUndefined();
    expect(second).toMatchObject({ method: 'GET', lastEventId: `${before}` });
    expect(second?.headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' });
    const wait = (second?.time ?? 0) - (first?.closed?.time ?? 0);
    expect(wait).toBeGreaterThan(2500);

    // The panel: the same, and that it was us.
    const attempts = await panel.attempts();
    expect(attempts.map(({ lastEventId }) => lastEventId)).toEqual(['', `${before}`]);
    expect(attempts[0]?.outcome).toBe('reset');
    expect(attempts[1]).toMatchObject({ outcome: 'open', status: '200' });
    expect((await panel.source('/counter/reset')).carried).toBe('managed');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('reconnects as the browser itself does after a real drop: same headers, same trace', async () => {
    const { page, panel, visit } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WITNESS}<script>watch(new EventSource('/counter/twice?every=50'))</script>`);
    await until(async () => ids(await seen(page)).length >= 2, 'events');
    lab.kick('/counter/twice', 'reset');
    await lab.when(() => lab.connectionsTo('/counter/twice').length === 2, 'the native reconnect');
    await panel.source('/counter/twice', 'open');
    await panel.reset(await panel.source('/counter/twice', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/twice').length === 3, 'the managed reconnect');
    await until(async () => (await seen(page)).filter((item) => item === 'open 1').length === 3, 'open again');

    const [, native, managed] = lab.connectionsTo('/counter/twice');
    const comparable = ({ headers = {} }: { headers?: object } = {}) => ({ ...headers, 'last-event-id': 'some' });
    expect(comparable(managed)).toEqual(comparable(native));
    expect(Object.keys(managed?.headers ?? {})).toContain('last-event-id');
    const trace = await seen(page);
    expect(trace.filter((item) => typeof item === 'string')).toEqual([
      'open 1',
      'error 0',
      'open 1',
      'error 0',
      'open 1',
    ]);
    expect(ids(trace)).toEqual(unbroken(ids(trace)));
  });

  test('all drops every stream of the tab, in all frames, and of no other tab', async () => {
    const other = await stage.inspect();
    await other.visit(`<script>new EventSource('/counter/other')</script>`);
    await other.panel.source('/counter/other', 'open');
    const { panel, visit, page } = await stage.inspect();
    stage.lab.serve('/frame', `<script>new EventSource('/counter/all/frame')</script>`);
    await visit(`<iframe src="/frame"></iframe><script>new EventSource('/counter/all/top')</script>`);
    await panel.source('/counter/all/top', 'open');
    await panel.source('/counter/all/frame', 'open');
    await page.bringToFront();
    const newest = stage.lab.connections.at(-1)?.id ?? 0;
    await panel.click('[data-testid=reset-all]');
    const again = await stage.lab.when((all) => {
      const living = all.filter(({ path, id, closed }) => path.startsWith('/counter/all/') && id > newest && !closed);
      return living.length === 2 && living;
    }, 'both reconnects');
    expect(again.map(({ path }) => path).sort()).toEqual(['/counter/all/frame', '/counter/all/top']);
    expect(stage.lab.connectionsTo('/counter/other')).toHaveLength(1);
  });
});
