import type { PageEnd } from '../../src/bridge/accept.ts';
import { Journal, type Limits } from '../../src/page/journal.ts';
import { type Publisher, publish } from '../../src/page/publish.ts';
import type { Refusal } from '../../src/protocol/command.ts';
import type { DownMessage, UpMessage } from '../../src/protocol/message.ts';
import { fromMessagePort } from '../../src/protocol/port.ts';
import type { DocumentInfo, Entry, Milliseconds, SourceRecord } from '../../src/protocol/record.ts';
import type { Gate } from './gate.ts';

/** A page script with everything of ours in it but the hook itself: records are made by hand. */
export class PlayedScript {
  readonly info: DocumentInfo;
  /** What it recorded, with the number and the time that it gave: whatever became of it later. */
  readonly recorded: Entry[] = [];
  readonly commands: DownMessage[] = [];
  /** What the next commands are refused with. */
  refuse: Refusal | undefined;
  dismissed = false;
  /** Whether it manages new connections. */
  manages = false;
  /** When it said goodbye last: its document was unloaded, or went into the back/forward cache. */
  left: Milliseconds | undefined;
  /** What the bridge is handed. */
  readonly end: PageEnd;

  readonly #channel = new MessageChannel();
  readonly #journal: Journal;
  readonly #publisher: Publisher;
  readonly #posting = new Set<(type: UpMessage['type']) => void>();
  #farewell: ((messages: UpMessage[]) => void) | undefined;

  constructor(info: DocumentInfo, gate: Gate, limits: Limits | undefined) {
    this.info = info;
    const { port1, port2 } = this.#channel;
    this.#journal = new Journal(() => this.#publisher.added(), limits);
    const port = gate.behind(fromMessagePort<UpMessage, DownMessage>(port1));
    const post = (message: UpMessage) => {
      port.post(message);
      for (const listener of this.#posting) listener(message.type);
    };
    this.#publisher = publish(
      this.#journal,
      info,
      { ...port, post },
      {
        run: (command) => {
          this.commands.push(command);
          const base = { type: 'outcome', document: info.id, command: command.command } as const;
          return this.refuse ? { ...base, ok: false, reason: this.refuse } : { ...base, ok: true };
        },
        manage: (on) => {
          this.manages = on;
        },
        dismissed: () => {
          this.dismissed = true;
          this.#publisher.stop();
          this.#journal.close();
          port1.close();
        },
      },
    );
    this.end = {
      port: gate.behind(fromMessagePort(port2)),
      onFarewell: (listener) => {
        this.#farewell = listener;
        return () => {
          this.#farewell = undefined;
        };
      },
    };
  }

  record(record: SourceRecord, source = 1): void {
    if (this.dismissed) return;
    this.#journal.add(source, record);
    const { 0: entry } = this.#journal.after(this.#journal.last - 1, 1);
    if (entry) this.recorded.push(structuredClone(entry));
  }

  /**
   * Until it posts such a message; no other task has run then, so the message is still between it and the bridge. Or
   * until `most` milliseconds went by without one.
   */
  posts(type: UpMessage['type'], most?: Milliseconds): Promise<void> {
    return new Promise((resolve) => {
      if (most !== undefined) setTimeout(resolve, most);
      this.#posting.add((posted) => {
        if (posted === type) resolve();
      });
    });
  }

  /** As at `pagehide`. */
  leave(): void {
    if (this.dismissed) return;
    const messages = JSON.parse(this.#publisher.farewell()) as UpMessage[];
    const bye = messages.at(-1);
    if (bye?.type === 'bye') this.left = bye.time;
    this.#farewell?.(messages);
  }

  /** Its document is gone. */
  destroy(): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}
