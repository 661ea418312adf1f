import type { Fault } from '../protocol/command.ts';

/** Those whose course follows from a seed. */
export function isRandom(fault: Fault): boolean {
  switch (fault.type) {
    case 'drop':
    case 'duplicate':
    case 'reorder':
      return true;
    case 'delay':
      return fault.jitter > 0;
    case 'chaos':
      return fault.most > fault.least;
    default:
      return false;
  }
}

/** It happens at once, or has a time of its own: how often it shall happen is no question. */
const OWN_TIME: readonly Fault['type'][] = ['reset', 'outage', 'fail', 'silence', 'chaos', 'inject'];

/** Whether the user says for how many attempts or connections it is in force. */
export const hasLifetime = (type: Fault['type']): boolean => !OWN_TIME.includes(type);
