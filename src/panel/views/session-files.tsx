import { useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { useSessionFiles } from '../session-files.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** The buttons that save what is shown as a file, and that show what was saved. */
export function SessionFiles() {
  const { session, now, revision } = useStore();
  const files = useSessionFiles();
  const input = useRef<HTMLInputElement>(null);
  revision.value;
  const isEmpty = session.log.sources.length === 0;
  const canExport = !session.imported && !isEmpty && !files.isBusy;
  const hint = session.imported ? 'exportImported' : isEmpty ? 'exportEmpty' : 'exportHint';
  const canImport = !files.isBusy;
  return (
    <>
      <button
        type="button"
        class="tool"
        id="import"
        data-testid="import"
        title={text('importHint')}
        aria-label={text('import')}
        aria-disabled={!canImport}
        onClick={() => canImport && input.current?.click()}
      >
        <Icon name="import" />
      </button>
      <input
        ref={input}
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
      <button
        type="button"
        class="tool"
        data-testid="export"
        title={text(hint)}
        aria-label={text('export')}
        aria-disabled={!canExport}
        onClick={() => canExport && void files.exportLog(session.log, now.peek())}
      >
        <Icon name="export" />
      </button>
    </>
  );
}
