import { isResettable, stateOf } from '../../model/source-state.ts';
import { number } from '../format.ts';
import { leftOutWords, severalOf } from '../reach.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { NamedTool } from './named-tool.tsx';

/**
 * Begins a resilience check of the streams that are selected, if there are several, or else of all that are listed; or
 * shows the one that runs.
 */
export function CheckButton() {
  const { session, lanes, selection, checkShown, revision } = useStore();
  revision.value;
  const { latest } = session.checks;
  const isRunning = latest !== undefined && latest.phase !== 'over';
  const chosen = severalOf(selection.chosen.value);
  const open = (chosen ?? lanes.value).filter(
    (source) => isResettable(source) && !source.networkOnly && stateOf(source) === 'open',
  );
  const canCheck = isRunning || open.length > 0;
  const press = () => {
    if (!isRunning) session.checks.start(open);
    checkShown.value = true;
  };
  const label = chosen && !isRunning ? textOf('checkSeveral', open.length, number(open.length)) : text('checkButton');
  const hint = chosen
    ? [text(canCheck ? 'checkSeveralHint' : 'checkSeveralNone'), leftOutWords(chosen, open)].filter(Boolean).join('. ')
    : text(canCheck ? 'checkButtonHint' : 'checkButtonNone');
  return (
    <NamedTool
      icon="shield"
      name={label}
      hint={hint}
      testId="check"
      look="toolbar-check-button"
      isDisabled={!canCheck}
      press={press}
    />
  );
}
