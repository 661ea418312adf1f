import type { Attempt } from './attempt.ts';

/** How an attempt stands or ended, in one word; the panel has a sentence for each. */
export type Outcome =
  | 'connecting'
  | 'open'
  /** We dropped it, on command. */
  | 'reset'
  /** The server ended the stream; the source reconnects. */
  | 'end'
  /** The network failed; the source reconnects. */
  | 'network'
  /** `error`, and the source reconnects; a page cannot see why. */
  | 'error'
  /** The answer was final: a status other than 200. */
  | 'status'
  /** The answer was final: not an event stream. */
  | 'content-type'
  /** The source gave up; a page cannot see why. */
  | 'fail'
  /** The page called close(). */
  | 'close'
  /** The document went away. */
  | 'unload';

export function outcome({ announced, ended }: Attempt): Outcome {
  if (ended === undefined) return announced === undefined ? 'connecting' : 'open';
  const { by, forced, cause } = ended;
  if (by === 'close' || by === 'unload') return by;
  if (forced) return 'reset';
  return cause?.type ?? (by === 'fail' ? 'fail' : 'error');
}
