import { expect, test } from 'vitest';
import { Pipe } from '../../../src/background/pipe.ts';
import type { Delivery } from '../../../src/protocol/message.ts';
import type { NetworkFact } from '../../../src/protocol/network.ts';
import type { Port } from '../../../src/protocol/port.ts';

const pipe = () =>
  new Pipe({
    async register() {},
    async unregister() {},
    inject: async () => true,
    isInspected: async () => true,
    async left() {},
  });

/** The DevTools of a tab, with the keys of the requests that it was told of. */
function devtools() {
  const keys: string[] = [];
  const port: Port<Delivery, unknown> = {
    post(message) {
      if (message.type === 'network') keys.push(...message.facts.map(({ request }) => request));
    },
    onMessage: () => () => {},
    onClose() {},
    close() {},
  };
  return { keys, port };
}

const fact = (request: string): NetworkFact => ({ type: 'end', request, time: 1 });

test('what the network did is told once to the DevTools of its tab, and what a shared worker did to all, however late they come back', async () => {
  const joined = pipe();
  const [one, two] = [devtools(), devtools()];
  joined.network(fact('of 1, early'), 1);
  joined.network(fact('of a worker, early'), undefined);
  await joined.connectDevtools(1, one.port);
  joined.network(fact('of a worker'), undefined);
  joined.network(fact('of 1'), 1);
  joined.network(fact('of 2, early'), 2);
  await joined.connectDevtools(2, two.port);
  joined.network(fact('of a worker, late'), undefined);
  expect(one.keys).toEqual(['of 1, early', 'of a worker, early', 'of a worker', 'of 1', 'of a worker, late']);
  expect(two.keys).toEqual(['of a worker, early', 'of a worker', 'of 2, early', 'of a worker, late']);
});
