import { lasts, type Order, type Refusal } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { DocumentId } from '../protocol/record.ts';
import { isClosed, type Sources } from './event-source/sources.ts';
import { disturb } from './faults/disturb.ts';
import type { Ground } from './ground.ts';
import { bare } from './pristine.ts';

type Command = Extract<DownMessage, { type: 'command' }>;
type Outcome = Extract<UpMessage, { type: 'outcome' }>;

/** Carries out what the user asked for. What it does to the page shows in the journal; the outcome only says if it ran. */
export function run(
  { command, do: what, document }: Command & { document: DocumentId },
  sources: Sources,
  ground: Ground,
): Outcome {
  let reason: Refusal | undefined;
  switch (what.type) {
    case 'order':
      reason = carryOut(withoutPrototypes(what.order), sources, ground);
      break;
    case 'undo':
      ground.orders.remove(what.order);
      break;
    case 'witness':
      break;
  }
  return reason === undefined
    ? { type: 'outcome', document, command, ok: true }
    : { type: 'outcome', document, command, ok: false, reason };
}

function carryOut(order: Order, sources: Sources, ground: Ground): Refusal | undefined {
  const { scope, fault } = order;
  const { orders } = ground;
  if (orders.has(order.id)) return undefined;
  if (scope.type === 'source') {
    const object = sources.object(scope.source);
    const source = object && sources.of(object);
    if (!object || !source) return 'gone';
    if (isClosed(object, source)) return 'closed';
    if (lasts(fault)) orders.place(order, source);
    return disturb(object, source, order, ground);
  }
  if (lasts(fault)) orders.place(order);
  sources.each((object, source) => {
    if (!isClosed(object, source) && orders.means(order, source)) disturb(object, source, order, ground);
  });
  return undefined;
}

/** What is missing must not be found in what the page put on every object. */
function withoutPrototypes(order: Order): Order {
  const { fault, scope } = bare(order);
  bare(scope);
  bare(fault);
  if (fault.type === 'reset' || fault.type === 'outage') bare(fault.resume);
  return order;
}
