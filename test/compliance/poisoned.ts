import type { Exchange } from '../lab/lab.ts';
import type { Case } from './case.ts';

/** Two attempts, with everything that a stream may have. */
function events(exchange: Exchange): void {
  exchange.open();
  if (exchange.attempt === 1) {
    exchange.write(': comment\nretry: 10\n\nid: 1\ndata: a\n\nevent: tick\ndata: b\ndata: c\n\n');
    exchange.after(20, () => exchange.end());
  } else exchange.write('data: again\n\n');
}
const SEEN = ['open 1', 'message a 1', 'tick b\nc 1', 'error 0', 'open 1', 'message again 1'];

/**
 * A page that has replaced these before it makes a source: each replacement counts its calls and throws. A native
 * connection calls none of them, and works.
 */
export function poisoned(name: string, paths: string[]): Case {
  return {
    name,
    serve: { events },
    args: [paths, SEEN],
    async run(t, paths: string[], expected: string[]) {
      const { getOwnPropertyDescriptor, defineProperty, apply, construct } = Reflect;
      const hidden: Record<string, object> = {
        ArrayIterator: Object.getPrototypeOf([][Symbol.iterator]()),
        MapIterator: Object.getPrototypeOf(new Map().values()),
        SetIterator: Object.getPrototypeOf(new Set().values()),
        StringIterator: Object.getPrototypeOf(''[Symbol.iterator]()),
        RegExpStringIterator: Object.getPrototypeOf(''.matchAll(/a/g)),
        TypedArray: Object.getPrototypeOf(Uint8Array.prototype),
        AsyncFunction: Object.getPrototypeOf(async () => {}),
        Generator: Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())),
      };
      let armed = false;
      const calls: string[] = [];
      const spring = (path: string) => {
        if (!armed) return;
        calls[calls.length] = path;
        throw new TypeError(`${path} is poisoned`);
      };
      const wrap = (path: string, original: unknown) =>
        typeof original !== 'function'
          ? original
          : new Proxy(original, {
              apply(target, self, args) {
                spring(path);
                return apply(target as () => void, self, args);
              },
              construct(target, args, newTarget) {
                spring(`new ${path}`);
                return construct(target as never, args, newTarget);
              },
            });
      const undo: (() => void)[] = [];
      for (const path of paths) {
        const parts = path.split('.');
        const last = parts.pop() ?? '';
        let holder: object = window;
        for (const part of parts) holder = hidden[part] ?? (holder as Record<string, object>)[part] ?? {};
        const key = last.startsWith('@@') ? ((Symbol as never as Record<string, symbol>)[last.slice(2)] ?? last) : last;
        const own = getOwnPropertyDescriptor(holder, key);
        if (!own?.configurable) throw new Error(`${path} cannot be replaced.`);
        undo[undo.length] = () => defineProperty(holder, key, own);
        const { value, get, set } = own;
        defineProperty(
          holder,
          key,
          'value' in own
            ? { ...own, value: wrap(path, value) }
            : { ...own, get: wrap(path, get) as never, set: wrap(path, set) as never },
        );
      }
      const Source = EventSource;
      const seen: string[] = [];
      const add = Function.prototype.call.bind(EventTarget.prototype.addEventListener) as never as (
        target: EventTarget,
        type: string,
        listener: (event: MessageEvent) => void,
      ) => void;
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const patience = setTimeout(finish, 4000);
      const remove = clearTimeout;
      armed = true;
      const source = new Source('events');
      source.onopen = () => {
        seen[seen.length] = `open ${source.readyState}`;
      };
      source.onerror = () => {
        seen[seen.length] = `error ${source.readyState}`;
      };
      source.onmessage = (event) => {
        armed = false;
        seen[seen.length] = `message ${event.data} ${event.lastEventId}`;
        armed = true;
        if (seen[seen.length - 1] === 'message again 1') {
          source.close();
          finish();
        }
      };
      armed = false;
      add(source, 'tick', (event) => {
        armed = false;
        seen[seen.length] = `tick ${event.data} ${event.lastEventId}`;
        armed = true;
      });
      armed = true;
      await finished;
      armed = false;
      remove(patience);
      for (const each of undo.reverse()) each();
      t.equal([...new Set(calls)], []);
      t.equal(seen, expected);
    },
  };
}
