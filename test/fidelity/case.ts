import type { Fault, FaultType } from '../../src/protocol/command.ts';
import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Feed } from '../lab/feed.ts';
import type { Downtime, Misbehaviours } from '../lab/misbehaviour.ts';

/**
 * How the fault comes to the source. `new`: it is in force when the source is made. `managed`: the source was managed
 * from its construction. `observed`: its connection was the browser's until then.
 */
export type Mode = 'new' | 'managed' | 'observed';

/** What the page asks the page script for, when it has seen so many events and then waited. */
export interface Moment {
  events: number;
  wait: Milliseconds;
}

export interface Ordered {
  fault: Fault;
  times?: number;
  seed?: number;
  /** Taken back so long after it was given. */
  undo?: Milliseconds;
  /** It is for the URLs with this pattern; else for the one source, or for all where it is in force before. */
  pattern?: string;
}

/** A difference that cannot be otherwise. Everything in it must be so, or it is a difference like any other. */
export interface Inherent {
  side: 'page' | 'server';
  /** Counted from 1: the event, or the attempt. */
  index: number;
  field: string;
  real: string;
  forced: string;
  /** In words, for the table. */
  why: string;
}

/** One fault, twice: a server that does it, and the same server without it and a page script that is asked for it. */
export interface FidelityCase {
  fault: FaultType;
  /** What distinguishes it from other cases of this fault. */
  variation: string;
  mode: Mode;
  feed: Feed;
  /** What the server does in the real one. */
  real: Misbehaviours;
  /** The port is closed before the source is made, in the real one. */
  beforehand?: Downtime;
  /** What the server does in the forced one: nothing, or what has to happen for the fault to show. */
  forced?: Misbehaviours;
  order: Ordered;
  /** Absent for mode `new`. */
  moment?: Moment;
  /** Both are over after so many events, or when the source is CLOSED. */
  until: number | 'closed';
  inherent?: readonly Inherent[];
  /** The stream is of another origin, which lets the page's read it. */
  elsewhere?: true;
  /** The app reconnects by itself: at each `error` it closes its source, waits so long, and makes another one. */
  byHand?: Milliseconds;
}

export const titleOf = ({ fault, variation, mode }: FidelityCase): string => `${fault}: ${variation} (${mode})`;
