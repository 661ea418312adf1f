import { type Signal, signal } from '@preact/signals';
import type { Standing, Target } from '../devtools/fault-desk.ts';
import type { Session } from '../devtools/session.ts';
import type { Draft, DraftType } from '../model/fault-draft.ts';
import { isRandom } from '../model/fault-nature.ts';
import type { InjectDraft } from '../model/inject-draft.ts';
import { PRESETS, type PresetName } from '../model/presets.ts';
import type { Source } from '../model/source.ts';
import { pathOf } from '../model/source-name.ts';
import { isFaultable } from '../model/source-state.ts';
import type { Fault } from '../protocol/command.ts';
import { targetOfChosen } from './reach.ts';

/** Whom the user means by the next fault; `source`: what is selected, one or several. */
export type On = 'source' | 'pattern' | 'all';

/** A form that is to be shown. */
export interface FormRequest {
  type: DraftType | 'inject';
  on: On;
  /** For what is already known of it. */
  draft?: Draft;
}

/** What the user wrote and chose, for the next time. Lasts as long as the session; nothing of it is stored. */
export interface FaultMemory {
  readonly form: Signal<FormRequest | undefined>;
  readonly on: Signal<On>;
  /** Undefined: the path of the selected source. */
  readonly pattern: Signal<string | undefined>;
  /** Of how many events ago an old id is. */
  readonly events: Signal<number>;
  readonly injected: Signal<readonly InjectDraft[]>;
  /** The newest chaos, to repeat it when it is gone. */
  readonly chaos: Signal<Pick<Standing, 'fault' | 'target' | 'seed'> | undefined>;
}

const memories = new WeakMap<Session, FaultMemory>();

export function memoryOf(session: Session): FaultMemory {
  let memory = memories.get(session);
  if (!memory) {
    memory = {
      form: signal<FormRequest>(),
      on: signal<On>('source'),
      pattern: signal<string>(),
      events: signal(10),
      injected: signal<readonly InjectDraft[]>([]),
      chaos: signal<FaultMemory['chaos']['value']>(),
    };
    memories.set(session, memory);
  }
  return memory;
}

/** Without a source that is selected, all are meant. */
export const onOf = (on: On, source: Source | undefined): On => (on === 'source' && !source ? 'all' : on);

export const patternOf = ({ pattern }: FaultMemory, source: Source | undefined): string =>
  pattern.value ?? (source ? pathOf(source.url) : '');

/** `chosen`: the selected sources, the one whose pattern is meant is `source`. */
export function targetOf(memory: FaultMemory, source: Source | undefined, chosen: readonly Source[]): Target {
  const on = onOf(memory.on.value, source);
  const selected = targetOfChosen(chosen, isFaultable);
  if (on === 'source' && selected) return selected;
  const pattern = patternOf(memory, source);
  return on === 'pattern' && pattern !== '' ? { type: 'pattern', pattern } : { type: 'all' };
}

/** Six digits can be read out and typed again. */
export const newSeed = (): number => Math.floor(Math.random() * 1_000_000);

/** Orders a fault. A reset goes the session's way, which has the browser reconnect by itself where that is possible. */
export function putFault(
  session: Session,
  fault: Fault,
  target: Target,
  { times, seed = newSeed() }: { times?: number; seed?: number } = {},
): void {
  if (fault.type === 'reset' && target.type !== 'pattern') {
    const whom = target.type === 'all' ? 'all' : target.type === 'sources' ? target.sources : target.source;
    session.reset(whom, fault.resume);
    return;
  }
  session.faults.put(fault, target, { seed, ...(times !== undefined && { times }) });
  if (fault.type === 'chaos') memoryOf(session).chaos.value = isRandom(fault) ? { fault, target, seed } : undefined;
}

/** All steps go the same way, in their order: what a reset in the network makes of a source would not be ours yet. */
export function putPreset(session: Session, name: PresetName, target: Target): void {
  for (const { fault, times } of PRESETS[name]) {
    if (fault.type === 'reset') session.faults.put(fault, target);
    else putFault(session, fault, target, times === undefined ? {} : { times });
  }
}
