import './toolbar.css';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { ZoomControls } from './zoom-controls.tsx';

export function Toolbar() {
  const { lanes, session, narrow, clear } = useStore();
  const canReset = lanes.value.some(({ state }) => state !== 'closed');
  return (
    <div class="toolbar" role="toolbar" aria-label={text('toolbar')}>
      <button
        type="button"
        class="tool"
        data-testid="clear"
        title={text('clearHint')}
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
      <span class="toolbar-gap" />
      {narrow.value && lanes.value.length > 0 && <ZoomControls />}
    </div>
  );
}
