/**
 * What happened to a source, told in the words of the protocol:
 *
 *     story(`construct /events · connect · announce · dispatch 1 · dispatch 2 tick
 *            reestablish network · +3000 connect · announce · #2 construct /prices · close`)
 *
 * Steps are separated by `·` or by line ends. Each is one entry, 100 ms after the one before it.
 *
 * | step | words after it (all optional, in any order unless shown) |
 * |---|---|
 * | `construct <url>` | `credentials` |
 * | `connect` | a number (else one more than before) · `managed` `native` (else as before, at first native) · `id=…` (else the last one) · `start` `answer` (else what the page can see: `answer` for a native reconnect) · `request=…` |
 * | `announce` | a status |
 * | `dispatch [id [type]]` | `-` for no id of its own (the last one stays) · `data=…` · `size=…` · `unheard` · `injected` |
 * | `comment` `retry` `id` | the value |
 * | `reestablish` | `forced` · `fault=…` · `end` `network` `status=…` `content-type=…` · `id=…` (else the last one) |
 * | `fail` | `forced` · a cause, as above |
 * | `close` | |
 * | `fault begin\|act\|left\|end <which>` | `order=…` (else 1) · `count=…` · `used=…` · `until=…` |
 * | `witness open\|refused\|end` | a status |
 * | `witness ask` | `request=…` |
 * | `witnessed [id [type]]` | `data=…` · `size=…` |
 * | `listen <type>` | |
 * | `bye` | the document goes away (not an entry) |
 * | `drop <n>` | the ring lets n entries go (not an entry): their seqs are missing |
 *
 * Anywhere in a step: `@1500` (time, counted from the start of the document), `+3000` (time after the step before),
 * `#2` (the source; else that of the step before, at first 1).
 */
import { Log } from '../../src/model/log.ts';
import type { Source } from '../../src/model/source.ts';
import { FAULTS, type FaultType } from '../../src/protocol/command.ts';
import type { Carrier, Cause, DocumentInfo, Entry, SourceRecord } from '../../src/protocol/record.ts';

export interface Story {
  document: DocumentInfo;
  entries: Entry[];
  /** When the document went away, if it did. */
  bye?: number;
}

interface Teller {
  time: number;
  seq: number;
  source: number;
  /** What a source remembers between its steps. */
  sources: Map<number, { attempt: number; carried: Carrier; lastEventId: string }>;
}

/** The story of one document: by default a top document called `A` at https://app.test/ that started at 0. */
export function story(text: string, document: Partial<DocumentInfo> = {}): Story {
  const info: DocumentInfo = {
    id: 'A',
    url: 'https://app.test/',
    top: true,
    started: 0,
    entered: 'navigate',
    late: false,
    ...document,
  };
  const told: Story = { document: info, entries: [] };
  const teller: Teller = { time: info.started - 100, seq: 0, source: 1, sources: new Map() };
  for (const step of text.split(/[·\n]/)) {
    const words = step.trim().split(/\s+/).filter(Boolean);
    if (words.length > 0) tell(told, teller, words);
  }
  return told;
}

/** A log that preserves what it heard: these stories, one after the other, each in one batch. */
export function logOf(...stories: (Story | string)[]): Log {
  const log = new Log();
  log.preserve = true;
  for (const one of stories) hear(log, typeof one === 'string' ? story(one) : one);
  return log;
}

/** Lets `log` hear hello, all entries and (if told) bye. */
export function hear(log: Log, { document, entries, bye }: Story): void {
  log.hello(document, document.started);
  log.append(document.id, entries);
  if (bye !== undefined) log.bye(document.id, bye);
}

/** The first source of a story. */
export function sourceOf(text: string): Source {
  const [source] = logOf(text).sources;
  if (source === undefined) throw new Error(`No source in the story: ${text}`);
  return source;
}

