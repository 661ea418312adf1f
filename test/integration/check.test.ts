import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Checks, createChecks } from '../../src/devtools/check.ts';
import type { Criterion, Line, StepName } from '../../src/model/check-plan.ts';
import { APPS, COUNTER, type PlayedServer, PlayedWorld } from '../support/played-check.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const MINUTES = 60_000;

/** An app at a server; a moment later it has some past. */
async function play(app: string, server: PlayedServer = COUNTER) {
  const world = new PlayedWorld(server);
  const watched: boolean[] = [];
  const checks = createChecks({
    log: world.log,
    faults: world.desk,
    witness: (source, on) => world.witness(source, on),
    watchUncaught: (on) => watched.push(on),
    changed: () => {},
  });
  world.onFact = checks.heard;
  APPS[app]?.(world);
  await vi.advanceTimersByTimeAsync(5000);
  return { world, checks, watched };
}

/** Lets the check run to its end. */
async function check(app: string, server?: PlayedServer) {
  const played = await play(app, server);
  played.checks.start(played.world.log.sources.slice(0, 1));
  await vi.advanceTimersByTimeAsync(5 * MINUTES);
  expect(played.checks.latest?.phase).toBe('over');
  return { ...played, of: resultsOf(played.checks) };
}

/** What a line says: `pass equal`. */
function resultsOf(checks: Checks) {
  const [results = []] = checks.latest?.results.values() ?? [];
  const words = ({ result, reason }: Line) => `${result} ${reason}`;
  return {
    steps: Object.fromEntries(results.map(({ step, result }) => [step, result])) as Record<StepName, string>,
    line(step: StepName, criterion: Criterion) {
      const line = results.find((one) => one.step === step)?.lines.find((one) => one.criterion === criterion);
      return line && words(line);
    },
    values: (step: StepName, criterion: Criterion) =>
      results.find((one) => one.step === step)?.lines.find((one) => one.criterion === criterion)?.values,
    failed: results.flatMap(({ step, lines }) =>
      lines.flatMap((line) => (line.result === 'fail' ? `${step} ${line.criterion}` : [])),
    ),
  };
}

describe('the ways of the demo page', () => {
  test("the browser's own loses nothing, and is ended for good by HTTP 503", async () => {
    const { of } = await check('browser');
    expect(of.steps).toEqual({ reset: 'pass', outage: 'pass', refuse: 'pass', stale: 'pass', status: 'fail' });
    expect(of.failed).toEqual(['status reconnected', 'status in-time']);
    expect(of.line('reset', 'reconnected')).toBe('pass by-browser');
    expect(of.line('reset', 'id-sent')).toBe('pass sent');
    expect(of.line('reset', 'no-loss')).toBe('pass equal');
    // Ten came again, as the id asks for; if the app skips them, nobody sees it.
    expect(of.line('stale', 'no-repeats')).toBe('unknown asked-for');
    expect(of.values('stale', 'no-repeats')).toEqual({ count: 10 });
    expect(of.line('status', 'reconnected')).toBe('fail gave-up');
    expect(of.values('status', 'reconnected')).toEqual({ status: 503 });
  });

  test('a new EventSource without the id loses what came meanwhile', async () => {
    const { of } = await check('settimeout');
    const steps: StepName[] = ['reset', 'outage', 'refuse', 'stale', 'status'];
    expect(of.failed).toEqual(steps.flatMap((step) => [`${step} id-sent`, `${step} no-loss`]));
    expect(of.line('reset', 'reconnected')).toBe('pass by-app');
    expect(of.line('reset', 'no-loss')).toBe('fail missed');
    // A second, at four events a second.
    expect(of.values('reset', 'no-loss')?.['count']).toBe(4);
  });

  test('one with the id in its query gets through all of it', async () => {
    const { of } = await check('lastid');
    expect(of.failed).toEqual([]);
    expect(of.steps).toEqual({ reset: 'pass', outage: 'pass', refuse: 'pass', stale: 'pass', status: 'pass' });
    expect(of.values('reset', 'id-sent')).toMatchObject({ way: 'query' });
    expect(of.line('status', 'reconnected')).toBe('pass by-app');
    // It sends its own id, whatever we would have the browser send.
    expect(of.line('stale', 'no-repeats')).toBe('pass equal');
  });
});

