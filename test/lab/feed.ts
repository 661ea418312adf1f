import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Behaviour, Exchange } from './exchange.ts';
import type { Lab } from './lab.ts';
import type { Downtime, Misbehaviour, Misbehaviours } from './misbehaviour.ts';
import { mulberry32 } from './random.ts';
import { type Sink, stages } from './stages.ts';
import { resumedAt } from './streams.ts';

/** A stream whose every byte is known beforehand. */
export interface Feed {
  /** When each connection has its events, from the request. Their ids go on where the client says it stopped. */
  at: readonly Milliseconds[];
  /** Written first; or an empty comment. */
  retry?: Milliseconds;
  /** Types in turn, by id; `message` if not said. */
  types?: readonly string[];
  /** Its events have none: each connection begins with the first one. */
  ids?: false;
}

/** Event n of a feed. Its data have characters of three and four bytes. */
export function eventOf({ types = [], ids }: Pick<Feed, 'types' | 'ids'>, id: number): string {
  const type = types[id % types.length];
  return `${ids === false ? '' : `id: ${id}\n`}${type === undefined ? '' : `event: ${type}\n`}data: event ${id} ☃💥 and more\n\n`;
}

/** What a feed needs of the lab that it is in, and of whoever counts what fails without reaching it. */
export interface Surroundings {
  lab: Pick<Lab, 'down' | 'up'>;
  /** Resolves when so many attempts failed that found no port. */
  failed?(attempts: number): Promise<void>;
}

/** The feed, and what goes wrong with it. What is random goes on from one connection to the next. */
export function feed(plan: Feed, misbehaviours: Misbehaviours, surroundings: Surroundings): Behaviour {
  const randoms = new Map<Misbehaviour, () => number>();
  const randomOf = (what: Misbehaviour & { seed: number }) => {
    const random = randoms.get(what) ?? mulberry32(what.seed);
    randoms.set(what, random);
    return random;
  };
  let attempts = 0;
  let started: Milliseconds = 0;

  return (exchange) => {
    const attempt = ++attempts;
    const now = performance.now();
    started ||= now;
    const mine = misbehaviours.filter(
      ({ first = 1, last = Number.POSITIVE_INFINITY }) => first <= attempt && attempt <= last,
    );
    const held = mine.find((one) => one.type === 'hold')?.until ?? 0;
    for (const one of mine) if (one.type === 'answer') return exchange.after(held, () => answer(exchange, one));

    const write = headersFirst(exchange, held);
    const { event, block, end } = stages(mine, { exchange, write, randomOf });
    // [firefox] A connection is open when its first byte is there.
    block(Buffer.from(plan.retry === undefined ? ':\n\n' : `retry: ${plan.retry}\n\n`));
    let id = resumedAt(exchange);
    for (const moment of plan.at) exchange.after(moment, () => event(Buffer.from(eventOf(plan, ++id))));
    for (const one of mine) {
      if (one.type === 'block') exchange.after(one.at, () => block(Buffer.from(one.text)));
      if (one.type === 'end') exchange.after(one.at, end);
      if (one.type === 'reset' || one.type === 'cut') exchange.after(one.at, () => exchange[one.type]());
      if (one.type === 'resets') exchange.after(nextReset(one, now - started), () => exchange.reset());
      if (one.type === 'down') exchange.after(one.at, () => void down(one, surroundings));
    }
  };
}

/** How long after this moment; both count from the first connection. */
function nextReset(
  { at, least, most, seed }: Extract<Misbehaviour, { type: 'resets' }>,
  from: Milliseconds,
): Milliseconds {
  const random = mulberry32(seed);
  let moment = at;
  do moment += least + (most - least) * random();
  while (moment <= from);
  return moment - from;
}

function answer(exchange: Exchange, { status, contentType }: Extract<Misbehaviour, { type: 'answer' }>): void {
  const empty = status === 204 || status === 205 || status === 304;
  exchange.respond(status, empty ? {} : { 'Content-Type': contentType }, empty ? '' : 'data: no event stream\n\n');
}

/** What is written before the headers may go waits for them. */
function headersFirst(exchange: Exchange, until: Milliseconds): Sink {
  const held: Uint8Array[] = [];
  let open = until === 0;
  if (open) exchange.open();
  else {
    exchange.after(until, () => {
      open = true;
      exchange.open();
      for (const bytes of held) exchange.bytes(bytes);
    });
  }
  return (bytes) => {
    if (open) exchange.bytes(bytes);
    else held.push(bytes);
  };
}

/** Resolves when the port is closed, with what resolves when it is open again. */
export async function down(one: Downtime, { lab, failed }: Surroundings): Promise<{ up: Promise<void> }> {
  const over = 'duration' in one ? new Promise((resolve) => setTimeout(resolve, one.duration)) : failed?.(one.attempts);
  await lab.down();
  return { up: Promise.resolve(over).then(() => lab.up()) };
}
