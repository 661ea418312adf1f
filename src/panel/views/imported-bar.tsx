import { Icon, type IconName } from '../icons.tsx';
import { useSessionFiles } from '../session-files.ts';
import { type MessageKey, text } from '../text.ts';
import { Line } from './action.tsx';

/** In the place of what acts on a page, where there is none: it says why it does not. */
export function NoPage() {
  return (
    <>
      <Disabled icon="record" name="record" />
      <Disabled icon="clear" name="clear" />
      <Line />
      <button type="button" class="tool toolbar-reset" title={text('importedHint')} aria-disabled="true">
        <Icon name="reset" />
        {text('resetAll')}
      </button>
      <Disabled icon="bolt" name="faults" />
      <Disabled icon="shield" name="checkButton" />
      <Line />
    </>
  );
}

function Disabled({ icon, name }: { icon: IconName; name: MessageKey }) {
  return (
    <button type="button" class="tool" title={text('importedHint')} aria-label={text(name)} aria-disabled="true">
      <Icon name={icon} />
    </button>
  );
}

export function BackToPage() {
  const { back } = useSessionFiles();
  return (
    <button type="button" class="status-link" data-testid="back" onClick={back}>
      {text('backToPage')}
    </button>
  );
}
