import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Mode, Moment, Ordered } from './case.ts';

/** What a handler saw. */
export interface Seen {
  type: string;
  readyState: number;
  isTrusted: boolean;
  time: Milliseconds;
  data?: string;
  lastEventId?: string;
  origin?: string;
}

export interface Life {
  /** When the source was made. */
  made: Milliseconds;
  seen: Seen[];
  /** What went wrong with the test itself. */
  trouble?: string;
}

export interface LiveOptions {
  /** `real`: in a page without the page script. */
  mode: Mode | 'real';
  order: Ordered;
  moment: Moment | undefined;
  until: number | 'closed';
  types: readonly string[];
  url: string;
  byHand: Milliseconds | undefined;
  /** Asked for at every `error`: whoever counts the attempts that reach no server. */
  failed: string;
  /** How long a source that is CLOSED is watched: to see that nothing follows. */
  still: Milliseconds;
  patience: Milliseconds;
}

/** Lives through one case. Runs in the page, as text: it can use nothing of this module. */
export async function live(options: LiveOptions): Promise<Life> {
  const { mode, order, moment, until, types, url, byHand, failed, still, patience } = options;
  const seen: Seen[] = [];
  const ID = 1;
  let trouble: string | undefined;

  function give(toAll: boolean): Promise<void> {
    const { fault, times, seed = 0, undo, pattern } = order;
    const scope =
      pattern !== undefined
        ? ({ type: 'pattern', pattern } as const)
        : toAll
          ? ({ type: 'all' } as const)
          : ({ type: 'source', source: 1 } as const);
    const given = { id: ID, fault, scope, seed, ...(times !== undefined && { times }) };
    const outcome = window.heard('outcome').then(({ ok, reason }) => {
      if (!ok) trouble = `the order was refused: ${reason}`;
    });
    // A document that is not named takes what is for every one.
    window.say({ type: 'command', command: 1, document, do: { type: 'order', order: given } });
    if (undo !== undefined) {
      setTimeout(() => {
        window.say({ type: 'command', command: 2, document, do: { type: 'undo', order: ID } });
      }, undo);
    }
    return outcome;
  }

  let document = '';
  let made = 0;
  if (mode !== 'real') {
    if (mode === 'managed') window.say({ type: 'manage', on: true });
    const hello = window.heard('hello');
    window.say({ type: 'greet' });
    // Says this after it did what was asked before.
    document = (await hello).document.id;
    if (mode === 'new') await give(true);
  }

  await new Promise<void>((resolve) => {
    made = performance.now();
    let es: EventSource;
    let events = 0;
    let last = '';
    const over = (why?: string) => {
      clearTimeout(timer);
      trouble ??= why;
      es.close();
      resolve();
    };
    const timer = setTimeout(() => over(`nothing more in time, readyState ${es.readyState}`), patience);
    const note = (event: Event) => {
      const one: Seen = {
        type: event.type,
        readyState: es.readyState,
        isTrusted: event.isTrusted,
        time: performance.now(),
      };
      if (event instanceof MessageEvent) {
        one.data = event.data;
        one.lastEventId = event.lastEventId;
        one.origin = event.origin === new URL(url, location.href).origin ? 'own' : event.origin;
        last = event.lastEventId;
        events++;
        if (mode !== 'real' && moment?.events === events) setTimeout(() => void give(false), moment.wait);
      }
      seen.push(one);
      if (event.type === 'error') void fetch(failed, { mode: 'no-cors' });
      if (event.type === 'error' && byHand !== undefined) {
        es.close();
        setTimeout(() => make(`${url}&lastEventId=${last}`), byHand);
      } else if (es.readyState === EventSource.CLOSED) {
        clearTimeout(timer);
        setTimeout(() => over(), still);
      } else if (events === until) over();
    };
    const make = (address: string) => {
      es = new EventSource(address);
      for (const type of ['open', 'error', 'message', ...types]) es.addEventListener(type, note);
    };
    make(url);
  });
  return { made, seen, ...(trouble !== undefined && { trouble }) };
}
