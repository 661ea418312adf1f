import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ids, type Stage, seen, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a page that', () => {
  test('throws in its handlers hears of it as ever, and goes on', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WITNESS}<script>
      const es = watch(new EventSource('/counter/throws?every=50'));
      es.onerror = () => { throw new Error('in onerror'); };
      es.addEventListener('open', () => { throw new Error('in open'); });
    </script>`);
    const row = await panel.source('/counter/throws', 'open');
    await until(async () => ids(await seen(page)).length >= 1, 'an event');
    await panel.reset(row);
    await until(async () => (await seen(page)).filter((item) => item === 'open 1').length === 2, 'open again');
    expect(await panel.thrown()).toEqual([]);
    expect(errors.map((error) => error.replace(/\n.*/s, ''))).toEqual([
      'page: Error: in open',
      'page: Error: in onerror',
      'page: Error: in open',
    ]);
  });

  test('closes inside onerror stays closed: no further request, in the panel and at the server', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WITNESS}<script>
      window.es = watch(new EventSource('/counter/closes?every=50'));
      es.onerror = () => es.close();
    </script>`);
    const row = await panel.source('/counter/closes', 'open');
    await panel.reset(row);
    await panel.source('/counter/closes', 'closed');
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/closes')[0]?.closed, 'the end of the request');
    expect(await page.evaluate('es.readyState')).toBe(2);
    // Whatever would come after the reconnection time: a second source of the same page is the clock.
    await page.evaluate(`window.es2 = watch(new EventSource('/counter/clock?every=50'))`);
    const clock = await panel.source('/counter/clock', 'open');
    await panel.reset(clock);
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/clock').length === 2, 'a later reconnect');
    expect(stage.lab.connectionsTo('/counter/closes')).toHaveLength(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('opens streams to nowhere has them listed, each as it is', async () => {
    const { panel, visit, errors } = await stage.inspect();
    // Port 9 (discard) is one that the fetch standard forbids; .invalid is never a host.
    await visit(`<script>
      new EventSource('/status/500');
      new EventSource('http://nowhere.invalid/dns');
      new EventSource('http://127.0.0.1:9/port');
      try { new EventSource('http://['); } catch {}
    </script>`);
    await panel.source('/status/500', 'closed');
    await panel.source('/dns', 'waiting', 'connecting', 'closed');
    await panel.source('/port', 'waiting', 'connecting', 'closed');
    expect(await panel.sources()).toHaveLength(3);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('navigates in the middle of a reset keeps its history, and the new page is watched', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await panel.preserveLog(true);
    await visit(`${WITNESS}<script>watch(new EventSource('/counter/leaves?every=20'))</script>`);
    const row = await panel.source('/counter/leaves', 'open');
    await until(async () => ids(await seen(page)).length >= 3, 'events');
    await panel.reset(row);
    await panel.source('/counter/leaves', 'waiting');
    const before = await seen(page);
    await visit(`${WITNESS}<script>watch(new EventSource('/counter/arrives'))</script>`);
    await panel.source('/counter/arrives', 'open');
    const left = await panel.source('/counter/leaves', 'closed');
    await panel.select(left);
    const shown = await until(async () => {
      const rows = await panel.attempts();
      return rows.length === 1 && rows;
    }, 'the one attempt of the page that left');
    expect(shown[0]?.outcome).toBe('reset');
    // Nothing that the page had seen is missing in the panel.
    const known = new Set(await panel.allEventIds());
    expect(
      ids(before)
        .map(String)
        .filter((id) => !known.has(id)),
    ).toEqual([]);
    expect(stage.lab.connectionsTo('/counter/leaves')).toHaveLength(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('poisons prototypes neither breaks the panel nor sees what is ours', async () => {
    const { page, panel, visit } = await stage.inspect();
    await visit(`${WITNESS}<script>
      window.caught = [];
      const trap = (holder, name) => {
        const original = holder[name];
        holder[name] = function (...args) {
          if (this instanceof MessagePort || JSON.stringify(args)?.includes('"seq"')) caught.push(name);
          return original.apply(this, args);
        };
      };
      trap(MessagePort.prototype, 'postMessage');
      trap(EventTarget.prototype, 'dispatchEvent');
      trap(EventTarget.prototype, 'addEventListener');
      trap(Array.prototype, 'push');
      trap(WeakMap.prototype, 'get');
      trap(Map.prototype, 'get');
      window.fetch = () => { caught.push('fetch'); return Promise.reject(); };
      window.es = watch(new EventSource('/counter/poison?every=50'));
    </script>`);
    const row = await panel.source('/counter/poison', 'open');
    await panel.reset(row);
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/poison').length === 2, 'the reconnect');
    await panel.source('/counter/poison', 'open');
    expect(await page.evaluate('caught')).toEqual([]);
  });
});
