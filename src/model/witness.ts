import type { Milliseconds, WitnessRecord } from '../protocol/record.ts';

export interface WitnessedEvent {
  time: Milliseconds;
  type: string;
  data: string;
  /** True length of the data, in UTF-16 code units. */
  size: number;
  lastEventId: string;
}

/** A second connection to the URL of a source, and what it received. */
export interface Witness {
  from: Milliseconds;
  /** Undefined while it is not over. */
  to?: Milliseconds;
  phase: 'open' | 'refused' | 'end';
  status?: number;
  events: WitnessedEvent[];
  /** How many of its events, the oldest, are not kept any more, or were not recorded. */
  forgotten?: number;
}

/**
 * In place. Events of a witness whose opening was lost on the way belong to one that we assume. There is one at a time. An
 * event that is not to be kept is counted.
 */
export function applyWitness(witnesses: Witness[], record: WitnessRecord, time: Milliseconds, keepsEvent = true): void {
  // It is none before it is answered; whose the request is, the document knows.
  if (record.type === 'witness' && record.phase === 'ask') return;
  let last = witnesses.at(-1);
  if (!last || last.to !== undefined || (record.type === 'witness' && record.phase === 'open')) {
    if (last) last.to ??= time;
    last = { from: time, phase: 'open', events: [] };
    witnesses.push(last);
  }
  if (record.type === 'witnessed') {
    if (!keepsEvent) {
      forget(last, 1);
      return;
    }
    const { event: type, data, size, lastEventId } = record;
    last.events.push({ time, type, data, size, lastEventId });
    return;
  }
  last.phase = record.phase;
  if (record.status !== undefined) last.status = record.status;
  if (record.phase !== 'open') last.to = time;
}

/** So many of its oldest events are not there any more. */
export function forget(witness: Witness, events: number): void {
  if (events > 0) witness.forgotten = (witness.forgotten ?? 0) + events;
}
