import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Force } from '../../../../src/page/faults/force.ts';
import { Passage } from '../../../../src/page/faults/passage.ts';
import { randomFrom } from '../../../../src/page/faults/random.ts';
import { CHROMIUM } from '../../../../src/page/managed/browser-profile.ts';
import { eachChunk } from '../../../../src/page/managed/pristine-fetch.ts';
import type { Fault } from '../../../../src/protocol/command.ts';
import type { SourceRecord } from '../../../../src/protocol/record.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const joined = (chunks: Bytes[]) => Buffer.concat(chunks);
const textOf = (chunks: Bytes[]) => joined(chunks).toString('utf8');

/** A body that is written by hand, and what of it arrived. */
function way(faults: Fault[], seed = 1) {
  const records: SourceRecord[] = [];
  const forces: Force[] = [];
  const passage = new Passage(
    CHROMIUM,
    (visit) => forces.forEach(visit),
    () => {},
  );
  const add = (fault: Fault) => {
    const order = { id: forces.length + 1, fault, scope: { type: 'all' as const }, seed };
    const force = new Force(
      order,
      { used: 0, random: randomFrom(seed) },
      (record) => records.push(record),
      () => {},
    );
    forces.push(force);
    passage.attach(force);
    return force;
  };
  for (const fault of faults) add(fault);
  let controller!: ReadableStreamDefaultController<Bytes>;
  const stream = new ReadableStream<Bytes>({
    start(given) {
      controller = given;
    },
  });
  const arrived: Bytes[] = [];
  let end = 'none yet';
  const done = passage
    .body(
      (take) => eachChunk(stream, take),
      async (bytes) => {
        arrived.push(bytes);
      },
    )
    .then(
      () => {
        end = 'ended';
      },
      () => {
        end = passage.fault ?? 'broken';
      },
    );
  const write = (bytes: Bytes) => controller.enqueue(bytes);
  /** Resolves when all that can happen now has happened. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 1));
  return { passage, add, forces, records, write, arrived, done, settled, controller, end: () => end };
}

const event = (n: number) => `id: ${n}\ndata: event ${n} ☃\n\n`;
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n + 1)).join('');
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

const anyChunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 12 });
const streamChunks = fc
  .array(fc.constantFrom('data: x\n\n', 'data: ☃\r\r', ': c\r\n\r\n', 'id: 1\n', '\n', '\r', 'data', 'é', '\uFEFF'))
  .chain((parts) => {
    const bytes = bytesOf(parts.join(''));
    return fc.array(fc.nat(bytes.length), { maxLength: 6 }).map((cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      return places.slice(1).map((to, index) => bytes.slice(places[index], to));
    });
  });
const chunks = fc.oneof(anyChunks, streamChunks) as fc.Arbitrary<Bytes[]>;

const HARMLESS: Fault[] = [
  { type: 'silence', duration: 1, arrives: 'late' },
  { type: 'delay', delay: 1, jitter: 1 },
  { type: 'throttle', rate: 1e5 },
  { type: 'burst', every: 2 },
];
const DAMAGING: Fault[] = [
  { type: 'silence', duration: 1, arrives: 'never' },
  { type: 'drop', probability: 0.5 },
  { type: 'duplicate', probability: 0.5 },
  { type: 'reorder', probability: 0.5 },
  { type: 'cut', after: 1e6, unit: 'bytes', inside: false },
  { type: 'cut', after: 1e6, unit: 'events', inside: true },
  { type: 'cut', idle: 1e6 },
];

describe('the same bytes in the same order', () => {
  const carries = async (given: Bytes[], faults: Fault[], breaks: boolean) => {
    const { write, controller, arrived, done, forces, settled, end } = way(faults);
    for (const bytes of given) write(bytes);
    if (breaks) {
      // A body that breaks takes with it what nobody has read yet.
      await settled();
      controller.error(new Error('lost'));
    } else {
      controller.close();
    }
    // What lasts for a time ends then.
    await settled();
    for (const force of forces) force.release();
    await done;
    expect(end()).toBe(breaks ? 'broken' : 'ended');
    expect(joined(arrived).equals(joined(given))).toBe(true);
  };

  test('without faults, whatever they are', () =>
    fc.assert(fc.asyncProperty(chunks, fc.boolean(), (given, breaks) => carries(given, [], breaks))));

  test('with what only takes time, in any combination', () =>
    fc.assert(fc.asyncProperty(chunks, fc.shuffledSubarray(HARMLESS, { minLength: 1 }), fc.boolean(), carries), {
      numRuns: 60,
    }));

  test('after what damages was undone, from wherever it was', () =>
    fc.assert(
      fc.asyncProperty(
        chunks,
        chunks,
        fc.shuffledSubarray([...HARMLESS, ...DAMAGING], { minLength: 1 }),
        (before, after, faults) =>
          (async () => {
            const { write, add, controller, arrived, done, settled } = way([]);
            for (const bytes of before) write(bytes);
            await settled();
            for (const fault of faults) add(fault).release();
            for (const bytes of after) write(bytes);
            controller.close();
            await done;
            expect(joined(arrived).equals(joined([...before, ...after]))).toBe(true);
          })(),
      ),
      { numRuns: 100 },
    ));
});

describe('cut', () => {
  const text = `${event(1)}data: é☃💥\n\n${event(2)}`;
  const bytes = bytesOf(text);

  test.each(Array.from({ length: bytes.length }, (_, n) => n))('after %i bytes, however they come', async (after) => {
    for (const size of [1, 7, bytes.length]) {
      const { write, arrived, done, end, records, forces } = way([
        { type: 'cut', after, unit: 'bytes', inside: false },
      ]);
      for (let from = 0; from < bytes.length; from += size) write(bytes.slice(from, from + size));
      await done;
      expect(end()).toBe('cut');
      expect(joined(arrived).equals(bytes.slice(0, after))).toBe(true);
      expect(records.map((record) => record.type === 'fault' && record.phase)).toEqual(['begin', 'act']);
      forces[0]?.end();
    }
  });

  test('not before there are so many', async () => {
    const { write, arrived, settled, end, controller, done } = way([
      { type: 'cut', after: bytes.length + 1, unit: 'bytes', inside: false },
    ]);
    write(bytes);
    await settled();
    expect(textOf(arrived)).toBe(text);
    controller.close();
    await done;
    expect(end()).toBe('ended');
  });

  test.each([
    [0, false, ''],
    [1, false, event(1)],
    [2, false, `${event(1)}: a comment is none\n\n${event(2)}`],
  ])('after %i events (inside the next: %s)', async (after, inside, expected) => {
    const { write, arrived, done, end } = way([{ type: 'cut', after, unit: 'events', inside }]);
    write(bytesOf(`${event(1)}: a comment is none\n\n${event(2)}${event(3)}`));
    await done;
    expect(end()).toBe('cut');
    expect(textOf(arrived)).toBe(expected);
  });

  test.each([0, 1, 2])('inside the event after %i events', async (after) => {
    const { write, arrived, done, end } = way([{ type: 'cut', after, unit: 'events', inside: true }]);
    write(bytesOf(`${event(1)}: a comment\n\n${event(2)}${event(3)}`));
    await done;
    expect(end()).toBe('cut');
    const got = textOf(arrived);
    // Something of it, and not all.
    expect(idsIn(got).slice(0, after + 1)).toEqual([1, 2, 3].slice(0, after + 1));
    expect(got.match(/\n\n/g)?.length ?? 0).toBe(after + (after > 0 ? 1 : 0));
  });
});

describe('damage', () => {
  const damaged = async (fault: Fault, seed: number, sizes: number[]) => {
    const { write, arrived, done, controller, records, forces } = way([fault], seed);
    const bytes = bytesOf(`: begin\n\n${events(40)}`);
    for (let from = 0, n = 0; from < bytes.length; n++) {
      const size = sizes[n % sizes.length] ?? 1;
      write(bytes.slice(from, from + size));
      from += size;
    }
    controller.close();
    await done;
    forces[0]?.tell();
    const acted = records.flatMap((record) => (record.type === 'fault' ? (record.count ?? 0) : 0));
    return { ids: idsIn(textOf(arrived)), acted: acted.reduce((sum, count) => sum + count, 0), text: textOf(arrived) };
  };
  const inOrder = Array.from({ length: 40 }, (_, n) => n + 1);
  /** What the seed says of each event. */
  const hits = (seed: number, probability: number) => {
    const random = randomFrom(seed);
    return inOrder.filter(() => random() < probability);
  };
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

  test('is the same with the same seed, however the bytes come; and told in numbers', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom<('drop' | 'duplicate' | 'reorder')[]>('drop', 'duplicate', 'reorder'),
        fc.integer(),
        sizes,
        sizes,
        async (type, seed, one, other) => {
          const fault: Fault = { type, probability: 0.3 };
          const first = await damaged(fault, seed, one);
          expect(await damaged(fault, seed, other)).toEqual(first);
          const hit = hits(seed, 0.3);
          expect(first.text.startsWith(': begin\n\n')).toBe(true);
          if (type === 'drop') expect(first.ids).toEqual(inOrder.filter((id) => !hit.includes(id)));
          if (type === 'duplicate')
            expect(first.ids).toEqual(inOrder.flatMap((id) => (hit.includes(id) ? [id, id] : [id])));
          if (type === 'reorder') expect([...first.ids].sort((a, b) => a - b)).toEqual(inOrder);
          if (type !== 'reorder') expect(first.acted).toBe(hit.length);
        },
      ),
      { numRuns: 40 },
    ));

  test('with certainty: all, twice, in pairs, none', async () => {
    expect((await damaged({ type: 'drop', probability: 1 }, 1, [9])).ids).toEqual([]);
    expect((await damaged({ type: 'drop', probability: 0 }, 1, [9])).ids).toEqual(inOrder);
    expect((await damaged({ type: 'duplicate', probability: 1 }, 1, [9])).ids).toEqual(
      inOrder.flatMap((id) => [id, id]),
    );
    const pairs = inOrder.filter((id) => id % 2 === 1).flatMap((id) => [id + 1, id]);
    expect((await damaged({ type: 'reorder', probability: 1 }, 1, [9])).ids).toEqual(pairs);
  });

  test('that begins inside a block leaves that one alone', async () => {
    const { write, add, arrived, settled } = way([]);
    write(bytesOf('id: 1\nda'));
    await settled();
    add({ type: 'drop', probability: 1 });
    write(bytesOf(`ta: x\n\n${events(3)}`));
    await settled();
    expect(textOf(arrived)).toBe('id: 1\ndata: x\n\n');
  });
});

