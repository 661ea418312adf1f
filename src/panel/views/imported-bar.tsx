import { Icon, type IconName } from '../icons.tsx';
import { useSessionFiles } from '../session-files.ts';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';
import { FilterField } from './filter-field.tsx';
import { SessionFiles } from './session-files.tsx';
import { ZoomControls } from './zoom-controls.tsx';

/** The tools for a session out of a file: to look at it. What acts on a page is in its place, and says why it does not. */
export function ImportedBar() {
  const { narrow } = useStore();
  return (
    <div class="toolbar" role="toolbar" aria-label={text('toolbar')}>
      <Disabled icon="record" name="record" />
      <Disabled icon="clear" name="clear" />
      <span class="toolbar-line" />
      <button type="button" class="tool toolbar-reset" title={text('importedHint')} aria-disabled="true">
        <Icon name="reset" />
        {text('resetAll')}
      </button>
      <FilterField />
      <span class="toolbar-gap" />
      {narrow.value && <ZoomControls />}
      <SessionFiles />
    </div>
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
