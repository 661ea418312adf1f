import { here } from '../../support/browser.ts';
import type { Group } from '../case.ts';
import { parsed } from '../play.ts';

/** [spec] 9.2.6 "Interpreting an event stream": blocks, fields and lines. */
export const PARSING: Group = {
  name: 'parsing',
  cases: [
    // The standard's own examples.
    parsed("the standard's stock ticker", ['data: YHOO\ndata: +2\ndata: 10\n\n'], ['message:YHOO\n+2\n10']),
    parsed(
      "the standard's four blocks: comment, data and id, empty id, leading blanks",
      [': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n'],
      ['message:first event#1', 'message:second event', 'message: third event'],
    ),
    parsed(
      "the standard's two events of `data` alone, and an unfinished block",
      ['data\n\ndata\ndata\n\ndata:'],
      ['message:', 'message:\n'],
    ),
    parsed("the standard's two identical events", ['data:test\n\ndata: test\n\n'], ['message:test', 'message:test']),
    parsed(
      "the standard's event types",
      ['event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n'],
      ['add:73857293', 'remove:2153', 'add:113411'],
      ['add', 'remove'],
    ),

    // Fields.
    parsed('the order of fields in a block does not matter', ['id: 7\ndata: a\nevent: b\n\n'], ['b:a#7'], ['b']),
    parsed(
      'the last `event` and the last `id` of a block count',
      ['event: a\nevent: b\nid: 1\nid: 2\ndata: x\n\n'],
      ['b:x#2'],
      ['a', 'b'],
    ),
    parsed(
      '"If the line starts with a colon: ignore the line"',
      [':\n: comment\n:data: no\ndata: a\n:id: no\n\n'],
      ['message:a'],
    ),
    parsed('a comment between the lines of data', ['data: a\n: comment\ndata: b\n\n'], ['message:a\nb']),
    parsed(
      '"Otherwise: the field is ignored"',
      ['datax: a\nfoo: b\nfoo\nevents: c\nidx: 3\ndata: x\n\n'],
      ['message:x'],
    ),
    parsed('"The whole line as the field name" without a colon', ['data\nevent\nid\n\n'], ['message:']),
    parsed(
      'field names are compared literally: case matters',
      ['Data: a\nDATA: b\nEvent: c\nID: 4\ndata: x\n\n'],
      ['message:x'],
      ['c'],
    ),
    parsed(
      'a field name with a blank before or after it is another name',
      [' data: a\ndata : b\ndata: x\n\n'],
      ['message:x'],
    ),
    parsed('a field name with a tab before it is another name', ['\tdata: a\ndata: x\n\n'], ['message:x']),
    parsed(
      '"If value starts with a U+0020 SPACE character, remove it": one',
      ['data:  a\n\ndata:a \n\n'],
      ['message: a', 'message:a '],
    ),
    parsed('a tab after the colon is part of the value', ['data:\ta\n\n'], ['message:\ta']),
    parsed('a no-break space after the colon is part of the value', ['data:\u00a0a\n\n'], ['message:\u00a0a']),
    parsed('only the first colon divides', ['data:a:b: c\n\ndata::a\n\n'], ['message:a:b: c', 'message::a']),
    parsed('JSON and quotes are just data', ['data: {"a": "b: c", "d": []}\n\n'], ['message:{"a": "b: c", "d": []}']),

    // Data.
    parsed(
      '"If the data buffer is an empty string": nothing is dispatched',
      ['event: a\nid: 1\n\ndata: x\n\n'],
      // [firefox] An id counts with the data of its block only.
      here({ chromium: ['message:x#1'], firefox: ['message:x'] }),
      ['a'],
    ),
    parsed('one empty data line is an event with empty data', ['data\n\n'], ['message:']),
    parsed('`data:` with one blank is an event with empty data', ['data: \n\n'], ['message:']),
    parsed('empty data lines are lines', ['data\ndata\ndata: a\ndata\n\n'], ['message:\n\na\n']),
    parsed('blank lines alone dispatch nothing', ['\n\n\n\ndata: x\n\n\n\n'], ['message:x']),
    parsed(
      'a hundred events of one chunk, in order',
      [Array.from({ length: 100 }, (_, index) => `data: ${index}\n\n`).join('')],
      Array.from({ length: 100 }, (_, index) => `message:${index}`),
    ),
    parsed('a line of a megabyte', [`data: ${'x'.repeat(1_048_576)}\n\n`], [`message:${'x'.repeat(1_048_576)}`]),
    parsed('a thousand lines of data', ['data: y\n'.repeat(1000), '\n'], [`message:${'y\n'.repeat(999)}y`]),

    // The event type.
    parsed('the event type is of its block alone', ['event: a\ndata: 1\n\ndata: 2\n\n'], ['a:1', 'message:2'], ['a']),
    parsed('an event type without data is forgotten', ['event: a\n\ndata: 1\n\n'], ['message:1'], ['a']),
    parsed(
      'an empty event type is `message`',
      ['event:\ndata: 1\n\nevent: a\nevent: \ndata: 2\n\n'],
      ['message:1', 'message:2'],
      ['a'],
    ),
    parsed('`event: message` is a message', ['event: message\ndata: 1\n\n'], ['message:1']),
    parsed('`event: Message` is none', ['event: Message\ndata: 1\n\n'], ['Message:1'], ['Message']),
    parsed(
      'blanks are part of an event type, but for the first',
      ['event:  a b \ndata: 1\n\n'],
      [' a b :1'],
      [' a b ', 'a b'],
    ),
    parsed('an event type of any script', ['event: 更新 🚀\ndata: é\n\n'], ['更新 🚀:é'], ['更新 🚀']),
    parsed(
      'an event type of 10,000 characters',
      [`event: ${'e'.repeat(10_000)}\ndata: 1\n\n`],
      [`${'e'.repeat(10_000)}:1`],
      ['e'.repeat(10_000)],
    ),
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'close', 'readyState', 'load', 'click'].map((type) =>
      parsed(`the event type ${type}`, [`event: ${type}\ndata: 1\n\ndata: 2\n\n`], [`${type}:1`, 'message:2'], [type]),
    ),
  ],
};
