import type { Fault, Resume } from '../protocol/command.ts';

/** Faults whose numbers the user may write. */
export type DraftType = Exclude<Fault['type'], 'inject'>;

export type FieldName =
  | 'duration'
  | 'resume'
  | 'events'
  | 'id'
  | 'status'
  | 'contentType'
  | 'arrives'
  | 'delay'
  | 'jitter'
  | 'rate'
  | 'every'
  | 'after'
  | 'idle'
  | 'unit'
  | 'inside'
  | 'probability'
  | 'least'
  | 'most';

/** What a field asks for. It is asked only where another one has one of these values. */
export type Field = { name: FieldName; if?: readonly [FieldName, ...string[]] } & (
  | { kind: 'number'; initial: string; measure: Measure }
  | { kind: 'text'; initial: string }
  | { kind: 'choice'; options: readonly string[] }
);

/** How a number is written: in which unit, how many of the fault's own units that is, and what it may be. */
export interface Measure {
  unit?: 'seconds' | 'milliseconds' | 'bytesPerSecond' | 'percent';
  factor: number;
  least: number;
  most: number;
  isWhole?: true;
}

/** What the user wrote, by field. */
export type Draft = Readonly<Partial<Record<FieldName, string>>>;

/** What is wrong with it: a number that is none, or is too small or too large; `order`: it is less than the other one. */
export type Problem =
  | { field: FieldName; wrong: 'number'; measure: Measure }
  | { field: FieldName; wrong: 'contentType' | 'order' | 'jitter' };

const SECONDS: Measure = { unit: 'seconds', factor: 1000, least: 0.1, most: 3600 };
const MILLISECONDS: Measure = { unit: 'milliseconds', factor: 1, least: 0, most: 600_000 };
const COUNT: Measure = { factor: 1, least: 1, most: 1_000_000, isWhole: true };
const PERCENT: Measure = { unit: 'percent', factor: 0.01, least: 0.1, most: 100 };
const RATE: Measure = { unit: 'bytesPerSecond', factor: 1, least: 1, most: 100_000_000, isWhole: true };
const STATUS: Measure = { factor: 1, least: 200, most: 599, isWhole: true };

const asked = (name: FieldName, initial: string, measure: Measure): Field => ({
  kind: 'number',
  name,
  initial,
  measure,
});
const RESUME: readonly Field[] = [
  { kind: 'choice', name: 'resume', options: ['kept', 'dropped', 'old', 'given'] },
  { ...asked('events', '10', COUNT), if: ['resume', 'old'] },
  { kind: 'text', name: 'id', initial: '', if: ['resume', 'given'] },
];
const CHANCE: readonly Field[] = [asked('probability', '10', PERCENT)];

/** What each fault has to be told. */
export const FIELDS: Readonly<Record<DraftType, readonly Field[]>> = {
  reset: RESUME,
  outage: [asked('duration', '5', SECONDS), ...RESUME],
  refuse: [],
  respond: [asked('status', '503', STATUS), { kind: 'text', name: 'contentType', initial: 'text/plain' }],
  fail: [],
  hang: [asked('duration', '10', SECONDS)],
  silence: [asked('duration', '20', SECONDS), { kind: 'choice', name: 'arrives', options: ['never', 'late'] }],
  delay: [asked('delay', '400', MILLISECONDS), asked('jitter', '100', MILLISECONDS)],
  throttle: [asked('rate', '1024', RATE)],
  burst: [asked('every', '5', SECONDS)],
  cut: [
    { ...asked('after', '3', COUNT), if: ['unit', 'events', 'bytes'] },
    { ...asked('idle', '60', SECONDS), if: ['unit', 'idle'] },
    { kind: 'choice', name: 'unit', options: ['events', 'bytes', 'idle'] },
    { kind: 'choice', name: 'inside', options: ['between', 'inside'], if: ['unit', 'events'] },
  ],
  drop: CHANCE,
  duplicate: CHANCE,
  reorder: CHANCE,
  chaos: [asked('least', '2', SECONDS), asked('most', '15', SECONDS)],
};

