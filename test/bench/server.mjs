/**
 * Serves the streams of the benchmarks, in a process of its own and from buffers that are made before the clock starts:
 * what is measured is the page. Gets its documents from the parent, as `{path: html}`; answers with its port.
 *
 * `/NAME` sends a stream as fast as it is taken. `/paced?rate=…&seconds=…&bytes=…` sends `events` by the clock, and
 * `/pace` tells how well it kept to that, as JSON. With `gated=1`, `events` sends the first event and waits for `/go`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

const WRITE = 64 * 1024;

/** Each calls `write` with the next part of the stream, and may wait for it. */
const STREAMS = {
  /** `count` events of `bytes` bytes, with ids, as fast as they are taken. */
  async events({ count, bytes, gated }, write) {
    let part = '';
    for (let id = 1; id <= count; id++) {
      const head = `id: ${id}\ndata: {"n":${id},"text":"`;
      part += `${head}${'x'.repeat(Math.max(0, bytes - head.length - 4))}"}\n\n`;
      const isFull = part.length >= WRITE || id === count || (gated && id === 1);
      if (!isFull) continue;
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

/** Each lets a stream go on that waits. */
const waiting = [];

/** Sends all as fast as it is taken; if `gated`, all but the first part when it is told to. */
async function send(response, parts, gated) {
  const gone = new Promise((resolve) => response.once('close', resolve));
  response.setMaxListeners(0);
  for (const [index, part] of parts.entries()) {
    if (gated && index === 1) {
      await new Promise((resolve) => {
        waiting.push(resolve);
      });
    }
    if (response.destroyed) return;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), gone]);
  }
}

/** How the last paced stream was sent: events in its largest write, and how long all took, in ms. */
let pace;

/**
 * Sends each event when its time has come, and together only those that came due since the last tick, which a timer
 * gives every millisecond at best. Does not wait for a slow reader: what is late must be seen to be late.
 */
function sendPaced(response, whole, { rate, seconds, bytes }) {
  const count = rate * seconds;
  const start = performance.now();
  let sent = 0;
  pace = { largest: 0, took: 0 };
  const tick = () => {
    if (response.destroyed) return;
    pace.took = performance.now() - start;
    const due = Math.min(count, Math.floor((pace.took / 1000) * rate));
    if (due > sent) response.write(whole.subarray(sent * bytes, due * bytes));
    pace.largest = Math.max(pace.largest, due - sent);
    sent = due;
    if (sent < count) setTimeout(tick, 1);
  };
  tick();
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
  if (url.pathname === '/pace') {
    response.end(JSON.stringify(pace));
    return;
  }
  if (url.pathname === '/go') {
    for (const goOn of waiting.splice(0)) goOn();
    response.end();
    return;
  }
  const isPaced = url.pathname === '/paced';
  const name = isPaced ? 'events' : url.pathname.slice(1);
  if (!Object.hasOwn(STREAMS, name)) {
    response.writeHead(404).end();
    return;
  }
  if (!ready.has(url.href)) {
    ready.clear();
    const options = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, Number(value)]));
    if (isPaced) options.count = options.rate * options.seconds;
    const parts = await prepared(name, options);
    // All of its events have the same length, so any of them can be cut out of it.
    ready.set(url.href, { options, parts: isPaced ? [Buffer.concat(parts)] : parts });
  }
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const { options, parts } = ready.get(url.href);
  if (isPaced) sendPaced(response, parts[0], options);
  else await send(response, parts, options.gated);
  // The page closes it when it has seen the last event: an end would make it reconnect.
});

process.once('message', (given) => {
  documents = given;
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
});
process.once('disconnect', () => process.exit());
