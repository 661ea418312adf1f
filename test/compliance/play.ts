import type { Exchange } from '../lab/lab.ts';
import type { Case } from './case.ts';

/** Text as UTF-8, or bytes. */
export type Chunk = string | number[];

/** Long enough that two writes are two reads for the browser, most of the time; nothing depends on it. */
const GAP = 8;

/** Writes the chunks one after the other, and then does what is left to do. */
export function write(exchange: Exchange, chunks: readonly Chunk[], then: () => void = () => exchange.end()): void {
  const [first, ...rest] = chunks;
  if (first === undefined) {
    then();
    return;
  }
  exchange.response.write(typeof first === 'string' ? Buffer.from(first) : Buffer.from(first));
  exchange.after(GAP, () => write(exchange, rest, then));
}

/** An answer with this body at the first attempt, which then ends; later attempts are told to stay away. */
export function body(...chunks: Chunk[]): (exchange: Exchange) => void {
  return (exchange) => {
    if (exchange.attempt > 1) return exchange.respond(204);
    exchange.open();
    write(exchange, chunks);
  };
}

/** An answer with this body at every attempt, which stays open. */
export function lasting(...chunks: Chunk[]): (exchange: Exchange) => void {
  return (exchange) => {
    exchange.open();
    write(exchange, chunks, () => {});
  };
}

/** What a stream of these chunks gives, from the opening to its end. Types beside `message` that are listened for. */
export function parsed(name: string, chunks: Chunk[], seen: string[], types: string[] = []): Case {
  return {
    name,
    serve: { events: body(...chunks) },
    args: [seen, types],
    async run(t, seen: string[], types: string[]) {
      const source = new EventSource('events');
      const watch = t.watch(source, ...types);
      await watch.until('error(0)');
      source.close();
      t.equal(watch.seen, ['open(1)', ...seen, 'error(0)']);
      t.note(...watch.seen);
    },
  };
}
