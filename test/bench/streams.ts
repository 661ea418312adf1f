import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { BRIDGE, pageScript } from '../support/page-script.ts';

/** The server of the streams, in its own process. */
export interface Streams {
  origin: string;
  close(): void;
}

/** With nothing of ours in it; with the page script; with nothing yet. */
export const DOCUMENTS = { bare: '/bare', hooked: '/hooked' };

export async function startStreams(): Promise<Streams> {
  const child = fork(resolve('test/bench/server.mjs'));
  const title = '<!doctype html><title>bench</title>';
  child.send({
    [DOCUMENTS.bare]: title,
    [DOCUMENTS.hooked]: `${title}<script>${BRIDGE}</script><script>${pageScript().replaceAll('</', '<\\/')}</script>`,
  });
  const [port] = await once(child, 'message');
  return { origin: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}
