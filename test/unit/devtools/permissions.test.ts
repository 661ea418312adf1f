import { expect, test } from 'vitest';
import { keepPermissions } from '../../../src/devtools/permissions.ts';
import type { Permissions } from '../../../src/protocol/permissions.ts';

const LIMITED: Permissions = { sites: false, networkReset: 'possible' };
const ALLOWED: Permissions = { sites: true, networkReset: 'allowed' };

function played() {
  let [answer, fail]: [(value: Permissions) => void, (why: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<Permissions>((resolve, reject) => {
    [answer, fail] = [resolve, reject];
  });
  const watchers: ((permissions: Permissions) => void)[] = [];
  const ground = {
    read: () => promise,
    watch: (watcher: (permissions: Permissions) => void) => void watchers.push(watcher),
    show: () => {},
    showsOwn: true,
  };
  const tell = (permissions: Permissions) => {
    for (const watcher of watchers) watcher(permissions);
  };
  return { permissions: keepPermissions(ground), answer, fail, tell };
}
const settled = () => new Promise((done) => setTimeout(done));

test('is what the background answers, and then what it tells; whoever watches hears of both', async () => {
  const { permissions, answer, tell } = played();
  const seen: Permissions[] = [];
  const undo = permissions.subscribe(() => seen.push(permissions.value));
  answer(LIMITED);
  await settled();
  tell(ALLOWED);
  undo();
  tell(LIMITED);
  expect(seen).toEqual([LIMITED, ALLOWED]);
  expect(permissions.value).toEqual(LIMITED);
});

test('an answer that was overtaken by a change does not undo it', async () => {
  const { permissions, answer, tell } = played();
  tell(ALLOWED);
  answer(LIMITED);
  await settled();
  expect(permissions.value).toEqual(ALLOWED);
});

test('where nobody answers, nothing is offered that may not be possible', async () => {
  const { permissions, fail } = played();
  fail(new Error('The extension has gone.'));
  await settled();
  expect(permissions.value.networkReset).toBe('impossible');
});
