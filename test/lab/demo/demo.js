import { card } from './card.js';

const WAIT = 1000;

/** 1. The browser reconnects. */
{
  const show = card('browser');
  const source = new EventSource(show.url);
  watch(source, show);
}

/** 2. What most tutorials teach: close, wait, begin again. */
{
  const show = card('settimeout');
  const connect = () => {
    const source = new EventSource(show.url);
    watch(source, show);
    source.addEventListener('error', () => {
      source.close();
      show.readyState(source.readyState);
      setTimeout(connect, WAIT);
    });
  };
  connect();
}

/** 3. The same, but the id goes along in the query. */
{
  const show = card('lastid');
  let last = '';
  const connect = () => {
    const source = new EventSource(last ? `${show.url}?${new URLSearchParams({ lastEventId: last })}` : show.url);
    watch(source, show);
    source.addEventListener('message', (event) => {
      last = event.lastEventId;
    });
    source.addEventListener('error', () => {
      source.close();
      show.readyState(source.readyState);
      setTimeout(connect, WAIT);
    });
  };
  connect();
}

/** 4. No EventSource at all. */
{
  const show = card('fetch');
  let last = '';
  const connect = async () => {
    show.readyState(0);
    try {
      const response = await fetch(show.url, { headers: last ? { 'Last-Event-ID': last } : {}, cache: 'no-store' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      show.readyState(1);
      show.opened();
      await eachEvent(response.body, ({ id }) => {
        last = id;
        show.received(id);
      });
    } catch {
      // A reset, or nobody there: both mean to try again.
    }
    show.readyState(2);
    setTimeout(connect, WAIT);
  };
  connect();
}

function watch(source, show) {
  show.readyState(source.readyState);
  source.addEventListener('open', () => {
    show.opened();
    show.readyState(source.readyState);
  });
  source.addEventListener('message', (event) => show.received(event.lastEventId));
  source.addEventListener('error', () => show.readyState(source.readyState));
}

/** Enough of the format for this server: blocks of `field:value` lines, each block ended by an empty line. */
async function eachEvent(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/, 2)));
      if (fields.data !== undefined) take(fields);
    }
  }
}
