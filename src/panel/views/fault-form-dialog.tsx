import './fault-form.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

interface FormDialogProps {
  title: string;
  testId: string;
  /** Returns whether the form is done, and is to close. */
  submit(): boolean;
  /** It has gone. */
  closed(): void;
  children: ComponentChildren;
}

/** A form in a dialog, which closes when it is done. */
export function FormDialog({ title, testId, submit, closed, children }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input, select, textarea, .button');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, []);
  return (
    <Dialog title={title} look="form-dialog" testId={testId} closed={closed}>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (submit()) form.current?.closest('dialog')?.close();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  /** Of the field: its control is `field-` and this. */
  name: string;
  unit?: string | undefined;
  children: ComponentChildren;
}

/** A label, and beside it a control whose id is `field-` and the name. */
export function FormField({ label, name, unit, children }: FieldProps) {
  return (
    <div class="form-field">
      <label for={`field-${name}`}>{label}</label>
      <span class="form-control">
        {children}
        {unit !== undefined && (
          <span class="form-unit" id={`unit-${name}`}>
            {unit}
          </span>
        )}
      </span>
    </div>
  );
}

interface InputProps {
  name: string;
  value: string;
  isNumber?: boolean;
  isWrong?: boolean;
  hasUnit?: boolean;
  write(value: string): void;
}

/** `isWrong`: what is said at the end of the form is about it. */
export function Input({ name, value, isNumber = false, isWrong = false, hasUnit = false, write }: InputProps) {
  const described = [hasUnit && `unit-${name}`, isWrong && 'form-problem'].filter(Boolean).join(' ');
  return (
    <input
      id={`field-${name}`}
      class={isNumber ? 'form-number number' : ''}
      type="text"
      inputMode={isNumber ? 'decimal' : 'text'}
      autoComplete="off"
      spellcheck={false}
      value={value}
      aria-invalid={isWrong || undefined}
      aria-describedby={described || undefined}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  );
}

interface SelectProps<Value extends string> {
  name: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  choose(value: Value): void;
}

export function Select<Value extends string>({ name, value, options, choose }: SelectProps<Value>) {
  const take = (written: string) => {
    const option = options.find(([one]) => one === written);
    if (option) choose(option[0]);
  };
  return (
    <select id={`field-${name}`} value={value} onChange={({ currentTarget }) => take(currentTarget.value)}>
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** Always there, so that what is put into it is announced. */
export function FormProblem({ words }: { words: string | undefined }) {
  return (
    <p id="form-problem" class="form-problem" role="alert" data-testid="form-problem">
      {words}
    </p>
  );
}
