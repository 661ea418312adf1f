import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Kind } from './server.ts';

/** What one handler saw: type and readyState; of a MessageEvent also data, id and origin, and which flags it has. */
export type Seen = [type: string, readyState: number, ...message: string[]];

export interface PageCase {
  id: number;
  /** All types that the stream may dispatch, besides the three of every source. */
  types: string[];
  closeAt: number | undefined;
}

export interface Life {
  seen: Seen[];
  /** From each error with CONNECTING to what came next. */
  waits: Milliseconds[];
}

/** Of each case, what the sources of both kinds lived through. */
export type Witnessed = Record<Kind, Life>[];

export interface WitnessOptions {
  width: number;
  patience: Milliseconds;
  /** An event of this type is reported to the server, at this path. */
  last: string;
  report: string;
}

/**
 * Lets both kinds of source live through each case, `width` cases at a time, until all are CLOSED. Runs in the page, as
 * text: it can use nothing of this module. Resolves with Witnessed as JSON: the browser's protocol would not keep lone
 * surrogates.
 */
export async function witness(cases: PageCase[], { width, patience, last, report }: WitnessOptions): Promise<string> {
  const LONGEST = 200;

  /** Long texts by their length and FNV-1a hash. */
  function brief(text: string): string {
    if (text.length <= LONGEST) return text;
    let hash = 0x811c9dc5;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return `${text.slice(0, 40)}… (${text.length} characters, ${(hash >>> 0).toString(16)})`;
  }

  function live(Class: typeof EventSource, kind: Kind, { id, types, closeAt }: PageCase, { seen, waits }: Life) {
    return new Promise<void>((resolve) => {
      const es = new Class(`/${id}/${kind}`);
      let lost: Milliseconds | undefined;
      let waiting = false;
      const timer = setTimeout(() => {
        seen.push(['(nothing more in time)', es.readyState]);
        es.close();
        resolve();
      }, patience);
      const note = (event: Event) => {
        const one: Seen = [event.type, es.readyState];
        if (lost !== undefined) waits.push(performance.now() - lost);
        lost = event.type === 'error' && es.readyState === EventSource.CONNECTING ? performance.now() : undefined;
        if (event instanceof MessageEvent) {
          const { data, lastEventId, origin, bubbles, cancelable, source, ports, target } = event;
          const flags = { text: typeof data === 'string', bubbles, cancelable, source, ports: ports.length };
          one.push(brief(data), brief(lastEventId), origin, JSON.stringify({ ...flags, own: target === es }));
        }
        // [spec] Each event is a task of its own: before the next one, a microtask checkpoint is performed.
        if (waiting) one.push('(no microtask checkpoint before)');
        waiting = true;
        queueMicrotask(() => {
          waiting = false;
        });
        seen.push(one);
        // Another host name: the six connections to this one may be in use.
        if (event.type === last)
          void fetch(`//seen.localhost:${location.port}${report}/${id}/${kind}`, { mode: 'no-cors' });
        if (seen.length === closeAt) es.close();
        if (es.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        resolve();
      };
      for (const type of new Set(['open', 'error', 'message', last, ...types])) es.addEventListener(type, note);
    });
  }

  const witnessed: Witnessed = cases.map(() => ({ native: { seen: [], waits: [] }, ours: { seen: [], waits: [] } }));
  const rest = [...witnessed.entries()];
  async function lane() {
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [index, traces] = next;
      const each = cases[index];
      if (!each) continue;
      await Promise.all([
        live(window.NativeEventSource, 'native', each, traces.native),
        live(EventSource, 'ours', each, traces.ours),
      ]);
    }
  }
  await Promise.all(Array.from({ length: width }, lane));
  return JSON.stringify(witnessed);
}
