/**
 * A server with one stream for all, a source that loses its connection to it, and a witness beside it, as entries of a
 * journal; and the truth about what the app lost and got again.
 */
import type { Entry, SourceRecord } from '../../src/protocol/record.ts';

export interface Scheme {
  /** The id of the event with this number, from 1. */
  id: (number: number) => string;
  /** Its data. */
  data: (number: number) => string;
}

export interface Cut {
  /** How many events the connection brings before it is cut. */
  brings: number;
  /** How many the server makes meanwhile. */
  away: number;
  /** Where the server goes on: so many events before what it should send next; negative: so many later. */
  back: number;
  /** After so many events of the past, it goes on with what is new. */
  replays: number;
  /** Of the new connection. */
  brought: number;
}

export interface Truth {
  entries: Entry[];
  lost: number;
  repeated: number;
  /** Numbers of the events that the app got, in order, and of those that it should have got. */
  got: number[];
}

/** `joined`: how many events before the cut the witness was opened; undefined for none. */
export function simulated(scheme: Scheme, cut: Cut, joined?: number): Truth {
  const entries: Entry[] = [];
  let time = 0;
  const tell = (record: SourceRecord, after: number) => {
    time += after;
    entries.push({ seq: entries.length + 1, time, source: 1, record });
  };
  let lastEventId = '';
  const got: number[] = [];
  const dispatch = (number: number, after: number) => {
    const own = scheme.id(number);
    if (own !== '-') lastEventId = own;
    const data = scheme.data(number);
    got.push(number);
    tell({ type: 'dispatch', event: 'message', data, size: data.length, lastEventId, origin: '', heard: true }, after);
  };
  let witnessed = '';
  const witness = (number: number) => {
    const own = scheme.id(number);
    if (own !== '-') witnessed = own;
    const data = scheme.data(number);
    tell({ type: 'witnessed', event: 'message', data, size: data.length, lastEventId: witnessed }, 1);
  };
  const isJoined = (number: number) => joined !== undefined && number > cut.brings - joined;
  tell({ type: 'construct', kind: 'eventsource', url: '/events', withCredentials: false }, 0);
  tell({ type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' }, 1);
  tell({ type: 'announce' }, 1);
  for (let number = 1; number <= cut.brings; number++) {
    if (joined !== undefined && number === Math.max(1, cut.brings - joined + 1))
      tell({ type: 'witness', phase: 'open' }, 400);
    dispatch(number, 500);
    if (isJoined(number)) witness(number);
  }
  if (joined === 0) tell({ type: 'witness', phase: 'open' }, 400);
  tell({ type: 'reestablish', lastEventId, forced: true }, 100);
  const now = cut.brings + cut.away;
  for (let number = cut.brings + 1; number <= now; number++) {
    time += 400;
    if (joined !== undefined) witness(number);
  }
  tell({ type: 'connect', attempt: 2, lastEventId, carried: 'managed', seen: 'start' }, 100);
  tell({ type: 'announce', status: 200 }, 10);
  // What is kept for it comes at once; what is new comes to both.
  const from = Math.min(now + 1, Math.max(1, cut.brings + 1 - cut.back));
  const past: number[] = [];
  for (let number = from; number <= now && past.length < cut.replays; number++) past.push(number);
  for (const number of past) dispatch(number, 1);
  for (let number = now + 1; number <= now + cut.brought; number++) {
    dispatch(number, 500);
    if (joined !== undefined) witness(number);
  }
  const after = got.slice(cut.brings);
  const newest = after.at(-1) ?? 0;
  let lost = 0;
  for (let number = cut.brings + 1; number <= newest; number++) if (!after.includes(number)) lost += 1;
  return { entries, lost, repeated: after.filter((number) => number <= cut.brings).length, got };
}
