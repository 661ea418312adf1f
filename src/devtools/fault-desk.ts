import type { Source } from '../model/source.ts';
import type { Fault, OrderId } from '../protocol/command.ts';

/** Whom the user means: one stream, those whose URL has this pattern in it (also after a navigation), or all of the tab. */
export type Target = { type: 'source'; source: Source } | { type: 'pattern'; pattern: string } | { type: 'all' };

/** A fault that lasts, as the user ordered it. */
export interface Standing {
  order: OrderId;
  fault: Fault;
  target: Target;
  /** For how many attempts or connections of a stream; undefined: until it is removed, or its own time is over. */
  times?: number;
  seed: number;
  /** A document says that it is in force there. False: asked for, or waiting for a document that has such streams. */
  isInForce: boolean;
}

/** Where faults are ordered and taken back. What is listed lasts; what happens at once is seen in the log alone. */
export interface FaultDesk {
  /** In the order in which they were put. */
  readonly standing: readonly Standing[];
  /** `seed`: a new one if not given. */
  put(fault: Fault, target: Target, options?: { times?: number; seed?: number }): void;
  remove(order: OrderId): void;
  removeAll(): void;
}
