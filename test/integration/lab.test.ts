import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startLab } from '../lab/lab.ts';
import type { Client } from '../lab/raw-client.ts';
import { connect, lab } from '../support/fresh-lab.ts';

const range = (first: number, length: number) => Array.from({ length }, (_, index) => first + index);
const last = (client: Client) => client.ids().at(-1) ?? 0;
const contiguous = (client: Client) => range(client.ids()[0] ?? 0, client.ids().length);

describe('the counter goes on while nobody is connected', () => {
  /** Loses a connection, and lets a witness see five more events before anyone comes back. */
  async function lossOf(path: string) {
    const [client, witness] = [await connect(path), await connect('/counter/witness?every=5')];
    await client.until((c) => c.ids().length >= 3);
    client.leave();
    const seen = last(client);
    await witness.until((w) => last(w) >= seen + 5);
    return { seen, missed: last(witness) };
  }

  test.each([
    ['header', (id: number) => connect('/counter/a?every=5', { headers: { 'Last-Event-ID': id } })],
    ['query', (id: number) => connect(`/counter/a?every=5&lastEventId=${id}`)],
  ])('an id in the %s is answered with exactly the missed ids', async (_, resume) => {
    const { seen, missed } = await lossOf('/counter/a?every=5');
    const again = await resume(seen);
    await again.until((c) => last(c) > missed);
    expect(again.ids()[0]).toBe(seen + 1);
    expect(again.ids()).toEqual(contiguous(again));
  });

  test('the header wins over the query', async () => {
    const { seen } = await lossOf('/counter/a?every=5');
    const again = await connect('/counter/a?every=5&lastEventId=0', { headers: { 'Last-Event-ID': seen } });
    await again.until((c) => c.ids().length > 0);
    expect(again.ids()[0]).toBe(seen + 1);
  });

  test.each(['', '?lastEventId=', '?lastEventId=abc', '?lastEventId=999999999'])(
    '"%s" starts at now',
    async (query) => {
      const { missed } = await lossOf('/counter/a?every=5');
      const again = await connect(`/counter/a${query}${query ? '&' : '?'}every=5`);
      await again.until((c) => c.ids().length >= 3);
      expect(again.ids()[0]).toBeGreaterThan(missed);
      expect(again.ids()).toEqual(contiguous(again));
    },
  );

  test('?count= is the number of events, replayed ones included', async () => {
    const { seen } = await lossOf('/counter/a?every=5');
    const again = await connect(`/counter/a?every=5&count=2&lastEventId=${seen}`);
    const witness = await connect('/counter/witness?every=5');
    await witness.until((w) => w.ids().length >= 3);
    expect(again.ids()).toEqual([seen + 1, seen + 2]);
  });
});

describe('streams end in different ways', () => {
  test('/rst arrives as a connection reset, after every event', async () => {
    const client = await connect('/rst?count=3&every=5');
    expect(await client.ended).toBe('ECONNRESET');
    expect(client.ids()).toEqual([1, 2, 3]);
    expect(client.text().endsWith('\n\n')).toBe(true);
  });

  test('/end arrives as the regular end', async () => {
    const client = await connect('/end?count=2&every=5', { headers: { 'Last-Event-ID': '7' } });
    expect(await client.ended).toBe('end');
    expect(client.ids()).toEqual([8, 9]);
  });

  test('/cut closes within a chunk, within an event', async () => {
    const client = await connect('/cut?count=1&every=5');
    expect(await client.ended).not.toBe('end');
    expect(client.text()).toBe('id: 1\ndata: {"n":1}\n\nid: 2\ndata: {"n": "cut he');
  });

  test('/finite is over once, and a client with its last id is sent away', async () => {
    const first = await connect('/finite?count=3&every=5');
    expect(await first.ended).toBe('end');
    expect(first.ids()).toEqual([1, 2, 3]);
    const between = await connect('/finite?count=3&every=5', { headers: { 'Last-Event-ID': '2' } });
    await between.ended;
    expect(between.ids()).toEqual([3]);
    expect((await connect('/finite?count=3', { headers: { 'Last-Event-ID': '3' } })).status).toBe(204);
    const looped = await connect('/finite?count=3&then=end', { headers: { 'Last-Event-ID': '3' } });
    expect([looped.status, await looped.ended, looped.ids()]).toEqual([200, 'end', []]);
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['end', 'end'],
    ['cut', 'ECONNRESET'],
  ] as const)('kick by %s', async (how, seen) => {
    const [dropped, spared] = [await connect('/steady/a?every=5'), await connect('/steady/b?every=5')];
    await dropped.until((c) => c.ids().length > 0);
    expect(lab.kick('/steady/a', how)).toBe(1);
    expect(await dropped.ended).toBe(seen);
    const before = last(spared);
    await spared.until((c) => last(c) > before + 2);
    expect(lab.kick('/steady/a', how)).toBe(0);
  });

  test('a kick over HTTP', async () => {
    const client = await connect('/silence/x');
    const kick = await connect('/lab/kick?path=/silence&how=reset', { method: 'POST' });
    await kick.ended;
    expect(JSON.parse(kick.text())).toEqual({ dropped: 1 });
    expect(await client.ended).toBe('ECONNRESET');
  });

  test('a kick before the headers', async () => {
    const attempt = connect('/slow-headers?ms=60000');
    const { id } = await lab.when(([first]) => first, 'the request');
    lab.kick(id, 'end');
    await expect(attempt).rejects.toThrow('socket hang up');
    expect(lab.connections[0]).toMatchObject({ closed: { by: 'server' } });
  });
});

