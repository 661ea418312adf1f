import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../lab/exchange.ts';
import { firefoxExtension } from './firefox-extension.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

/** Only Firefox lets an extension read a body that the browser's own EventSource reads. */

const SCRIPT = { 'Content-Type': 'text/javascript' };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await (await firefoxExtension(stage.browser)).grantTap();
});
afterEach(async () => {
  await stage.clear();
  stage.lab.clear();
});
afterAll(() => stage?.close());

/** A block of a stream as a server sends it, and the row that shows it. */
interface Block {
  text: string;
  /** Type, id and data; and whether the row says that the page has no listener for it. */
  row: [type: string, id: string, data: string, unheard: boolean];
}

const comment = (text: string): Block => ({ text: `: ${text}\n\n`, row: ['comment', '', text, false] });
const retry = (time: string): Block => ({ text: `retry: ${time}\n\n`, row: ['retry', '', time, false] });
const idOnly = (id: string): Block => ({ text: `id: ${id}\n\n`, row: ['id', id, id, false] });
const event = (type: string, id: string, data: string, unheard = false): Block => ({
  text: `${type === 'message' ? '' : `event: ${type}\n`}id: ${id}\ndata: ${data}\n\n`,
  row: [type, id, data, unheard],
});

interface Server {
  /** Somebody came, for the first time or again. */
  reached(times: number): Promise<unknown>;
  send(...blocks: Block[]): void;
  /** Ends the answer; the browser comes back for the next one. */
  end(): void;
}

/** Sends what it is told to, to whoever came last. */
function serve(path: string): Server {
  const exchanges: Exchange[] = [];
  stage.lab.behave(path, (exchange) => {
    exchange.open();
    exchanges.push(exchange);
  });
  return {
    reached: (times) => until(async () => exchanges.length === times, `request ${times}`),
    send: (...blocks) => exchanges.at(-1)?.write(blocks.map(({ text }) => text).join('')),
    end: () => exchanges.at(-1)?.end(),
  };
}

/** Those that are in the list, in its order, which is not that of their elements. */
const rowsOf = (panel: Panel) =>
  panel.$$eval('[data-testid=event], [data-testid=line]', (rows) =>
    rows
      .map((row) => ({ row: row as HTMLElement, index: Number(row.getAttribute('aria-rowindex')) }))
      .sort((a, b) => a.index - b.index)
      .map(({ row }) => {
        const { type = '', id = '' } = row.dataset;
        return [type, id, row.lastElementChild?.textContent ?? '', row.querySelector('.event-unheard') !== null];
      }),
  );

/** How many events each attempt brought, as its row says. */
const countsOf = async (panel: Panel) =>
  (await panel.attempts()).map(({ cells }) => Number(cells[8]?.replaceAll(/\D/g, '')));

async function expectRows(panel: Panel, blocks: Block[]): Promise<void> {
  const expected = blocks.map(({ row }) => row);
  const isSame = async () => JSON.stringify(await rowsOf(panel)) === JSON.stringify(expected);
  // (Where it never is, the difference says more.)
  await until(isSame, 'all that the server sent').catch(() => {});
  await panel.drawn();
  expect(await rowsOf(panel)).toEqual(expected);
}

