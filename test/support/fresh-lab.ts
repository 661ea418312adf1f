import type { RequestOptions } from 'node:http';
import { afterEach, beforeEach } from 'vitest';
import { type Lab, startLab } from '../lab/lab.ts';
import { type Client, connect as connectTo } from '../lab/raw-client.ts';

/** For each test a lab of its own; who connected to it leaves before it closes. */
export let lab: Lab;
const clients: Client[] = [];
beforeEach(async () => {
  lab = await startLab();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.leave();
  await lab.close();
});

/** Resolves with the answer's headers. */
export async function connect(path: string, options: RequestOptions = {}): Promise<Client> {
  const client = await connectTo(new URL(path, lab.origin), options);
  clients.push(client);
  return client;
}
