import { useSessionFiles } from '../session-files.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Action } from './action.tsx';

const INPUT = 'import-file';

/** The buttons that save what is shown as a file, and that show what was saved. */
export function SessionFiles() {
  const { session, now, revision } = useStore();
  const files = useSessionFiles();
  revision.value;
  const isEmpty = session.log.sources.length === 0;
  const hint = session.imported ? 'exportImported' : isEmpty ? 'exportEmpty' : 'exportHint';
  return (
    <>
      <Action
        icon="import"
        label={text('import')}
        hint={text('importHint')}
        id="import"
        testId="import"
        isDisabled={files.isBusy}
        press={() => document.getElementById(INPUT)?.click()}
      />
      <Action
        icon="export"
        label={text('export')}
        hint={text(hint)}
        testId="export"
        isDisabled={session.imported !== undefined || isEmpty || files.isBusy}
        press={() => void files.exportLog(session.log, now.peek())}
      />
    </>
  );
}

/** What asks the user for a file. It is there when the menu that has the button has gone. */
export function FileInput() {
  const files = useSessionFiles();
  return (
    <input
      id={INPUT}
      type="file"
      accept=".json,application/json"
      hidden
      data-testid="import-file"
      onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        if (file) void files.importFile(file);
        // The same file may be chosen again.
        currentTarget.value = '';
      }}
    />
  );
}

/** Gives the focus to the button that shows a file, or to the menu that has it. */
export function focusOnFiles(): void {
  const button = document.getElementById('import');
  button?.focus();
  if (document.activeElement !== button) document.querySelector<HTMLElement>('.toolbar [aria-haspopup=menu]')?.focus();
}