test('two reconnectors that fight are caught', async () => {
  const { of } = await check('fighting');
  expect(of.line('reset', 'one-live')).toBe('fail live');
  expect(of.values('reset', 'one-live')).toEqual({ count: 2 });
});

test('an app that closes at the first error has given up', async () => {
  const { of } = await check('giving_up');
  expect(of.line('reset', 'reconnected')).toBe('fail gave-up');
  expect(of.line('reset', 'no-loss')).toBe('unknown not-reconnected');
  // There is nothing left to break.
  expect(of.line('outage', 'reconnected')).toBe('unknown not-open');
});

describe('where naive tools would lie', () => {
  test('ids that are no numbers: the witness knows', async () => {
    const hex = (n: number) => (n * 7919).toString(16);
    const server: PlayedServer = {
      ...COUNTER,
      event: (n) => ({ id: hex(n), data: `${n}` }),
      from: (last, now) => (last === '' ? now : Number.parseInt(last, 16) / 7919),
    };
    expect((await check('browser', server)).of.line('outage', 'no-loss')).toBe('pass equal');
    expect((await check('settimeout', server)).of.line('outage', 'no-loss')).toBe('fail missed');
  });

  test('no ids at all: the loss is seen, and that no id was sent is no fault of the app', async () => {
    const server: PlayedServer = { ...COUNTER, event: (n) => ({ data: `at ${n}` }), from: (_, now) => now };
    const { of } = await check('browser', server);
    expect(of.line('reset', 'id-sent')).toBe('unknown no-ids');
    expect(of.line('reset', 'no-loss')).toBe('fail missed');
  });

  test('all events alike: nobody can tell', async () => {
    const server: PlayedServer = { ...COUNTER, event: () => ({ data: 'ping' }), from: (_, now) => now };
    const { of } = await check('browser', server);
    expect(of.line('reset', 'no-loss')).toBe('unknown incomparable');
    expect(of.line('reset', 'no-repeats')).toBe('unknown incomparable');
    expect(of.steps.reset).toBe('pass');
  });

  test('an id that stays the same on purpose: no repetition', async () => {
    const server: PlayedServer = { ...COUNTER, event: (n) => ({ id: 'day', data: `${n}` }), from: (_, now) => now };
    const { of } = await check('browser', server);
    expect(of.line('reset', 'no-loss')).toBe('fail missed');
    expect(of.line('reset', 'no-repeats')).toBe('pass equal');
  });

  test('a greeting to each connection: no repetition', async () => {
    const server: PlayedServer = { ...COUNTER };
    const { world, checks } = await play('browser', server);
    const serve = world.serve.bind(world);
    world.serve = (last, take) => {
      take({ data: 'welcome', type: 'hello' });
      return serve(last, take);
    };
    checks.start(world.log.sources);
    await vi.advanceTimersByTimeAsync(5 * MINUTES);
    expect(resultsOf(checks).line('outage', 'no-repeats')).not.toBe('fail repeated');
    expect(resultsOf(checks).line('outage', 'no-loss')).toBe('pass equal');
  });

  test('a server that refuses a second connection: integer ids say it, others do not', async () => {
    const busy: PlayedServer = { ...COUNTER, witness: 429 };
    const { of } = await check('settimeout', busy);
    expect(of.line('reset', 'no-loss')).toBe('fail gap');
    expect(of.values('reset', 'no-loss')?.['count']).toBe(4);
    const other: PlayedServer = { ...busy, event: (n) => ({ id: `e${n}`, data: `${n}` }) };
    const { of: unknown } = await check('settimeout', other);
    expect(unknown.line('reset', 'no-loss')).toBe('unknown no-witness');
    expect(unknown.values('reset', 'no-loss')).toEqual({ status: 429 });
  });

  test('ids that each connection counts anew: nothing was lost that anybody could know of', async () => {
    const { world, checks } = await play('browser');
    // The witness counts for itself too.
    world.serve = (_, take) => {
      let id = 0;
      const timer = setInterval(() => take({ id: `${++id}`, data: `at ${Date.now()} ${Math.random()}` }), 250);
      return () => clearInterval(timer);
    };
    checks.start(world.log.sources);
    await vi.advanceTimersByTimeAsync(5 * MINUTES);
    expect(resultsOf(checks).failed.filter((line) => /loss|repeats/.test(line))).toEqual([]);
  });

  test('two sources on one URL: each goes on with its own successor', async () => {
    const { world, checks } = await play('lastid');
    APPS['lastid']?.(world);
    await vi.advanceTimersByTimeAsync(3000);
    checks.start(world.log.sources.slice(0, 1));
    await vi.advanceTimersByTimeAsync(5 * MINUTES);
    expect(resultsOf(checks).line('reset', 'one-live')).toBe('pass live');
  });
});

