import type { Source } from '../../model/source.ts';
import type { On } from '../fault-memory.ts';
import { selectedWords } from '../reach.ts';
import { text } from '../text.ts';
import { FormField, Input, Select } from './fault-form-dialog.tsx';

interface TargetFieldsProps {
  /** The selected sources. */
  chosen: readonly Source[];
  on: On;
  pattern: string;
  isWrong: boolean;
  choose(on: On): void;
  write(pattern: string): void;
}

/** For whom a fault is. */
export function TargetFields({ chosen, on, pattern, isWrong, choose, write }: TargetFieldsProps) {
  const options: [On, string][] = [
    ['pattern', text('optionPattern')],
    ['all', text('putOnAll')],
  ];
  if (chosen.length > 0) options.unshift(['source', selectedWords(chosen)]);
  return (
    <>
      <FormField label={text('putOn')} name="on">
        <Select name="on" value={on} options={options} choose={choose} />
      </FormField>
      {on === 'pattern' && (
        <FormField label={text('fieldPattern')} name="pattern">
          <Input name="pattern" value={pattern} isWrong={isWrong} write={write} />
        </FormField>
      )}
    </>
  );
}

export type HowOften = 'once' | 'times' | 'until';

interface LifetimeFieldsProps {
  howOften: HowOften;
  times: string;
  isWrong: boolean;
  choose(howOften: HowOften): void;
  write(times: string): void;
}

/** For how many attempts or connections it is in force. */
export function LifetimeFields({ howOften, times, isWrong, choose, write }: LifetimeFieldsProps) {
  const options: [HowOften, string][] = [
    ['once', text('optionOnce')],
    ['times', text('optionTimes')],
    ['until', text('optionUntilRemoved')],
  ];
  return (
    <>
      <FormField label={text('fieldHowOften')} name="often">
        <Select name="often" value={howOften} options={options} choose={choose} />
      </FormField>
      {howOften === 'times' && (
        <FormField label={text('fieldTimes')} name="times">
          <Input name="times" value={times} isNumber isWrong={isWrong} write={write} />
        </FormField>
      )}
    </>
  );
}