describe('silence', () => {
  test('that arrives late holds back all, and the end, until it is over', async () => {
    const { write, controller, arrived, settled, forces, done, end, records } = way([
      { type: 'silence', duration: 1, arrives: 'late' },
    ]);
    write(bytesOf(events(2)));
    controller.close();
    await settled();
    expect(arrived).toEqual([]);
    expect(end()).toBe('none yet');
    forces[0]?.end();
    await done;
    expect(textOf(arrived)).toBe(events(2));
    expect(records).toContainEqual({ type: 'fault', phase: 'act', order: 1, fault: 'silence', count: 2 });
  });

  test('that never arrives swallows blocks, and holds back the end', async () => {
    const { write, controller, arrived, settled, forces, done, end, records } = way([
      { type: 'silence', duration: 1, arrives: 'never' },
    ]);
    write(bytesOf(events(2)));
    write(bytesOf('id: 3\nda'));
    await settled();
    expect(arrived).toEqual([]);
    forces[0]?.end();
    write(bytesOf('ta: three\n\n'));
    await vi.waitFor(() => expect(textOf(arrived)).toBe('id: 3\ndata: three\n\n'));
    expect(records).toContainEqual({ type: 'fault', phase: 'act', order: 1, fault: 'silence', count: 2 });
    controller.close();
    await done;
    expect(end()).toBe('ended');
  });
});

