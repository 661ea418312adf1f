import { Log } from '../model/log.ts';
import type { Limits } from '../model/retention.ts';
import type { Source } from '../model/source.ts';
import type { Resume } from '../protocol/command.ts';
import type { Delivery, DownMessage } from '../protocol/message.ts';
import type { RequestKey } from '../protocol/network.ts';
import type { ParsedMessage } from '../protocol/parse.ts';
import type { Port } from '../protocol/port.ts';
import type { DocumentId, Entry, Milliseconds } from '../protocol/record.ts';
import { createActions, type Refused } from './actions.ts';
import { type Checks, createChecks } from './check.ts';
import { Claims } from './claims.ts';
import type { FaultDesk } from './fault-desk.ts';
import { link } from './link.ts';
import { Speakers } from './speakers.ts';

/**
 * Whether facts can reach us: `connecting` · `connected` · `denied` (the browser allows no scripts in this page) ·
 * `outdated` (the page has scripts of another version; it must be reloaded) · `imported` (there is no page, but a file).
 */
export type Connection = 'connecting' | 'connected' | 'denied' | 'outdated' | 'imported';

/** What one inspected tab did, and the one door through which the user acts on it. Lives as long as DevTools. */
export interface Session {
  readonly log: Log;
  readonly connection: Connection;
  /** The file that it came from, and its present: when it was saved. Undefined for the session of a page. */
  readonly imported?: { name: string; saved: Milliseconds };
  /** The newest command that was refused, for the status bar; undefined once another one succeeded. */
  readonly refused: Refused | undefined;
  /** Calls `listener` after anything above changed (per batch, not per entry). Returns the undo. */
  subscribe(listener: () => void): () => void;
  /** Whether new connections of this tab are managed from their construction. */
  readonly manageNew: boolean;
  /** Changes it; `manageNew` says so once it is in force. */
  setManageNew(on: boolean): void;
  /** `resume`: what the next attempts carry; the id is kept if not given. */
  reset(target: Source | readonly Source[] | 'all', resume?: Resume): void;
  /** Where faults that last are ordered, listed and taken back. */
  readonly faults: FaultDesk;
  /** Opens a second connection to the URL of a source, which is only read, or closes it. */
  witness(source: Source, on: boolean): void;
  /** Runs resilience checks. */
  readonly checks: Pick<Checks, 'latest' | 'start' | 'stop'>;
  /** Begins or stops to record, at `time` (which is now); the log says since when. */
  record(on: boolean, time: Milliseconds): void;
  /** Whether the log keeps the documents that the tab leaves. */
  preserveLog(on: boolean): void;
  clear(): void;
  /** Whether the browser lets scripts into the document that the tab came to. */
  access(isAllowed: boolean): void;
  /** How much the log may hold from now on; what is too much goes at once. */
  limit(limits: Limits): void;
  reloadPage(): void;
}

/** What a session needs of the extension's API. */
export interface Ground {
  /** Makes a port to the background, or nothing when the extension has gone. */
  open(): Port<DownMessage, Delivery> | undefined;
  /** Lets documents that will be loaded in this tab know it before their first script. False if that is not possible. */
  manageNew(on: boolean): Promise<boolean>;
  /** Ends a request that is tapped, in the network. False if it is not tapped any more. */
  resetRequest(request: RequestKey): Promise<boolean>;
  reloadPage(): void;
}

export function createSession(ground: Ground): Session {
  const log = new Log();
  const listeners = new Set<() => void>();
  /** Entries that came before others that were lost on the way, until those were sent again. */
  const early = new Map<DocumentId, Entry[]>();
  const speakers = new Speakers();
  let connection: Connection = 'connecting';
  let manageNew = false;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const claims = new Claims(log, () => way.send({ type: 'greet' }), changed);
  const take = (message: ParsedMessage) => {
    switch (message.type) {
      case 'outdated':
        connection = 'outdated';
        break;
      case 'hello':
        connection = 'connected';
        log.hello(message.document, message.time, speakers.homeAt(message.document.id));
        actions.faults.hello(message.document.id);
        // What it promises may be on its way yet.
        claims.told(
          speakers.homeAt(message.document.id),
          message.last > log.last(message.document.id) ? 0 : message.time,
        );
        way.subscribe(message.document.id, log.last(message.document.id));
        // Not every document could be told before its first script.
        if (manageNew) way.send({ type: 'manage', on: true });
        checks.hello();
        break;
      case 'entries': {
        const { document, after, entries } = message;
        const last = log.last(document);
        if (after <= last) {
          log.append(document, entries);
          early.delete(document);
          claims.told(speakers.homeAt(document), entries.at(-1)?.time ?? 0);
          way.send({ type: 'received', document, seq: log.last(document) });
        } else {
          // A message was lost with the port that carried it. The journal still has what was in it.
          early.set(document, [...(early.get(document) ?? []), ...entries]);
          way.subscribe(document, last);
        }
        break;
      }
      case 'bye': {
        const { document, time } = message;
        // Its journal is gone: what was lost before these is now lost for good, and counted.
        log.append(document, early.get(document) ?? []);
        early.delete(document);
        log.bye(document, time);
        claims.told(speakers.homeAt(document), time);
        break;
      }
      case 'outcome':
        actions.answered(message);
        break;
      case 'in-force':
        actions.faults.told(message.document, message.orders);
        break;
      case 'uncaught':
        checks.uncaught(message.document, message);
        break;
    }
    // Entries come often, and say nothing of it.
    if (message.type !== 'entries') actions.faults.settle();
  };
  const malformed = () => {
    log.countMalformed();
    changed();
  };
  const way = link(ground.open, {
    ready(access) {
      connection = access ? 'connected' : 'denied';
      changed();
    },
    network(facts, lost) {
      log.network(facts, lost);
      claims.network(facts);
      checks.heard();
      changed();
    },
    message(message, sender) {
      const mayBeHeard = speakers.speaksForItself(message, sender);
      if (mayBeHeard === undefined) return;
      if (!mayBeHeard) return malformed();
      take(message);
      checks.heard();
      changed();
    },
    lost() {
      connection = 'connecting';
      // The background has ended, and the tap with it.
      actions.resets.untap();
      changed();
    },
    malformed,
  });
  const actions = createActions({
    log,
    send: (message) => way.send(message),
    resetRequest: ground.resetRequest,
    changed,
  });

  const checks = createChecks({
    log,
    faults: actions.faults,
    witness: actions.witness,
    watchUncaught: (on) => way.send({ type: 'watch-uncaught', on }),
    changed,
  });

  return {
    log,
    get connection() {
      return connection;
    },
    get refused() {
      return actions.refused;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get manageNew() {
      return manageNew;
    },
    setManageNew(on) {
      void ground.manageNew(on).then((done) => {
        if (!done) return;
        manageNew = on;
        way.send({ type: 'manage', on });
        changed();
      });
    },
    reset: actions.reset,
    faults: actions.faults,
    witness: actions.witness,
    checks,
    record(on, time) {
      log.record(on, time);
      changed();
    },
    preserveLog(on) {
      log.preserve = on;
      changed();
    },
    clear() {
      log.clear();
      actions.refused = undefined;
      changed();
    },
    access(isAllowed) {
      // A document that said hello knows more, and so does the background when it is ready.
      if (isAllowed ? connection !== 'denied' : connection === 'connecting') return;
      connection = isAllowed ? 'connected' : 'denied';
      changed();
    },
    limit(limits) {
      log.limit(limits);
      changed();
    },
    reloadPage: ground.reloadPage,
  };
}