describe('a source that is observed', () => {
  test('shows all that its server sent, also what the page does not hear, each once', async () => {
    const { panel, visit, errors } = await stage.inspect({ undocked: true });
    const path = '/bytes/observed';
    const server = serve(path);
    const sent: Block[] = [];
    // One after the other: of what comes in one packet, page and network tell their parts without one order.
    const send = async (...blocks: Block[]) => {
      for (const block of blocks) {
        server.send(block);
        sent.push(block);
        await expectRows(panel, sent);
      }
    };
    await visit(`<script>
      const es = new EventSource('${path}');
      es.onmessage = () => {};
      es.addEventListener('somebody', () => {});
    </script>`);
    const row = await panel.source(path);
    expect(row.carried).toBe('native');
    await panel.select(row);
    await panel.show('events');
    await server.reached(1);
    await send(
      comment('hello'),
      retry('700'),
      event('message', '1', 'one'),
      event('nobody', '2', 'two', true),
      event('somebody', '3', 'three'),
      idOnly('4'),
      comment('goodbye'),
    );
    server.end();
    await server.reached(2);
    await send(
      event('nobody', '5', 'five', true),
      comment('again'),
      event('somebody', '6', 'six'),
      event('message', '7', 'seven'),
    );
    // Nothing is left to be seen.
    expect(await panel.has('.events .hint')).toBe(false);
    expect(await countsOf(panel)).toEqual([3, 3]);
    expect(stage.lab.connectionsTo(path)[1]?.lastEventId).toBe('3');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('tells an event as heard whose listener came while it was on its way', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    const blocks = [event('early', '1', 'a', true), event('late', '2', 'b'), event('late', '3', 'c')];
    const server = serve('/bytes/busy');
    await visit(`<script>const es = new EventSource('/bytes/busy')</script>`);
    const row = await panel.source('/bytes/busy');
    await panel.select(row);
    await panel.show('events');
    await server.reached(1);
    server.send(comment('hello'));
    await expectRows(panel, [comment('hello')]);
    stage.lab.behave('/bytes/go', (exchange) => {
      exchange.respond(200);
      setTimeout(() => server.send(...blocks), 50);
    });
    // The page is busy when its events come, and listens then.
    await page.evaluate(`{
      const request = new XMLHttpRequest();
      request.open('GET', '/bytes/go', false);
      request.send();
      for (const end = Date.now() + 1000; Date.now() < end; );
      es.addEventListener('late', () => {});
    }`);
    await expectRows(panel, [comment('hello'), ...blocks]);
  });

  test('says what it cannot show where the user does not allow us to read along', async () => {
    const extension = await firefoxExtension(stage.browser);
    await extension.revokeTap();
    try {
      const { panel, visit } = await stage.inspect({ undocked: true });
      const server = serve('/bytes/not-allowed');
      await visit(`<script>new EventSource('/bytes/not-allowed').onmessage = () => {}</script>`);
      await panel.select(await panel.source('/bytes/not-allowed'));
      await panel.show('events');
      await server.reached(1);
      server.send(comment('hello'), event('nobody', '1', 'zero'), event('message', '1', 'one'));
      await expectRows(panel, [event('message', '1', 'one')]);
      expect(await panel.has('.events .hint')).toBe(true);
    } finally {
      await extension.grantTap();
    }
  });
});

test('a worker’s source shows all of its stream, and calls nothing unheard', async () => {
  const { panel, visit, errors } = await stage.inspect({ undocked: true });
  const blocks = [comment('hello'), event('message', '1', 'one'), event('tick', '2', 'two'), retry('900'), idOnly('3')];
  const server = serve('/bytes/worker');
  stage.lab.serve('/reads.js', `new EventSource('/bytes/worker')`, SCRIPT);
  await visit(`<script>window.worker = new Worker('/reads.js')</script>`);
  await server.reached(1);
  server.send(...blocks);
  const row = await panel.source('/bytes/worker', 'open');
  expect(row.carried).toBe('network');
  await panel.select(row);
  await panel.show('events');
  await expectRows(panel, blocks);
  expect(await countsOf(panel)).toEqual([2]);
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
});

test('of a fast stream in a worker, everything is shown or counted', async () => {
  const MANY = 10_000;
  const { panel, visit } = await stage.inspect({ undocked: true });
  stage.lab.behave('/bytes/fast', (exchange) => {
    exchange.open();
    let id = 0;
    exchange.repeat(20, () => {
      for (const end = Math.min(MANY, id + 100); id < end; ) exchange.event(++id);
    });
  });
  stage.lab.serve('/fast.js', `new EventSource('/bytes/fast')`, SCRIPT);
  await visit(`<script>window.worker = new Worker('/fast.js')</script>`);
  await panel.select(await panel.source('/bytes/fast', 'open'));
  // What is too much at once, the background lets go.
  const dropped = async () =>
    Number(
      /([\d,]+) dropped/
        .exec(await panel.$eval('[data-testid=status]', (bar) => bar.textContent ?? ''))?.[1]
        ?.replace(',', '') ?? 0,
    );
  await until(async () => Number((await countsOf(panel))[0]) + (await dropped()) === MANY, `${MANY} events`);
});
