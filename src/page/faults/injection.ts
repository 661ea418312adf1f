import type { Fault } from '../../protocol/command.ts';
import type { SourceRecord } from '../../protocol/record.ts';
import type { BrowserProfile } from '../managed/browser-profile.ts';
import { interpreter, type Listening, type StreamState } from '../managed/interpreter.ts';
import { utf8 } from '../managed/pristine-fetch.ts';
import { indexOf, slice } from '../pristine.ts';
import type { Queue } from '../task-queue.ts';

/** The block of an event of the user's, as a server would write it. */
export function blockOf({ event, id, retry, data }: Extract<Fault, { type: 'inject' }>): string {
  let block = field('event', event) + field('id', id) + field('retry', retry);
  let rest = data;
  while (rest !== undefined) {
    const end = indexOf(rest, '\n');
    block += field('data', end < 0 ? rest : slice(rest, 0, end));
    rest = end < 0 ? undefined : slice(rest, end + 1);
  }
  return `${block}\n`;
}

const field = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : `${name}: ${value}\n`;

/** Interprets blocks beside the stream: each comes between two blocks of that, also in the middle of one. */
export function injector(
  { record, fire, heard }: Listening,
  state: StreamState,
  profile: BrowserProfile,
  origin: string,
  task: Queue,
): (blocks: string) => void {
  const marked = (fact: SourceRecord) => record(fact.type === 'dispatch' ? { ...fact, injected: true } : fact);
  return (blocks) => interpreter({ record: marked, fire, heard }, state, profile, origin, task)(utf8(blocks));
}
