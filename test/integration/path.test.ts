import { describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/message.ts';
import type { SourceRecord } from '../../src/protocol/record.ts';
import { inspectedTab } from '../support/inspected-tab.ts';

const CONSTRUCT: SourceRecord = { type: 'construct', kind: 'eventsource', url: '/events', withCredentials: false };
const CONNECT: SourceRecord = { type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' };
const dispatch = (n: number): SourceRecord => ({
  type: 'dispatch',
  event: 'message',
  data: `${n}`,
  size: 1,
  lastEventId: `${n}`,
  origin: 'http://127.0.0.1',
  heard: true,
});

const idsOf = (session: Session) =>
  session.log.sources.flatMap(({ events }) => events.map((event) => event.lastEventId));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

describe('the path from page to session', () => {
  test('brings what was recorded before anybody subscribed', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const page = tab.open('/');
    page.record(CONSTRUCT);
    page.record(CONNECT);
    for (let n = 1; n <= 100; n++) page.record(dispatch(n));
    await vi.waitFor(() => expect(idsOf(session)).toEqual(numbers(1, 100)));
    expect(session.connection).toBe('connected');
    expect(session.log.dropped).toBe(0);
  });

  test('loses nothing and repeats nothing when the background is stopped again and again in a burst', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const page = tab.open('/');
    const frame = tab.open('/frame');
    page.record(CONSTRUCT);
    frame.record(CONSTRUCT);
    for (let n = 1; n <= 2000; n++) {
      page.record(dispatch(n));
      frame.record(dispatch(n));
      if (n % 100 === 0) {
        // In the middle of whatever is under way by then: between two tasks, so that some batches have left.
        await new Promise((resolve) => setImmediate(resolve));
        if (n % 200 === 0) tab.stopBackground();
      }
    }
    await vi.waitFor(() => expect(idsOf(session)).toHaveLength(4000), 5000);
    for (const source of session.log.sources) {
      expect(source.events.map((event) => event.lastEventId)).toEqual(numbers(1, 2000));
    }
    expect(session.log.dropped).toBe(0);
    expect(session.log.malformed).toBe(0);
  });

  test('counts what the ring of the page let go before anyone asked', async () => {
    const tab = inspectedTab();
    const page = tab.open('/', { entries: 10, size: 1e6 });
    for (let n = 1; n <= 25; n++) page.record(dispatch(n));
    const session = tab.inspect();
    await vi.waitFor(() => expect(session.log.dropped).toBe(15));
    expect(idsOf(session)).toEqual(numbers(16, 25));
  });

  test('keeps the last entries of a document that is unloaded before they were sent', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const page = tab.open('/');
    page.record(CONSTRUCT);
    page.record(CONNECT);
    page.record(dispatch(1));
    await vi.waitFor(() => expect(idsOf(session)).toEqual(['1']));
    page.record(dispatch(2));
    page.unload();
    await vi.waitFor(() => expect(idsOf(session)).toEqual(['1', '2']));
    const [source] = session.log.sources;
    expect(source?.attempts.at(-1)?.ended?.by).toBe('unload');
  });

  test('takes a command to the one document that it is for, and a refusal back', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const page = tab.open('/');
    const frame = tab.open('/frame');
    for (const document of [page, frame]) document.record(CONSTRUCT);
    await vi.waitFor(() => expect(session.log.sources).toHaveLength(2));
    const target = session.log.sources.find(({ document }) => document.id === frame.info.id);
    if (!target) throw new Error('the frame has no source');
    frame.refuse = 'closed';
    session.reset(target);
    await vi.waitFor(() => expect(session.refused).toEqual({ source: target, reason: 'closed' }));
    expect(page.commands).toEqual([]);
    frame.refuse = undefined;
    session.reset(target);
    await vi.waitFor(() => expect(session.refused).toBeUndefined());
    expect(frame.commands).toHaveLength(2);
  });

  test('dismisses a document that nobody inspects, and all of them when DevTools closes', async () => {
    const tab = inspectedTab();
    const stranger = tab.open('/');
    await vi.waitFor(() => expect(stranger.dismissed).toBe(true));
    tab.inspect();
    const page = tab.open('/');
    await vi.waitFor(() => expect(tab.registered).toBe(true));
    expect(page.dismissed).toBe(false);
    tab.closeDevtools();
    await vi.waitFor(() => expect(page.dismissed).toBe(true));
    expect(tab.registered).toBe(false);
  });

  test('takes the scripts away although DevTools closed while the background was stopped', async () => {
    const tab = inspectedTab();
    tab.inspect();
    await vi.waitFor(() => expect(tab.registered).toBe(true));
    tab.closeDevtools();
    tab.stopBackground();
    tab.registered = true;
    const page = tab.open('/');
    await vi.waitFor(() => expect(page.dismissed).toBe(true));
    expect(tab.registered).toBe(false);
  });

  test('does not dismiss a document that starts while the background is being started again', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    await vi.waitFor(() => expect(session.connection).toBe('connected'));
    tab.stopBackground();
    const page = tab.open('/');
    page.record(CONSTRUCT);
    page.record(dispatch(1));
    await vi.waitFor(() => expect(idsOf(session)).toEqual(['1']));
    expect(page.dismissed).toBe(false);
  });

  test('says that a page with scripts of another version must be reloaded', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const { info } = tab.open('/');
    await vi.waitFor(() => expect(session.connection).toBe('connected'));
    tab.forge({ type: 'hello', version: PROTOCOL_VERSION + 1, document: info, time: 0, last: 0 });
    await vi.waitFor(() => expect(session.connection).toBe('outdated'));
  });

  test('drops and counts what is not of the protocol', async () => {
    const tab = inspectedTab();
    const session = tab.inspect();
    const page = tab.open('/');
    await vi.waitFor(() => expect(session.connection).toBe('connected'));
    tab.forge({ type: 'entries', document: page.info.id, after: 0, entries: '[{"seq":-1}]' });
    tab.forge('nonsense');
    await vi.waitFor(() => expect(session.log.malformed).toBe(2));
    page.record(CONSTRUCT);
    await vi.waitFor(() => expect(session.log.sources).toHaveLength(1));
  });
});
