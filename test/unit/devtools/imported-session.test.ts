import { expect, test } from 'vitest';
import { importedSession } from '../../../src/devtools/imported-session.ts';
import { savedSession } from '../../../src/model/session-file.ts';
import { logOf } from '../../support/story.ts';

test('shows what was saved, and no command changes anything', () => {
  const log = logOf('construct /a · connect · announce · dispatch 1');
  const session = importedSession('a.json', savedSession(log, 9000));
  expect(session).toMatchObject({ connection: 'imported', imported: { name: 'a.json', saved: 9000 } });
  const [source] = session.log.sources;
  expect(session.log.source('A:1')).toBe(source);
  const before = structuredClone(session.log.sources);
  session.record(false, 9500);
  session.preserveLog(true);
  session.setManageNew(true);
  session.reset('all');
  session.clear();
  session.reloadPage();
  expect(session.log.sources).toEqual(before);
  expect(session.log).toMatchObject({ recording: true, preserve: false, events: 1, newest: 300 });
  expect(session.manageNew).toBe(false);
});