describe('time', () => {
  const arrivalsOf = async (fault: Fault, given: string[]) => {
    const { write, controller, arrived, done } = way([fault]);
    const begin = performance.now();
    const times: number[] = [];
    const push = arrived.push.bind(arrived);
    arrived.push = (...all) => {
      times.push(performance.now() - begin);
      return push(...all);
    };
    for (const text of given) write(bytesOf(text));
    controller.close();
    await done;
    return { times, last: performance.now() - begin, text: textOf(arrived) };
  };

  test('a delay, in order, whatever the jitter', async () => {
    const { times, text } = await arrivalsOf({ type: 'delay', delay: 60, jitter: 40 }, [events(5), event(6)]);
    expect(Math.min(...times)).toBeGreaterThan(18);
    expect(text).toBe(events(6));
  });

  test('a throttle: so many bytes a second', async () => {
    const { last, times } = await arrivalsOf({ type: 'throttle', rate: 1000 }, [`data: ${'x'.repeat(200)}\n\n`]);
    expect(last).toBeGreaterThan(180);
    expect(times.length).toBeGreaterThan(2);
  });

  test('a burst: nothing until its time, then all', async () => {
    const { times } = await arrivalsOf({ type: 'burst', every: 80 }, [event(1), event(2), event(3)]);
    expect(Math.min(...times)).toBeGreaterThan(70);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(70);
  });

  test('a server is made to wait for a stage that holds too much', async () => {
    const { write, passage, settled, arrived, controller } = way([{ type: 'silence', duration: 1, arrives: 'late' }]);
    const mebibyte = new Uint8Array(1024 * 1024);
    for (let n = 0; n < 8; n++) write(mebibyte);
    await settled();
    // All but what was read so far: what the stage holds, and one chunk that is on its way.
    expect(controller.desiredSize).toBeLessThan(-3);
    passage.over();
    expect(arrived).toEqual([]);
  });
});
