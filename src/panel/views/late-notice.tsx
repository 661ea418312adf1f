import './late-notice.css';
import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** Says that the page was there before DevTools was, until it is reloaded or the user does not want to hear it. */
export function LateNotice() {
  const { session, lanes, revision } = useStore();
  const [dismissed, dismiss] = useState<string>();
  revision.value;
  const { page } = session.log;
  // Where nothing is listed yet, the whole panel says so.
  if (session.imported || !page?.late || page.id === dismissed || lanes.value.length === 0) return null;
  return (
    <div class="notice" role="status" data-testid="late">
      <Icon name="info" size={14} />
      <span class="cut" title={text('late')}>
        {text('late')}
      </span>
      <button type="button" class="notice-link" onClick={() => session.reloadPage()}>
        {text('reloadPage')}
      </button>
      <button
        type="button"
        class="tool notice-close"
        title={text('dismiss')}
        aria-label={text('dismiss')}
        onClick={() => dismiss(page.id)}
      >
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