/** [spec] RFC 9110: a media type is two tokens with a slash between them; what follows a semicolon is not looked into. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;[\x20-\x7e]*)?$/;

/** As the form comes up. */
export function firstDraft(type: DraftType): Draft {
  return Object.fromEntries(FIELDS[type].map((field) => [field.name, initialOf(field)]));
}

const initialOf = (field: Field): string => (field.kind === 'choice' ? (field.options[0] ?? '') : field.initial);

/** The fields that matter, by what else is written. */
export const askedOf = (type: DraftType, draft: Draft): readonly Field[] =>
  FIELDS[type].filter(({ if: condition }) => {
    if (condition === undefined) return true;
    const [name, ...values] = condition;
    return values.includes(draft[name] ?? '');
  });

/** A number as people write it, with a point or a comma; undefined where it is none, or not one that may be. */
export function readNumber(written: string, { factor, least, most, isWhole }: Measure): number | undefined {
  const words = written.trim().replace(',', '.');
  const value = /^\d+(\.\d*)?$|^\.\d+$/.test(words) ? Number(words) : Number.NaN;
  const fits = value >= least && value <= most && (!isWhole || Number.isInteger(value));
  // Of 0.1 × 0.01 no more digits are meant than were written.
  return fits ? Number((value * factor).toPrecision(12)) : undefined;
}

/** The fault that was written, or what is wrong with it: the first thing, in the order of the fields. */
export function faultOf(type: DraftType, draft: Draft): { fault: Fault } | { problem: Problem } {
  const numbers: Partial<Record<FieldName, number>> = {};
  for (const field of askedOf(type, draft)) {
    const { name } = field;
    const written = draft[name] ?? '';
    if (field.kind === 'number') {
      const value = readNumber(written, field.measure);
      if (value === undefined) return { problem: { field: name, wrong: 'number', measure: field.measure } };
      numbers[name] = value;
    } else if (name === 'contentType' && !MEDIA_TYPE.test(written.trim()))
      return { problem: { field: name, wrong: 'contentType' } };
  }
  const of = (name: FieldName): number => numbers[name] ?? 0;
  if (type === 'chaos' && of('most') < of('least')) return { problem: { field: 'most', wrong: 'order' } };
  if (type === 'delay' && of('jitter') > of('delay')) return { problem: { field: 'jitter', wrong: 'jitter' } };
  return { fault: build(type, draft, of) };
}

function build(type: DraftType, draft: Draft, of: (name: FieldName) => number): Fault {
  switch (type) {
    case 'reset':
      return { type, resume: resumeOf(draft, of) };
    case 'outage':
      return { type, duration: of('duration'), resume: resumeOf(draft, of) };
    case 'respond':
      return { type, status: of('status'), contentType: (draft.contentType ?? '').trim() };
    case 'hang':
      return { type, duration: of('duration') };
    case 'silence':
      return { type, duration: of('duration'), arrives: draft.arrives === 'late' ? 'late' : 'never' };
    case 'delay':
      return { type, delay: of('delay'), jitter: of('jitter') };
    case 'throttle':
      return { type, rate: of('rate') };
    case 'burst':
      return { type, every: of('every') };
    case 'cut': {
      if (draft.unit === 'idle') return { type, idle: of('idle') };
      const unit = draft.unit === 'bytes' ? 'bytes' : 'events';
      return { type, after: of('after'), unit, inside: unit === 'events' && draft.inside === 'inside' };
    }
    case 'drop':
    case 'duplicate':
    case 'reorder':
      return { type, probability: of('probability') };
    case 'chaos':
      return { type, least: of('least'), most: of('most') };
    case 'refuse':
    case 'fail':
      return { type };
  }
}

function resumeOf({ resume, id = '' }: Draft, of: (name: FieldName) => number): Resume {
  switch (resume) {
    case 'dropped':
      return { type: 'dropped' };
    case 'old':
      return { type: 'old', events: of('events') };
    case 'given':
      return { type: 'given', id };
    default:
      return { type: 'kept' };
  }
}
