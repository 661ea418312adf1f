import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ids, type Stage, seen, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a verdict', () => {
  test('says that a stream was resumed exactly; its evidence goes to the attempt and to the event', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WITNESS}<script>watch(new EventSource('/counter/resumed?every=100'))</script>`);
    const row = await panel.source('/counter/resumed', 'open');
    await panel.select(row);
    await until(async () => ids(await seen(page)).length >= 3, 'three events in the page');
    await panel.reset(row);
    await lab.when(() => lab.connectionsTo('/counter/resumed').length === 2, 'the reconnect');
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 2, 'events after the reconnect');

    await panel.show('verdict');
    await until(() => panel.has('[data-testid=verdict][data-verdict=exact]'), 'the verdict');
    expect(await panel.text('[data-testid=verdict] h3')).toContain('Resumed exactly');
    // What was sent is by the server's word.
    const sent = lab.connectionsTo('/counter/resumed')[1]?.lastEventId ?? '';
    expect(await panel.text('[data-testid=verdict] dl')).toContain(`Last-Event-ID sent${sent}`);

    // To the attempt: a ring round its mark on the timeline.
    await panel.click('[data-testid=evidence][data-evidence=attempt]');
    await until(() => panel.has('[data-testid=mark-ring]'), 'the ring round the mark');
    // To the event, in its list.
    await panel.show('verdict');
    await panel.click('[data-testid=evidence][data-evidence=event]');
    const selected = '[data-testid=event][aria-selected=true]';
    await until(() => panel.has(selected), 'the event to be selected');
    expect(await panel.$eval(selected, (one) => one.getAttribute('data-id'))).toBe(sent);
    await panel.show('attempts');
    expect(await panel.count('[data-testid=attempt][data-verdict=exact]')).toBe(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('says how many events were lost; a row of the list stands where they are missing', async () => {
    const { page, panel, visit } = await stage.inspect();
    const { lab } = stage;
    // A server whose numbers go on while nobody is there: it keeps nothing of what it did not send.
    let next = 1;
    lab.behave('/forgetful', async (exchange) => {
      const session = await exchange.session();
      if (exchange.lastEventId !== '') next += 7;
      const send = () => {
        session.push({ n: next }, 'message', `${next++}`);
        exchange.after(100, send);
      };
      send();
    });
    await visit(`${WITNESS}<script>watch(new EventSource('/forgetful'))</script>`);
    const row = await panel.source('/forgetful', 'open');
    await panel.select(row);
    await until(async () => ids(await seen(page)).length >= 4, 'four events in the page');
    await panel.reset(row);
    await lab.when(() => lab.connectionsTo('/forgetful').length === 2, 'the reconnect');
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 3, 'events after the reconnect');

    // What the page did not get: between the last id before the error and the first one after it.
    const trace = await seen(page);
    const before = Number(trace[trace.indexOf('error 0') - 1]);
    const after = ids(trace).find((id) => id > before) ?? 0;
    const lost = after - before - 1;
    expect(lost).toBeGreaterThanOrEqual(7);

    await panel.show('verdict');
    await until(() => panel.has('[data-testid=verdict][data-verdict=lost]'), 'the verdict');
    const words = await panel.text('[data-testid=verdict]');
    expect(words).toContain(`${lost} events lost`);
    expect(words).toContain(`Ids ${before + 1} to ${after - 1} never arrived.`);
    await panel.click('[data-testid=evidence][data-evidence=event]');
    await until(() => panel.has('[data-testid=gap]'), 'the row of what is missing');
    const rows = await panel.$$eval('.grid-events tbody tr', (all) =>
      [...all]
        .map((one) => ({ at: Number(one.getAttribute('aria-rowindex')), id: one.getAttribute('data-id') }))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id),
    );
    const gap = rows.indexOf(`${after}`);
    // Last event, the connection made anew, what is missing, first event.
    expect(rows.slice(gap - 3, gap + 1)).toEqual([`${before}`, null, null, `${after}`]);
  });
});
