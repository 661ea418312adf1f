import { useState } from 'preact/hooks';
import type { Target } from '../../devtools/fault-desk.ts';
import {
  askedOf,
  type Draft,
  type DraftType,
  type Field,
  type FieldName,
  faultOf,
  firstDraft,
  type Measure,
  readNumber,
} from '../../model/fault-draft.ts';
import { hasLifetime, isRandom } from '../../model/fault-nature.ts';
import { isFaultable } from '../../model/source-state.ts';
import {
  FAULT_TITLES,
  FIELD_WORDS,
  numberSentence,
  OPTION_WORDS,
  problemSentence,
  UNIT_WORDS,
} from '../fault-form-words.ts';
import { type FormRequest, memoryOf, newSeed, patternOf, putFault } from '../fault-memory.ts';
import { targetOfChosen } from '../reach.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { FormDialog, FormField, FormProblem, Input, Select } from './fault-form-dialog.tsx';
import { type HowOften, LifetimeFields, TargetFields } from './fault-form-target.tsx';

const TIMES: Measure = { factor: 1, least: 1, most: 10_000, isWhole: true };
const SEED: Measure = { factor: 1, least: 0, most: 2 ** 32 - 1, isWhole: true };

/** What is in its nature happens once; what changes bytes goes on. */
const FIRST_OFTEN: Partial<Record<DraftType, HowOften>> = {
  respond: 'once',
  hang: 'once',
  cut: 'once',
  refuse: 'times',
};

interface FaultFormProps {
  type: DraftType;
  request: FormRequest;
  closed(): void;
}

/** One fault: its numbers, for whom, how often, and the seed where it is random. */
export function FaultForm({ type, request, closed }: FaultFormProps) {
  const { session, selection } = useStore();
  const memory = memoryOf(session);
  // Whoever is meant stays so: what happens behind the form may select another one.
  const [source] = useState(selection.source.value);
  const [chosen] = useState(selection.chosen.value);
  const [draft, setDraft] = useState<Draft>({ ...firstDraft(type), ...request.draft });
  const [on, setOn] = useState(request.on === 'source' && !source ? 'all' : request.on);
  const [pattern, setPattern] = useState(patternOf(memory, source));
  const [howOften, setOften] = useState<HowOften>(FIRST_OFTEN[type] ?? 'until');
  const [times, setTimes] = useState('3');
  const [seed, setSeed] = useState(`${newSeed()}`);
  const [wasTried, setTried] = useState(false);

  const result = faultOf(type, draft);
  const fault = 'fault' in result ? result.fault : undefined;
  const asksSeed = fault ? isRandom(fault) : false;
  const asksTimes = hasLifetime(type) && howOften === 'times';
  const count = howOften === 'once' ? 1 : readNumber(times, TIMES);
  const sown = readNumber(seed, SEED);
  const wrong = firstOf([
    'problem' in result && [result.problem.field, problemSentence(result.problem)],
    on === 'pattern' && pattern.trim() === '' && ['pattern', text('wrongPattern')],
    asksTimes && count === undefined && ['times', numberSentence(text('fieldTimes'), TIMES.least, TIMES.most, true)],
    asksSeed && sown === undefined && ['seed', numberSentence(text('fieldSeed'), SEED.least, SEED.most, true)],
  ]);
  const shown = wasTried ? wrong : undefined;
  const write = (name: FieldName) => (value: string) => setDraft({ ...draft, [name]: value });

  const submit = (): boolean => {
    setTried(true);
    if (wrong) document.getElementById(`field-${wrong[0]}`)?.focus();
    if (wrong || !fault) return false;
    const selected = on === 'source' ? targetOfChosen(chosen, isFaultable) : undefined;
    const target: Target = on === 'pattern' ? { type: on, pattern: pattern.trim() } : (selected ?? { type: 'all' });
    if (on === 'pattern') memory.pattern.value = pattern.trim();
    if ('resume' in fault && fault.resume.type === 'old') memory.events.value = fault.resume.events;
    const lasts = hasLifetime(type) && howOften !== 'until' && count !== undefined;
    putFault(session, fault, target, {
      ...(lasts && { times: count }),
      ...(asksSeed && sown !== undefined && { seed: sown }),
    });
    return true;
  };

  return (
    <FormDialog title={text(FAULT_TITLES[type])} testId="fault-form" submit={submit} closed={closed}>
      {askedOf(type, draft).map((field) => (
        <Numbers
          key={field.name}
          field={field}
          draft={draft}
          isWrong={shown?.[0] === field.name}
          write={write(field.name)}
        />
      ))}
      <TargetFields
        chosen={chosen}
        on={on}
        pattern={pattern}
        isWrong={shown?.[0] === 'pattern'}
        choose={setOn}
        write={setPattern}
      />
      {hasLifetime(type) && (
        <LifetimeFields
          howOften={howOften}
          times={times}
          isWrong={shown?.[0] === 'times'}
          choose={setOften}
          write={setTimes}
        />
      )}
      {asksSeed && (
        <FormField label={text('fieldSeed')} name="seed">
          <Input name="seed" value={seed} isNumber isWrong={shown?.[0] === 'seed'} write={setSeed} />
        </FormField>
      )}
      <FormProblem words={shown?.[1]} />
      <div class="form-ends">
        <button type="submit" class="button" data-testid="put">
          {text(hasLifetime(type) || type === 'chaos' ? 'putIt' : 'doIt')}
        </button>
      </div>
    </FormDialog>
  );
}

type Wrong = readonly [field: string, sentence: string];

const firstOf = (all: readonly (Wrong | false)[]): Wrong | undefined => all.find((one): one is Wrong => one !== false);

interface NumbersProps {
  field: Field;
  draft: Draft;
  isWrong: boolean;
  write(value: string): void;
}

function Numbers({ field, draft, isWrong, write }: NumbersProps) {
  const { name } = field;
  const value = draft[name] ?? '';
  const unit = field.kind === 'number' && field.measure.unit ? text(UNIT_WORDS[field.measure.unit]) : undefined;
  const words = (option: string) => {
    const key = OPTION_WORDS[option];
    return key ? text(key) : option;
  };
  return (
    <FormField label={text(FIELD_WORDS[name])} name={name} unit={unit}>
      {field.kind === 'choice' ? (
        <Select
          name={name}
          value={value}
          options={field.options.map((one) => [one, words(one)] as const)}
          choose={write}
        />
      ) : (
        <Input
          name={name}
          value={value}
          isNumber={field.kind === 'number'}
          isWrong={isWrong}
          hasUnit={unit !== undefined}
          write={write}
        />
      )}
    </FormField>
  );
}
