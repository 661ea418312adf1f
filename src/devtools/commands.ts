import type { Source } from '../model/source.ts';
import type { Command } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { DocumentId } from '../protocol/record.ts';

/** A command that was sent, as long as it is not answered. */
export interface Asked {
  document: DocumentId;
  what: Command;
  /** What it was for, if that was one source. */
  source: Source | undefined;
}

/** Nobody waits for what so many commands after it have not been answered: its document has gone. */
const MOST = 10_000;

/** Sends commands, and knows what the answers to them are about. */
export class Commands {
  readonly #send: (message: DownMessage) => void;
  readonly #asked = new Map<number, Asked>();
  #last = 0;

  constructor(send: (message: DownMessage) => void) {
    this.#send = send;
  }

  send(document: DocumentId, what: Command, source?: Source): void {
    const command = ++this.#last;
    this.#asked.set(command, { document, what, source });
    this.#asked.delete(command - MOST);
    this.#send({ type: 'command', command, document, do: what });
  }

  /** What is answered; undefined where the document was not asked that. */
  answered({ command, document }: Extract<UpMessage, { type: 'outcome' }>): Asked | undefined {
    const asked = this.#asked.get(command);
    if (asked?.document !== document) return undefined;
    this.#asked.delete(command);
    return asked;
  }
}
