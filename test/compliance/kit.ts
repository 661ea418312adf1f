import type { BrowserName } from '../support/browser.ts';
import type { Kit, Mode, SeenRequest, Watch } from './case.ts';

export interface Setup {
  id: string;
  mode: Mode;
  browser: BrowserName;
  origin: string;
  twin: string;
  stranger: string;
  folder: string;
  patience: number;
}

/**
 * The kit's side in the page. Sent there as text, so it uses nothing from outside. It reports to the house through a
 * port of its own, which survives what cases do to their window.
 */
export function kit(setup: Setup, run: (t: Kit, ...args: never[]) => unknown, args: unknown[]): void {
  const { stringify, parse } = JSON;
  const { setTimeout, clearTimeout, fetch, Promise: P } = globalThis;
  const listen = Function.prototype.call.bind(EventTarget.prototype.addEventListener) as (
    target: EventTarget,
    type: string,
    listener: (event: never) => void,
    options?: AddEventListenerOptions,
  ) => void;
  const failures: string[] = [];
  const trace: string[] = [];
  let uncaught: string[] = [];

  const channel = new MessageChannel();
  const answers = new Map<number, (answer: unknown) => void>();
  const { get, set } = Map.prototype;
  answers.get = get;
  answers.set = set;
  const { port1 } = channel;
  const post = port1.postMessage.bind(port1);
  const send = (message: object) => post(stringify(message));
  port1.onmessage = ({ data }) => {
    const { serial, answer, refusal } = parse(data);
    if (refusal) failures[failures.length] = refusal;
    answers.get(serial)?.(answer);
  };
  top?.postMessage({ compliance: setup.id }, '*', [channel.port2]);
  let serial = 0;
  const ask = <T>(what: string, parameters: object): Promise<T> =>
    within(
      new P<T>((resolve) => {
        serial += 1;
        answers.set(serial, resolve as (answer: unknown) => void);
        send({ ask: what, serial, ...parameters });
      }),
      `the server's answer to ${what} ${stringify(parameters)}`,
    );

  function within<T>(promise: Promise<T>, what: string): Promise<T> {
    return new P((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited in vain for ${what}.`)), setup.patience);
      const done = async () => {
        try {
          resolve(await promise);
        } catch (error) {
          reject(error);
        } finally {
          clearTimeout(timer);
        }
      };
      done();
    });
  }

  /** What waits for an event goes on when all listeners of the event have run. */
  const inTask = (act: () => void) => void setTimeout(act, 0);

  function show(value: unknown): string {
    if (typeof value === 'string') return stringify(value);
    if (typeof value === 'function') return `[function ${value.name}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    if (Array.isArray(value)) {
      let text = '';
      for (let index = 0; index < value.length; index += 1) text += (index > 0 ? ', ' : '') + show(value[index]);
      return `[${text}]`;
    }
    let text = '';
    for (const key of Object.keys(value).sort())
      text += `${text === '' ? '' : ', '}${key}: ${show((value as Record<string, unknown>)[key])}`;
    return `{${text}}`;
  }

  function watch(source: EventSource, ...types: string[]): Watch {
    const seen: string[] = [];
    let looks: (() => void)[] = [];
    const note = (event: MessageEvent) => {
      const { type, data, lastEventId } = event;
      seen[seen.length] =
        data === undefined
          ? `${type}(${source.readyState})`
          : `${type}:${data}${lastEventId === '' ? '' : `#${lastEventId}`}`;
      const now = looks;
      looks = [];
      for (let index = 0; index < now.length; index += 1) now[index]?.();
    };
    const all = ['open', 'error', 'message', ...types];
    for (let index = 0; index < all.length; index += 1) listen(source, all[index] ?? '', note);
    const until = async (enough: () => boolean, what: string) => {
      const reached = new P<void>((resolve) => {
        const look = () => {
          if (enough()) inTask(resolve);
          else looks[looks.length] = look;
        };
        look();
      });
      try {
        await within(reached, what);
      } catch (error) {
        throw new Error(`${(error as Error).message} Seen: ${show(seen)}`);
      }
    };
    const times = (entry: string) => {
      let count = 0;
      for (let index = 0; index < seen.length; index += 1) if (seen[index] === entry) count += 1;
      return count;
    };
    return {
      seen,
      until: (entry, wanted = 1) => until(() => times(entry) >= wanted, `${entry}, ${wanted} times`),
      count: (wanted) => until(() => seen.length >= wanted, `${wanted} events`),
    };
  }

  const { mode, browser, origin, twin, stranger, folder } = setup;
  const t: Kit = {
    mode,
    here: (values) => values[browser],
    nativeText(name, kind) {
      if (browser === 'firefox') return `function ${name}() {\n    [native code]\n}`;
      return `function ${kind === undefined ? '' : `${kind} `}${name}() { [native code] }`;
    },
    origin,
    twin,
    stranger,
    folder,
    equal(actual, expected, what = 'got') {
      if (show(actual) !== show(expected))
        failures[failures.length] = `${what}: ${show(actual)}, and not ${show(expected)}`;
    },
    thrown(act) {
      try {
        act();
      } catch (error) {
        return error as Error;
      }
      failures[failures.length] = `nothing was thrown by ${act}`;
      return { name: 'nothing', message: '', constructor: undefined };
    },
    note(...facts) {
      for (let index = 0; index < facts.length; index += 1)
        trace[trace.length] = typeof facts[index] === 'string' ? (facts[index] as string) : show(facts[index]);
    },
    watch,
    next: (target, type) =>
      within(
        new P((resolve) => listen(target, type, (event: never) => inTask(() => resolve(event)), { once: true })),
        `an event ${stringify(type)}`,
      ),
    within,
    requests: (path, count = 1) => ask<SeenRequest[]>('requests', { path, count }),
    closed: (path, nth = 1) => ask<SeenRequest>('closed', { path, nth }),
    tell: (word) => ask<void>('tell', { word }),
    async ping() {
      await within(fetch(`${origin}${folder}ping`, { cache: 'no-store' }), 'the answer to a ping');
    },
    async frame(attributes) {
      const element = document.createElement('iframe');
      for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name] ?? '');
      const loaded = t.next(element, 'load');
      document.body.append(element);
      await loaded;
      return { element, window: element.contentWindow as Window & typeof globalThis };
    },
    uncaught() {
      const all = uncaught;
      uncaught = [];
      return all;
    },
  };

  listen(window, 'error', ({ message }: ErrorEvent) => {
    uncaught[uncaught.length] = message;
  });
  listen(window, 'unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    uncaught[uncaught.length] = `${reason}`;
  });
  listen(window, 'load', async () => {
    try {
      await run(t, ...(args as never[]));
    } catch (error) {
      failures[failures.length] = `${(error as Error)?.message ?? error}`;
    }
    for (const message of uncaught) failures[failures.length] = `nobody caught: ${message}`;
    send({ outcome: { trace, failures } });
  });
}
