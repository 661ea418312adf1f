import { type Home, homeOf } from '../model/home.ts';
import type { ParsedMessage } from '../protocol/parse.ts';
import type { DocumentId } from '../protocol/record.ts';
import type { Sender } from '../protocol/sender.ts';

/** Where each document lives, by the browser's word. A message about it from elsewhere was made up by a page. */
export class Speakers {
  readonly #senders = new Map<DocumentId, Sender>();

  homeAt(id: DocumentId): Home | undefined {
    const sender = this.#senders.get(id);
    return sender && homeOf(sender);
  }

  /**
   * Does it come from the document that it is about? Undefined of a document that we do not know: it went away before its
   * hello could reach us, and nothing is made up.
   */
  speaksForItself(message: ParsedMessage, sender: Sender): boolean | undefined {
    if (message.type === 'outdated') return true;
    const id = message.type === 'hello' ? message.document.id : message.document;
    // A document in a frame cannot be the one that the tab shows, whatever it says.
    const canBeTop = sender.frame === 0 || sender.prerendered === true;
    if (message.type === 'hello' && message.document.top && !canBeTop) return false;
    const known = this.#senders.get(id);
    const speaks = known === undefined ? undefined : isSame(known, sender);
    if (message.type === 'hello' && speaks !== false) this.#senders.set(id, sender);
    return message.type === 'hello' ? speaks !== false : speaks;
  }
}

/**
 * A document is known by its frame, or by the browser's name for it: it changes the one when the tab comes to it after it
 * was prerendered; and a way that it opens in its first moment may still bear the name of the document before it.
 */
const isSame = (one: Sender, other: Sender): boolean =>
  one.frame === other.frame || (one.document !== undefined && one.document === other.document);
