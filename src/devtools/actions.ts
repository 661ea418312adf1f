import type { Log } from '../model/log.ts';
import type { Source } from '../model/source.ts';
import type { Refusal, Resume } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { RequestKey } from '../protocol/network.ts';
import { Commands } from './commands.ts';
import { createFaultDesk, type OpenFaultDesk } from './fault-desk.ts';
import { createResets, type Resets } from './resets.ts';

/**
 * The newest command that was refused. `untapped`: the tap has let go of what only the network knows · `unreachable`: no
 * script of ours is where it lives.
 */
export interface Refused {
  source: Source | undefined;
  reason: Refusal | 'untapped' | 'unreachable';
}

/** What the user does to the page. What becomes of it comes back as facts. */
export interface Actions {
  /** Undefined once another command succeeded. */
  refused: Refused | undefined;
  readonly faults: OpenFaultDesk;
  readonly resets: Resets;
  reset(target: Source | readonly Source[] | 'all', resume?: Resume): void;
  witness(source: Source, on: boolean): void;
  /** A document has answered a command. */
  answered(outcome: Extract<UpMessage, { type: 'outcome' }>): void;
}

/** What actions need of their session. */
export interface ActionGround {
  log: Log;
  send(message: DownMessage): void;
  /** Ends a request that is tapped, in the network. False if it is not tapped any more. */
  resetRequest(request: RequestKey): Promise<boolean>;
  changed(): void;
}

export function createActions({ log, send, resetRequest, changed }: ActionGround): Actions {
  const commands = new Commands(send);
  let orders = 0;
  const newOrder = () => ++orders;
  const refuse = (source: Source, reason: Refused['reason']) => {
    actions.refused = { source, reason };
    changed();
  };
  const unreachable = (source: Source) => refuse(source, 'unreachable');
  const faults = createFaultDesk({
    log,
    send: (document, what, source) => commands.send(document, what, source),
    newOrder,
    unreachable,
    random: Math.random,
    changed,
  });
  const resets = createResets({
    log,
    inNetwork: resetRequest,
    takeOver(document, scope, resume, source) {
      const order = { id: newOrder(), fault: { type: 'reset', resume }, scope, seed: 0 } as const;
      commands.send(document, { type: 'order', order }, source);
    },
    untapped: (source) => refuse(source, 'untapped'),
    unreachable,
  });
  const actions: Actions = {
    refused: undefined,
    faults,
    resets,
    reset(target, resume = { type: 'kept' }) {
      if (target === 'all') resets.all(resume);
      else if ('key' in target) resets.one(target, resume);
      // One after the other in the same turn: their documents hear of it at once.
      else for (const source of target) resets.one(source, resume);
    },
    witness(source, on) {
      if (source.networkOnly) unreachable(source);
      else commands.send(source.document.id, { type: 'witness', source: source.id, on }, source);
    },
    answered(outcome) {
      const asked = commands.answered(outcome);
      if (!asked) return;
      const { document, what, source } = asked;
      const { ok, reason } = outcome;
      // What is taken back, and had been over already, is as the user wants it.
      if (what.type !== 'undo') actions.refused = reason && { source, reason };
      faults.outcome(document, what, ok);
    },
  };
  return actions;
}