describe('answers that are no event stream', () => {
  test.each([204, 500, 503, 429])('/status/%i', async (code) => {
    expect((await connect(`/status/${code}`)).status).toBe(code);
  });

  test('only some attempts are refused, and clearing the log starts the count anew', async () => {
    const path = '/status/503?times=2';
    const statuses = async () => [
      (await connect(path)).status,
      (await connect(path)).status,
      (await connect(path)).status,
    ];
    expect(await statuses()).toEqual([503, 503, 200]);
    lab.clear();
    expect(await statuses()).toEqual([503, 503, 200]);
    expect((await connect('/status/500?after=1')).status).toBe(200);
    expect((await connect('/status/500?after=1')).status).toBe(500);
  });

  test('/wrong-type', async () => {
    const client = await connect('/wrong-type');
    expect([client.status, client.headers['content-type']]).toEqual([200, 'text/html']);
  });

  test('/redirect keeps its target', async () => {
    const to = `${lab.twin}/steady?cors=1`;
    const client = await connect(`/redirect/307?to=${encodeURIComponent(to)}`);
    expect([client.status, client.headers.location]).toEqual([307, to]);
  });

  test.each([
    '/status/99',
    '/status/x',
    '/steady?every=0',
    '/steady?count=x',
    '/steady?retry=-1',
    '/end?retry=x',
    '/counter?count=x',
    '/redirect/200',
  ])('%s is refused in words', async (path) => {
    const client = await connect(path);
    await client.ended;
    expect([client.status, client.text()]).toEqual([400, expect.stringMatching(/^[/?].*\.$/)]);
  });

  test('an unknown path lists the known ones', async () => {
    const client = await connect('/no-such');
    await client.ended;
    expect([client.status, client.text()]).toEqual([404, expect.stringContaining('/counter')]);
  });
});

describe('what is written', () => {
  test.each(['/steady', '/counter', '/named', '/comments', '/silence', '/end'])(
    '%s sends retry: first',
    async (path) => {
      const client = await connect(`${path}?retry=1234&every=5`);
      await client.until((c) => c.text().includes('data:'));
      expect(client.headers['content-type']).toBe('text/event-stream');
      expect(client.text()).toMatch(/^retry: ?1234\n\n/);
    },
  );

  test('/named takes turns', async () => {
    const client = await connect('/named?types=a,b&every=5&count=3');
    await client.until((c) => c.ids().length === 3);
    expect([...client.text().matchAll(/^event: ?(.*)$/gm)].map(([, type]) => type)).toEqual(['a', 'b', 'a']);
  });

  test('/comments has blocks that fire no event, and does not count them', async () => {
    const client = await connect('/comments?every=5&count=2');
    await client.until((c) => c.ids().length === 4);
    expect(client.text().slice(0, client.text().indexOf('{'))).toBe(
      ': comment before 2\n\nretry: 2500\n\nid: 1\n\nid: 2\ndata: ',
    );
    expect(lab.connections[0]?.sent).toBe(2);
  });

  test('/huge has the size that was asked for', async () => {
    const client = await connect('/huge?size=3000000');
    await client.until((c) => c.text().endsWith('\n\n'));
    expect(client.text()).toHaveLength('id: 1\ndata: \n\n'.length + 3_000_000);
  });

  test("a test's own behaviour answers exactly its path, on both origins, and is in the log", async () => {
    lab.behave('/own', (exchange) => {
      exchange.open();
      exchange.response.write(Buffer.from([0x3a, 0xff, 0x0a]));
      exchange.event(7);
    });
    for (const origin of [lab.origin, lab.twin]) {
      const client = await connect(`${origin}/own`);
      await client.until((c) => c.ids().length === 1);
      expect(client.ids()).toEqual([7]);
    }
    expect(lab.connectionsTo('/own')).toHaveLength(2);
    const other = await connect('/own/other');
    expect(other.status).toBe(404);
  });

  test('pages are served on both origins, and are not connections', async () => {
    lab.serve('/app.html', '<p>hello');
    lab.serve('/worker.js', 'postMessage(1)', { 'Content-Type': 'text/javascript' });
    for (const origin of [lab.origin, lab.twin]) {
      const page = await connect(`${origin}/app.html`);
      await page.ended;
      expect([page.status, page.headers['content-type'], page.text()]).toEqual([
        200,
        'text/html; charset=utf-8',
        '<p>hello',
      ]);
    }
    expect((await connect('/worker.js')).headers['content-type']).toBe('text/javascript');
    expect((await connect('/')).headers['content-type']).toMatch('text/html');
    expect(lab.connections).toEqual([]);
    expect((await connect('/..%2flab.ts')).status).toBe(404);
  });
});

