import type { DocumentId } from '../protocol/record.ts';

/**
 * How far an order has come in a document. `sent`: nothing was heard of it · `unsure`: the way was lost meanwhile, and the
 * order perhaps with it · `accepted`: the document has it · `named`: it is in force, says the document · `over`: not any
 * more.
 */
export type Phase = 'sent' | 'unsure' | 'accepted' | 'named' | 'over';

/** Nothing more is to be expected of it there. */
export const isSettled = (phase: Phase | undefined): boolean => phase === undefined || phase === 'over';

/** The document says hello: what it has not answered may never have reached it. */
export function withHello(phases: Map<DocumentId, Phase>, document: DocumentId): void {
  if (phases.get(document) === 'sent') phases.set(document, 'unsure');
}

/** The document tells what is in force. Where the order was lost on the way, nothing is known of it there any more. */
export function withTold(phases: Map<DocumentId, Phase>, document: DocumentId, isNamed: boolean): void {
  const phase = phases.get(document);
  if (isNamed) phases.set(document, 'named');
  else if (phase === 'unsure') phases.delete(document);
  else if (phase === 'named' || phase === 'accepted') phases.set(document, 'over');
}

/** The document has answered the order, or that it be taken back. */
export function withOutcome(phases: Map<DocumentId, Phase>, document: DocumentId, isTaken: boolean): void {
  if (!isTaken) phases.set(document, 'over');
  else if (phases.get(document) !== 'named') phases.set(document, 'accepted');
}