describe('errors that nobody catches', () => {
  test('fail the step in which they happen', async () => {
    const { world, checks } = await play('browser');
    checks.start(world.log.sources);
    await vi.advanceTimersByTimeAsync(1000);
    const document = world.log.sources[0]?.document.id ?? '';
    checks.uncaught(document, { time: Date.now(), count: 2, message: 'x is undefined' });
    await vi.advanceTimersByTimeAsync(5 * MINUTES);
    const of = resultsOf(checks);
    expect(of.line('reset', 'no-errors')).toBe('fail errors');
    expect(of.values('reset', 'no-errors')).toEqual({ count: 2, message: 'x is undefined' });
    expect(of.line('outage', 'no-errors')).toBe('pass no-errors');
  });

  test('are asked for while it runs, and no longer', async () => {
    const { watched } = await check('browser');
    expect(watched[0]).toBe(false);
    expect(watched).toContain(true);
    expect(watched.at(-1)).toBe(false);
  });
});

describe('a check that is stopped', () => {
  test.each([500, 3000, 6000, 9000, 12_000, 20_000])('after %i ms leaves nothing', async (after) => {
    const { world, checks, watched } = await play('browser');
    checks.start(world.log.sources);
    await vi.advanceTimersByTimeAsync(after);
    checks.stop();
    const orders = world.ordered.length;
    expect(world.orders).toEqual([]);
    expect(watched.at(-1)).toBe(false);
    await vi.advanceTimersByTimeAsync(MINUTES);
    expect(world.witnessing.size).toBe(0);
    expect(world.ordered).toHaveLength(orders);
    expect(checks.latest).toMatchObject({ phase: 'over', wasStopped: true });
    // As after a reset: the page goes on.
    expect(world.log.sources.map(({ state }) => state)).toEqual(['open']);
  });
});

test('several sources go through each step together', async () => {
  const { world, checks } = await play('browser');
  APPS['lastid']?.(world, '/other');
  await vi.advanceTimersByTimeAsync(3000);
  checks.start(world.log.sources);
  await vi.advanceTimersByTimeAsync(5 * MINUTES);
  expect(world.ordered.slice(0, 2)).toEqual(['reset 1', 'reset 2']);
  const results = [...(checks.latest?.results.values() ?? [])];
  expect(results.map((one) => one.map(({ result }) => result))).toEqual([
    ['pass', 'pass', 'pass', 'pass', 'fail'],
    ['pass', 'pass', 'pass', 'pass', 'pass'],
  ]);
});

test('of two on one URL, what the app makes goes on with the one that it closed', async () => {
  const { world, checks } = await play('browser');
  APPS['lastid']?.(world);
  await vi.advanceTimersByTimeAsync(3000);
  checks.start(world.log.sources);
  await vi.advanceTimersByTimeAsync(5 * MINUTES);
  for (const results of checks.latest?.results.values() ?? []) {
    const lines = results.filter(({ step }) => step === 'reset').flatMap((result) => result.lines);
    expect(lines.map(({ result }) => result)).toEqual(Array(7).fill('pass'));
  }
});
