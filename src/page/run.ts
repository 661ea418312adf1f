import type { Refusal } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { DocumentId, SourceId } from '../protocol/record.ts';
import { readyStateOf } from './event-source/native.ts';
import type { Sources } from './event-source/sources.ts';
import { takeOver } from './event-source/takeover.ts';
import { CLOSED, type Ground } from './managed/connection.ts';

type Command = Extract<DownMessage, { type: 'command' }>;
type Outcome = Extract<UpMessage, { type: 'outcome' }>;

/** Carries out what the user asked for. What it does to the page shows in the journal; the outcome only says if it ran. */
export function run(
  { command, do: what, document }: Command & { document: DocumentId },
  sources: Sources,
  ground: Ground,
): Outcome {
  let reason: Refusal | undefined;
  if (what.type === 'order') {
    const { scope } = what.order;
    if (scope.type === 'source') reason = reset(scope.source, sources, ground);
    else sources.each((_, { id }) => reset(id, sources, ground));
  }
  return reason === undefined
    ? { type: 'outcome', document, command, ok: true }
    : { type: 'outcome', document, command, ok: false, reason };
}

function reset(id: SourceId, sources: Sources, ground: Ground): Refusal | undefined {
  const object = sources.object(id);
  const source = object && sources.of(object);
  if (!object || !source) return 'gone';
  const { connection } = source;
  if ((connection ? connection.readyState : readyStateOf(object)) === CLOSED) return 'closed';
  if (connection?.waiting) return 'waiting';
  (connection ?? takeOver(object, source, ground)).reset();
  return undefined;
}
