import type { Refusal } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { Milliseconds, SourceId, SourceRecord } from '../protocol/record.ts';
import { eventStream } from '../stream/event-stream.ts';
import { cut } from './cut.ts';
import { withCredentialsOf } from './event-source/native.ts';
import { isClosed, type Sources } from './event-source/sources.ts';
import type { Ground } from './ground.ts';
import { refusalOf } from './managed/causes.ts';
import { TOOLS } from './managed/interpreter.ts';
import {
  abortable,
  bodyOf,
  eachChunk,
  fetchLater,
  statusOf,
  withFragment,
  withoutCredentials,
} from './managed/pristine-fetch.ts';
import { streamRequest } from './managed/transport.ts';
import { clearTimeout, dictionary, random, setTimeout } from './pristine.ts';

/** Where there are no more connections to a host, the request just waits: no answer by then is a refusal. */
const PATIENCE: Milliseconds = 3000;
const LONGEST: Milliseconds = 5 * 60_000;
const MOST_EVENTS = 10_000;
/** UTF-16 code units of all that is recorded. */
const MOST_TEXT = 16 * 1024 * 1024;

/** What a witness is of. */
export interface Witnessed {
  id: SourceId;
  url: string;
  withCredentials: boolean;
  record(record: SourceRecord): void;
}

/** Second connections to the URLs of sources, one each, which are only read: nothing of them reaches the page. */
export interface Witnesses {
  /** One that is there already gives way to the new one. */
  open(source: Witnessed): void;
  close(source: SourceId): void;
  closeAll(): void;
}

/**
 * A witness outlives the `close()` of its source: an app that reconnects by hand closes it just when the witness is
 * needed. Whoever asked for it closes it; and it ends by itself after some minutes, or thousands of events.
 */
export function witnesses(ground: Pick<Ground, 'profile' | 'background'>): Witnesses {
  const closing = dictionary<() => void>();
  const close = (source: SourceId) => closing[source]?.();
  return {
    open(source) {
      close(source.id);
      const end = attend(source, ground, () => {
        if (closing[source.id] === end) delete closing[source.id];
      });
      closing[source.id] = end;
    },
    close,
    closeAll() {
      for (const id in closing) closing[id]?.();
    },
  };
}

/** Carries out a command about a witness; undefined for any other. */
export function runWitness(
  { command, document, do: what }: Extract<DownMessage, { type: 'command' }>,
  sources: Sources,
  { open, close }: Witnesses,
): Extract<UpMessage, { type: 'outcome' }> | undefined {
  if (what.type !== 'witness') return undefined;
  const reason = what.on ? begin(sources, what.source, open) : undefined;
  if (!what.on) close(what.source);
  return { type: 'outcome', document, command, ok: reason === undefined, ...(reason !== undefined && { reason }) };
}

function begin(sources: Sources, id: SourceId, open: Witnesses['open']): Refusal | undefined {
  const object = sources.object(id);
  const source = object && sources.of(object);
  if (!source) return 'gone';
  const { url, record } = source;
  if (isClosed(object, source)) return 'closed';
  // (The source itself may hold on to the page's object.)
  open({ id, url, withCredentials: withCredentialsOf(object), record });
  return undefined;
}

/** Returns what ends it. Calls `over` once, after its last record. */
function attend(
  { url, withCredentials, record }: Witnessed,
  { profile, background }: Pick<Ground, 'profile' | 'background'>,
  over: () => void,
): () => void {
  const { signal, abort } = abortable();
  let isOpen = false;
  let isOver = false;
  const finish = (phase: 'refused' | 'end', status?: number) => {
    if (isOver) return;
    isOver = true;
    isOpen = false;
    clearTimeout(timer);
    record({ type: 'witness', phase, ...(status !== undefined && { status }) });
    abort();
    over();
  };
  let timer = setTimeout(() => finish('refused'), PATIENCE);
  const read = reader(record, profile.idWithoutData, () => finish('end'));
  const interpret = eventStream(TOOLS, read, profile);

  const attended = async () => {
    try {
      const address = profile.credentialsInUrl === 'left out' ? withoutCredentials(url) : url;
      // What the network tells of this one is no connection of the page's. A service worker of the page must not see it.
      const request = background.hasServiceWorker() ? undefined : random();
      if (request !== undefined) record({ type: 'witness', phase: 'ask', request });
      const { response } = await fetchLater(
        request === undefined ? address : withFragment(address, request),
        streamRequest(withCredentials, signal),
      );
      if (isOver) return;
      const status = statusOf(response);
      if (refusalOf(response, profile)) return finish('refused', status);
      clearTimeout(timer);
      timer = setTimeout(() => finish('end'), LONGEST);
      isOpen = true;
      record({ type: 'witness', phase: 'open', status });
      await eachChunk(bodyOf(response), async (bytes) => {
        if (isOpen) interpret(bytes);
        return isOpen;
      });
      finish('end');
    } catch {
      // fetch and the body's reader reject on a lost network.
      finish(isOpen ? 'end' : 'refused');
    }
  };
  void attended();
  return () => finish('end');
}

/** Records each event, until there are too many. */
function reader(record: (record: SourceRecord) => void, idWithoutData: boolean, tooMany: () => void) {
  let lastEventId = '';
  let events = 0;
  let text = 0;
  const nothing = () => {};
  return {
    id(id: string) {
      if (idWithoutData) lastEventId = id;
    },
    event(type: string, data: string, id: string | undefined) {
      if (id !== undefined) lastEventId = id;
      if (events === MOST_EVENTS || text > MOST_TEXT) return tooMany();
      const kept = cut(data);
      events++;
      text += kept.length;
      record({ type: 'witnessed', event: cut(type), data: kept, size: data.length, lastEventId: cut(lastEventId) });
    },
    retry: nothing,
    comment: nothing,
  };
}
