import { parseSessionFile } from '../model/parse-session-file.ts';
import type { Bytes } from '../protocol/record.ts';
import type { FromReader, Part, ToReader } from './read-session.ts';

/** What would be read into memory, and is more than any log of ours. */
const MOST: Bytes = 1024 ** 3;
/** Items that the panel takes at once: some milliseconds' work. */
const AT_ONCE = 1000;

const send = (message: FromReader) => postMessage(message);
let next = () => {};

/** Whatever is in the file, the panel need not wait for that. */
async function read(file: File): Promise<void> {
  const text = file.size > MOST ? undefined : await file.text().catch(() => undefined);
  if (text === undefined) return send({ type: 'problem', problem: { type: 'unreadable' } });
  const parsed = parseSessionFile(text);
  if ('problem' in parsed) return send({ type: 'problem', problem: parsed.problem });
  const { session } = parsed;
  const total = session.sources.reduce((sum, one) => sum + countOf(one), 0);
  let sent = 0;
  // Each with lists of its own: what is one object here is one object there.
  const sources = session.sources.map((source) => ({ ...source, changes: [], attempts: [], events: [], lines: [] }));
  send({ type: 'session', session: { ...session, sources } });
  for (const [source, { changes, attempts, events, lines }] of session.sources.entries()) {
    const parts: Part[] = [
      ...slices(changes).map((changes) => ({ changes })),
      ...slices(attempts).map((attempts) => ({ attempts })),
      ...slices(events).map((events) => ({ events })),
      ...slices(lines).map((lines) => ({ lines })),
    ];
    for (const part of parts) {
      sent += countOf(part);
      const taken = new Promise<void>((resolve) => {
        next = resolve;
      });
      send({ type: 'part', source, part, progress: sent / total });
      await taken;
    }
  }
  send({ type: 'done' });
}

const countOf = ({ attempts, events, lines }: Part): number =>
  [attempts, events, lines].reduce((sum, list) => sum + (list?.length ?? 0), 0);

function slices<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, index) =>
    items.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
  if (data === 'next') next();
  else read(data).catch(() => send({ type: 'problem', problem: { type: 'unreadable' } }));
});
