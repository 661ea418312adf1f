import { isResettable, stateOf } from '../../model/source-state.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { NamedTool } from './named-tool.tsx';

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
    if (!isRunning) session.checks.start(open);
    checkShown.value = true;
  };
  return (
    <NamedTool
      icon="shield"
      name={text('checkButton')}
      hint={text(canCheck ? 'checkButtonHint' : 'checkButtonNone')}
      testId="check"
      look="toolbar-check-button"
      isDisabled={!canCheck}
      press={press}
    />
  );
}
