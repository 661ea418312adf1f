import './toolbar.css';
import { isResettable } from '../../model/source-state.ts';
import { Icon } from '../icons.tsx';
import { shortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { FilterField } from './filter-field.tsx';
import { ZoomControls } from './zoom-controls.tsx';

export function Toolbar() {
  const { lanes, session, narrow, clear, revision, now } = useStore();
  revision.value;
  const { recording, preserve } = session.log;
  const canReset = lanes.value.some(isResettable);
  return (
    <div class="toolbar" role="toolbar" aria-label={text('toolbar')}>
      <button
        type="button"
        class="tool toolbar-record"
        data-testid="record"
        title={`${text(recording ? 'recordStop' : 'recordStart')} (${shortcut('E')})`}
        aria-label={text('record')}
        aria-pressed={recording}
        onClick={() => session.record(!recording, now.peek())}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        class="tool"
        data-testid="clear"
        title={`${text('clearHint')} (${shortcut('L')})`}
        aria-label={text('clear')}
        onClick={clear}
      >
        <Icon name="clear" />
      </button>
      <span class="toolbar-line" />
      {/* aria-disabled, not disabled: the focus would be lost when the last source closes. */}
      <button
        type="button"
        class="tool toolbar-reset"
        data-testid="reset-all"
        title={text('resetAllHint')}
        aria-disabled={!canReset}
        onClick={() => canReset && session.reset('all')}
      >
        <Icon name="reset" />
        {text('resetAll')}
      </button>
      <span class="toolbar-line" />
      <label class="toolbar-check" title={text('manageNewHint')}>
        <input
          type="checkbox"
          data-testid="manage-new"
          checked={session.manageNew}
          // Shows what is in force, which is not yet what was asked for.
          onClick={(event) => {
            event.preventDefault();
            session.setManageNew(!session.manageNew);
          }}
        />
        <span>{text('manageNew')}</span>
      </label>
      <label class="toolbar-check" title={text('preserveLogHint')}>
        <input
          type="checkbox"
          data-testid="preserve-log"
          checked={preserve}
          onClick={() => session.preserveLog(!preserve)}
        />
        <span>{text('preserveLog')}</span>
      </label>
      <FilterField />
      <span class="toolbar-gap" />
      {narrow.value && lanes.value.length > 0 && <ZoomControls />}
    </div>
  );
}