describe('CORS', () => {
  const Origin = 'http://127.0.0.1:1';

  test('only where it is asked for', async () => {
    const open = await connect(`${lab.twin}/steady?cors=1`, { headers: { Origin } });
    expect(open.headers).toMatchObject({
      'access-control-allow-origin': Origin,
      'access-control-allow-credentials': 'true',
    });
    const shut = await connect(`${lab.twin}/steady`, { headers: { Origin } });
    expect(Object.keys(shut.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each([
    ['?cors=1', /last-event-id/i],
    ['', undefined],
  ])('a preflight for /steady%s is logged', async (query, allowed) => {
    const preflight = await connect(`${lab.twin}/steady${query}`, {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Headers': 'last-event-id' },
    });
    const header = preflight.headers['access-control-allow-headers'];
    if (allowed) expect(header).toMatch(allowed);
    else expect(header).toBeUndefined();
    expect(lab.connections).toMatchObject([{ method: 'OPTIONS', url: `${lab.twin}/steady${query}`, status: 204 }]);
  });
});

describe('the log', () => {
  test('has the request, the answer, the events and who closed', async () => {
    const id = 'ü→1';
    const client = await connect('/silence/a?x=1', {
      headers: { 'Last-Event-ID': Buffer.from(id).toString('latin1'), Accept: 'text/event-stream' },
    });
    await client.until((c) => c.ids().length === 1);
    const [logged] = lab.connections;
    expect(logged).toMatchObject({
      id: 1,
      method: 'GET',
      url: `${lab.origin}/silence/a?x=1`,
      path: '/silence/a',
      lastEventId: id,
      headers: { accept: 'text/event-stream' },
      status: 200,
      sent: 1,
    });
    expect(logged?.closed).toBeUndefined();
    client.leave();
    const { closed, time } = await lab.when((all) => all.find((c) => c.closed), 'the end');
    expect(closed?.by).toBe('client');
    expect(closed?.time).toBeGreaterThan(time);
  });

  test.each(['/end', '/rst', '/cut', '/status/500', '/finite'])('%s is closed by the server', async (path) => {
    await (await connect(`${path}?count=1&every=5`)).ended;
    await lab.when(([c]) => c?.closed?.by === 'server', 'the server to close');
  });

  test('is there over HTTP, and can be cleared', async () => {
    await connect('/steady/a');
    await connect('/silence/b');
    const log = await connect('/lab/log');
    await log.ended;
    expect(JSON.parse(log.text())).toMatchObject([{ path: '/steady/a' }, { path: '/silence/b' }]);
    expect(lab.connectionsTo('/silence')).toHaveLength(1);
    await (await connect('/lab/clear', { method: 'POST' })).ended;
    expect(lab.connections).toEqual([]);
  });

  test('a wait in vain says what it waited for and what there was', async () => {
    await connect('/silence/b');
    await expect(lab.when(() => false, 'a miracle', 1)).rejects.toThrow(
      /1 ms went by while waiting for a miracle.*\n.*#1 GET .*\/silence\/b: 200, 1 events, open/,
    );
  });

  test('a predicate that throws rejects, whoever changed the log', async () => {
    const wait = lab.when((all) => {
      if (all.length > 0) throw new Error('mine');
    });
    await connect('/silence');
    await expect(wait).rejects.toThrow('mine');
  });
});

describe('shutting down', () => {
  test('down refuses, up answers on the same port', async () => {
    const client = await connect('/steady');
    await lab.down();
    expect(await client.ended).toBe('ECONNRESET');
    await expect(connect('/steady')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await lab.up();
    expect((await connect('/steady')).status).toBe(200);
  });

  test('a taken port is an error', async () => {
    await expect(startLab({ port: Number(new URL(lab.origin).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('close() leaves nothing that keeps a process alive', async () => {
    // A process of its own, loaded as `npm start` does, with every kind of connection and a wait still open.
    const program = `
      import { runnerImport } from 'vite';
      const { module: { startLab } } = await runnerImport('./test/lab/lab.ts');
      const lab = await startLab();
      const paths = ['/steady', '/counter', '/silence', '/slow-headers?ms=60000', '/comments', '/'];
      for (const path of paths) fetch(lab.origin + path).then((response) => response.text()).catch(() => {});
      lab.when(() => false);
      await lab.when((all) => all.length === 5, 'five connections');
      await lab.close();
      process.stdout.write('closed');
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      timeout: 20_000,
    });
    expect(stdout).toBe('closed');
  }, 25_000);
});
