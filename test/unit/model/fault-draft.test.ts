import { describe, expect, test } from 'vitest';
import { askedOf, type DraftType, FIELDS, faultOf, firstDraft } from '../../../src/model/fault-draft.ts';

const types = Object.keys(FIELDS) as DraftType[];
const written = (type: DraftType, draft = {}) => faultOf(type, { ...firstDraft(type), ...draft });
const wrong = (type: DraftType, draft: object) => {
  const result = written(type, draft);
  return 'problem' in result ? `${result.problem.field} ${result.problem.wrong}` : result.fault;
};

test.each(types)('%s can be put as its form comes up', (type) => {
  expect(written(type)).toMatchObject({ fault: { type } });
});

describe('numbers', () => {
  test('are written in the units of the form, and put in those of the fault', () => {
    expect(wrong('outage', { duration: '2.5' })).toMatchObject({ duration: 2500 });
    expect(wrong('delay', { delay: ' 400 ', jitter: '0' })).toMatchObject({ delay: 400, jitter: 0 });
    expect(wrong('drop', { probability: '0.1' })).toEqual({ type: 'drop', probability: 0.001 });
    expect(wrong('drop', { probability: '7' })).toEqual({ type: 'drop', probability: 0.07 });
    expect(wrong('throttle', { rate: '512' })).toEqual({ type: 'throttle', rate: 512 });
  });

  test('may have a decimal comma', () => {
    expect(wrong('hang', { duration: '1,5' })).toEqual({ type: 'hang', duration: 1500 });
  });

  test.each(['', ' ', '-1', '0', '1e3', '0x10', 'NaN', 'Infinity', '3601', '1.2.3', '１'])(
    '%j is no duration',
    (duration) => {
      expect(wrong('outage', { duration })).toBe('duration number');
    },
  );

  test('are whole where halves make no sense', () => {
    expect(wrong('cut', { after: '1.5' })).toBe('after number');
    expect(wrong('respond', { status: '503.5' })).toBe('status number');
    expect(wrong('respond', { status: '199' })).toBe('status number');
    expect(wrong('respond', { status: '600' })).toBe('status number');
  });

  test('that belong together fit each other', () => {
    expect(wrong('chaos', { least: '10', most: '5' })).toBe('most order');
    expect(wrong('chaos', { least: '5', most: '5' })).toEqual({ type: 'chaos', least: 5000, most: 5000 });
    expect(wrong('delay', { delay: '100', jitter: '200' })).toBe('jitter jitter');
  });
});

describe('the answer', () => {
  test.each(['text/html', 'text/event-stream', 'application/problem+json; charset=utf-8'])(
    'may be %s',
    (contentType) => {
      expect(wrong('respond', { status: '200', contentType })).toEqual({ type: 'respond', status: 200, contentType });
    },
  );
  test.each(['', 'html', 'text/', 'text/html\r\nx: y', 'text/ html'])('is not %j', (contentType) => {
    expect(wrong('respond', { contentType })).toBe('contentType contentType');
  });
});

describe('the resume condition', () => {
  test('asks only for what it needs', () => {
    const asked = (resume: string) => askedOf('reset', { resume }).map(({ name }) => name);
    expect([asked('kept'), asked('old'), asked('given')]).toEqual([['resume'], ['resume', 'events'], ['resume', 'id']]);
    // What is not asked for cannot be wrong.
    expect(wrong('reset', { resume: 'kept', events: 'many' })).toEqual({ type: 'reset', resume: { type: 'kept' } });
    expect(wrong('reset', { resume: 'old', events: 'many' })).toBe('events number');
  });

  test('is taken as it is written: ids may have spaces, and may be empty', () => {
    expect(wrong('reset', { resume: 'given', id: ' 7 ' })).toMatchObject({ resume: { type: 'given', id: ' 7 ' } });
    expect(wrong('outage', { resume: 'dropped' })).toMatchObject({ resume: { type: 'dropped' } });
  });
});

test('bytes are cut anywhere: only events have an inside', () => {
  expect(wrong('cut', { unit: 'bytes', inside: 'inside' })).toMatchObject({ unit: 'bytes', inside: false });
  expect(wrong('cut', { unit: 'events', inside: 'inside' })).toMatchObject({ unit: 'events', inside: true });
});

test('a cut of what is idle asks for how long, and for no number of anything', () => {
  const asked = (unit: string) => askedOf('cut', { unit }).map(({ name }) => name);
  expect(asked('events')).toEqual(['after', 'unit', 'inside']);
  expect(asked('bytes')).toEqual(['after', 'unit']);
  expect(asked('idle')).toEqual(['idle', 'unit']);
  expect(wrong('cut', { unit: 'idle', after: 'x' })).toEqual({ type: 'cut', idle: 60_000 });
  expect(wrong('cut', { unit: 'idle', idle: '2.5' })).toEqual({ type: 'cut', idle: 2500 });
  expect(wrong('cut', { unit: 'idle', idle: '0' })).toBe('idle number');
});
