/**
 * Serves the streams of the benchmarks, in a process of its own and from buffers that are made before the clock starts:
 * what is measured is the page. Gets its documents from the parent, as `{path: html}`; answers with its port.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

const WRITE = 64 * 1024;

/** Each calls `write` with the next part of the stream, and may wait for it. */
const STREAMS = {
  /** `count` events of `bytes` bytes, with ids, as fast as they are taken. */
  async events({ count, bytes }, write) {
    let part = '';
    for (let id = 1; id <= count; id++) {
      const head = `id: ${id}\ndata: {"n":${id},"text":"`;
      part += `${head}${'x'.repeat(Math.max(0, bytes - head.length - 4))}"}\n\n`;
      if (part.length < WRITE && id < count) continue;
      await write(part);
      part = '';
    }
  },
  /** One event of `bytes` bytes. */
  async one({ bytes }, write) {
    await write('data: ');
    for (let rest = bytes; rest > 0; rest -= 1 << 20) await write('y'.repeat(Math.min(rest, 1 << 20)));
    await write('\n\n');
  },
  /** One event of `bytes` bytes in `count` chunks. */
  async chunks({ count, bytes }, write) {
    await write('data: ');
    for (let index = 0; index < count; index++) await write('z'.repeat(bytes / count));
    await write('\n\n');
  },
  /** `count` events with their number, each in a write of its own. */
  async tiny({ count }, write) {
    for (let number = 1; number <= count; number++) await write(`data:${number}\n\n`);
  },
  /** The same in one write. */
  async burst({ count }, write) {
    let all = '';
    for (let number = 1; number <= count; number++) all += `data:${number}\n\n`;
    await write(all);
  },
};

/** @returns {Promise<Buffer[]>} the parts of a stream, each for one write. */
async function prepared(name, options) {
  const parts = [];
  await STREAMS[name](options, (text) => parts.push(Buffer.from(text)));
  return parts;
}

/** By URL: a stream is asked for again in each round. */
const ready = new Map();
let documents = {};

const server = createServer({ noDelay: true }, async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const page = documents[url.pathname];
  response.on('error', () => {});
  if (page !== undefined) {
    // An isolated document may look at a finer clock: 5 µs instead of 100.
    const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
    response.writeHead(200, { 'content-type': 'text/html', ...isolated }).end(page);
    return;
  }
  const name = url.pathname.slice(1);
  if (!Object.hasOwn(STREAMS, name)) {
    response.writeHead(404).end();
    return;
  }
  if (!ready.has(url.href)) {
    ready.clear();
    const options = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, Number(value)]));
    ready.set(url.href, await prepared(name, options));
  }
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new Promise((resolve) => response.once('close', resolve));
  response.setMaxListeners(0);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  for (const part of ready.get(url.href)) {
    if (response.destroyed) return;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), gone]);
  }
  // The page closes it when it has seen the last event: an end would make it reconnect.
});

process.once('message', (given) => {
  documents = given;
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
});
process.once('disconnect', () => process.exit());
