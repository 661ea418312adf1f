import type { Fault } from '../protocol/command.ts';

/** One fault of a preset; `times` as in an order. */
export interface PresetStep {
  fault: Fault;
  times?: number;
}

export type PresetName = 'restart' | 'deploy' | 'expired' | 'mobile' | 'sleep' | 'proxy' | 'balancer' | 'chaos';

const RESET: PresetStep = { fault: { type: 'reset', resume: { type: 'kept' } } };

/**
 * What happens to streams in the wild, by the names that people use. The faults are put in this order, for whatever target.
 * A reset comes first where the next attempts are what is meant: it drops the connection that is there, and those after it
 * are ours.
 */
export const PRESETS: Readonly<Record<PresetName, readonly PresetStep[]>> = {
  /** The process is gone, nobody listens on the port for five seconds, then all come back. */
  restart: [{ fault: { type: 'outage', duration: 5000, resume: { type: 'kept' } } }],
  /** The connection is lost, and the proxy in front of the new server has nobody to ask yet. [spec] A 503 fails a source for
   * good: what meets the other two is what the app itself opens next. */
  deploy: [RESET, { fault: { type: 'respond', status: 503, contentType: 'text/plain' }, times: 3 }],
  /** The connection is lost, and from then on the server wants a login. */
  expired: [RESET, { fault: { type: 'respond', status: 401, contentType: 'application/json' } }],
  /** Late by 400 ms, more or less; and lost every 5 to 30 seconds. */
  mobile: [
    { fault: { type: 'delay', delay: 400, jitter: 300 } },
    { fault: { type: 'chaos', least: 5000, most: 30_000 } },
  ],
  /** The lid is closed for half a minute; the connection has outlived that, and brings all that was missed. */
  sleep: [{ fault: { type: 'silence', duration: 30_000, arrives: 'late' } }],
  /** What the server sends waits in a buffer, which is handed on every five seconds. */
  proxy: [{ fault: { type: 'burst', every: 5000 } }],
  /** Lost when nothing came for a minute, which is what many load balancers have as their default: a comment now and then,
   * as the standard recommends, keeps the connection. */
  balancer: [{ fault: { type: 'cut', idle: 60_000 } }],
  /** Lost at random moments, 2 to 15 seconds apart. */
  chaos: [{ fault: { type: 'chaos', least: 2000, most: 15_000 } }],
};