function tell(told: Story, teller: Teller, step: string[]): void {
  let at: number | undefined;
  const words = step.filter((word) => {
    const number = Number(word.slice(1));
    if (/^@-?\d/.test(word)) at = told.document.started + number;
    else if (/^\+\d/.test(word)) at = teller.time + number;
    else if (/^#\d/.test(word)) teller.source = number;
    else return true;
    return false;
  });
  const [verb, ...rest] = words;
  if (verb === 'drop') {
    teller.seq += Number(rest[0]);
    return;
  }
  teller.time = at ?? teller.time + 100;
  if (verb === 'bye') {
    told.bye = teller.time;
    return;
  }
  teller.seq += 1;
  told.entries.push({ seq: teller.seq, time: teller.time, source: teller.source, record: record(teller, verb, rest) });
}

function record(teller: Teller, verb: string | undefined, words: string[]): SourceRecord {
  const memory = teller.sources.get(teller.source) ?? { attempt: 0, carried: 'native', lastEventId: '' };
  teller.sources.set(teller.source, memory);
  const has = (word: string) => words.includes(word);
  const value = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const plain = words.filter((word) => !word.includes('='));
  switch (verb) {
    case 'construct':
      return { type: verb, kind: 'eventsource', url: plain[0] ?? '/', withCredentials: has('credentials') };
    case 'connect': {
      const number = plain.find((word) => /^-?\d+$/.test(word));
      memory.attempt = number === undefined ? memory.attempt + 1 : Number(number);
      memory.carried = has('managed') ? 'managed' : has('native') ? 'native' : memory.carried;
      const unseen = has('answer') || (!has('start') && memory.carried === 'native' && memory.attempt > 1);
      const { attempt, carried } = memory;
      const lastEventId = value('id') ?? memory.lastEventId;
      const request = value('request');
      const seen = unseen ? 'answer' : 'start';
      return { type: verb, attempt, lastEventId, carried, seen, ...(request !== undefined && { request }) };
    }
    case 'announce':
      return plain[0] === undefined ? { type: verb } : { type: verb, status: Number(plain[0]) };
    case 'dispatch': {
      const [id = '-', event = 'message'] = plain.filter((word) => word !== 'unheard' && word !== 'injected');
      if (id !== '-') memory.lastEventId = id;
      const data = value('data') ?? `data of ${teller.seq}`;
      const size = Number(value('size') ?? data.length);
      const { lastEventId } = memory;
      const told = { type: verb, event, data, size, lastEventId, origin: 'https://app.test', heard: !has('unheard') };
      return has('injected') ? { ...told, injected: true } : told;
    }
    case 'comment':
    case 'retry':
    case 'id': {
      const text = words.join(' ');
      if (verb === 'id') memory.lastEventId = text;
      return { type: verb, value: text, size: text.length };
    }
    case 'reestablish':
      memory.lastEventId = value('id') ?? memory.lastEventId;
      return { type: verb, lastEventId: memory.lastEventId, forced: has('forced'), ...because(has, value) };
    case 'fail':
      return { type: verb, forced: has('forced'), ...because(has, value) };
    case 'close':
      return { type: verb };
    case 'fault': {
      const phase = (['act', 'left', 'end'] as const).find((one) => one === plain[0]) ?? 'begin';
      const told = { type: verb, phase, order: Number(value('order') ?? 1), fault: faultOf(plain[1]) } as const;
      const numbers = (['count', 'used', 'until'] as const).flatMap((name) => {
        const written = value(name);
        return written === undefined ? [] : [[name, Number(written)] as const];
      });
      return { ...told, ...Object.fromEntries(numbers) };
    }
    case 'witness': {
      if (plain[0] === 'ask') return { type: verb, phase: 'ask', request: value('request') ?? '' };
      const phase = (['refused', 'end'] as const).find((one) => one === plain[0]) ?? 'open';
      return plain[1] === undefined ? { type: verb, phase } : { type: verb, phase, status: Number(plain[1]) };
    }
    case 'witnessed': {
      const [id = '', event = 'message'] = plain;
      const data = value('data') ?? `data of ${teller.seq}`;
      return { type: verb, event, data, size: Number(value('size') ?? data.length), lastEventId: id };
    }
    case 'listen':
      return { type: verb, event: plain[0] ?? '' };
    default:
      throw new Error(`The story has no such step: ${verb}`);
  }
}

const faultOf = (word: string | undefined): FaultType =>
  (Object.keys(FAULTS) as FaultType[]).find((fault) => fault === word) ?? 'reset';

function because(
  has: (word: string) => boolean,
  value: (name: string) => string | undefined,
): { cause?: Cause; fault?: FaultType } {
  const fault = value('fault');
  return { ...causeIn(has, value), ...(fault !== undefined && { fault: faultOf(fault) }) };
}

function causeIn(has: (word: string) => boolean, value: (name: string) => string | undefined): { cause?: Cause } {
  const status = value('status');
  const contentType = value('content-type');
  if (status !== undefined) return { cause: { type: 'status', status: Number(status) } };
  if (contentType !== undefined) return { cause: { type: 'content-type', contentType } };
  if (has('end')) return { cause: { type: 'end' } };
  if (has('network')) return { cause: { type: 'network' } };
  return {};
}
