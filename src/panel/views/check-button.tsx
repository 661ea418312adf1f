import { isResettable, stateOf } from '../../model/source-state.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** Begins a resilience check of the streams that are listed; or shows the one that runs. */
export function CheckButton() {
  const { session, lanes, checkShown, revision } = useStore();
  revision.value;
  const { latest } = session.checks;
  const isRunning = latest !== undefined && latest.phase !== 'over';
  const open = lanes.value.filter(
    (source) => isResettable(source) && !source.networkOnly && stateOf(source) === 'open',
  );
  const canCheck = isRunning || open.length > 0;
  const press = () => {
    if (!canCheck) return;
    if (!isRunning) session.checks.start(open);
    checkShown.value = true;
  };
  return (
    <button
      type="button"
      class="tool toolbar-check-button"
      data-testid="check"
      title={text(canCheck ? 'checkButtonHint' : 'checkButtonNone')}
      aria-label={text('checkButton')}
      aria-disabled={!canCheck}
      onClick={press}
    >
      <Icon name="shield" />
      <span class="toolbar-words">{text('checkButton')}</span>
    </button>
  );
}
