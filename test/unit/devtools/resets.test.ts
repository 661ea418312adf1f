import { expect, test } from 'vitest';
import { createResets } from '../../../src/devtools/resets.ts';
import type { Log } from '../../../src/model/log.ts';
import type { RequestKey } from '../../../src/protocol/network.ts';
import { logWith } from '../../support/network-story.ts';

const PAGE = `construct /a @0 · connect @1 · announce @30
  #2 construct /b @100 · connect @101 · announce @130`;
const FACTS = `request /a @2 · response @20 · tapped @21 · request /b @102 · response @120`;
const WORKER = 'request /w worker @202 · response @220 · tapped @221';

const KEPT = { type: 'kept' } as const;
const DROPPED = { type: 'dropped' } as const;

/** What was done, in order: `network 1` (its request), `take over A/1`, `untapped /w`. */
function played(log: Log, answer: (request: RequestKey) => boolean) {
  const did: string[] = [];
  const resets = createResets({
    log,
    async inNetwork(request) {
      did.push(`network ${request}`);
      return answer(request);
    },
    takeOver(document, scope, { type }) {
      const what = scope.type === 'source' ? scope.source : scope.type;
      did.push(`take over ${document}/${what}${type === 'kept' ? '' : `, id ${type}`}`);
    },
    untapped: ({ url }) => did.push(`untapped ${url}`),
    unreachable: ({ url }) => did.push(`unreachable ${url}`),
  });
  return { resets, did };
}
const settle = () => new Promise((done) => setTimeout(done));
const sourceOf = (log: Log, url: string) => log.sources.find((source) => source.url.endsWith(url)) as never;

test('goes the way that is there', async () => {
  const log = logWith(PAGE, `${FACTS} · ${WORKER}`);
  const { resets, did } = played(log, () => true);
  for (const url of ['/a', '/b', '/w']) resets.one(sourceOf(log, url), KEPT);
  await settle();
  expect(did).toEqual(['network 1', 'take over A/2', 'network 3']);
});

test('is managed after all where the tap has gone; nothing is done to a worker then', async () => {
  const log = logWith(PAGE, `${FACTS} · ${WORKER}`);
  const { resets, did } = played(log, () => false);
  for (const url of ['/a', '/w', '/a', '/w']) {
    resets.one(sourceOf(log, url), KEPT);
    await settle();
  }
  // The second time, it is known.
  expect(did).toEqual(['network 1', 'take over A/1', 'network 3', 'untapped /w', 'take over A/1']);
});

test('is done once where it is asked for twice', async () => {
  const log = logWith(PAGE, FACTS);
  let times = 0;
  const { resets, did } = played(log, (request) => {
    if (++times > 1) return false;
    log.network([{ type: 'reset', request, time: 500 }], 0);
    return true;
  });
  resets.one(sourceOf(log, '/a'), KEPT);
  resets.one(sourceOf(log, '/a'), KEPT);
  await settle();
  expect(did.filter((what) => what.startsWith('take over'))).toEqual([]);
});

test('of all is one command for a document, if nothing in it goes another way', async () => {
  const plain = logWith(PAGE, '');
  const { resets, did } = played(plain, () => true);
  resets.all(KEPT);
  await settle();
  expect(did).toEqual(['take over A/all']);
});

test('of all is a command for each source beside one that goes another way', async () => {
  const log = logWith(PAGE, `${FACTS} · ${WORKER}`);
  const { resets, did } = played(log, () => true);
  resets.all(KEPT);
  await settle();
  expect(did.sort()).toEqual(['network 1', 'network 3', 'take over A/2']);
});

test('has nothing in the network to reset once the background has gone', async () => {
  const log = logWith(PAGE, FACTS);
  const { resets, did } = played(log, () => true);
  resets.untap();
  resets.one(sourceOf(log, '/a'), KEPT);
  await settle();
  expect(did).toEqual(['take over A/1']);
});

test('is managed where the next attempt is to carry another id than the browser would send', async () => {
  const log = logWith(PAGE, `${FACTS} · ${WORKER}`);
  const { resets, did } = played(log, () => true);
  for (const url of ['/a', '/b', '/w']) resets.one(sourceOf(log, url), DROPPED);
  resets.all(DROPPED);
  await settle();
  expect(did).toEqual([
    'take over A/1, id dropped',
    'take over A/2, id dropped',
    'unreachable /w',
    'take over A/all, id dropped',
  ]);
});
