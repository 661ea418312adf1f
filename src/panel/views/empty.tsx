import './empty.css';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Legend } from './legend.tsx';

/** No sources yet: says what counts as one, and what to do. */
export function Empty() {
  const { session, revision, now } = useStore();
  revision.value;
  const reload = (
    <button type="button" class="button" data-testid="reload" onClick={() => session.reloadPage()}>
      <Icon name="reset" size={14} />
      {text('reloadPage')}
    </button>
  );
  if (session.connection === 'denied') {
    return (
      <main class="empty">
        <div class="empty-words">
          <h1>{text('deniedTitle')}</h1>
          <p>{text('deniedWhy')}</p>
        </div>
      </main>
    );
  }
  if (session.connection === 'outdated') {
    return (
      <main class="empty">
        <div class="empty-words">
          <h1>{text('outdatedTitle')}</h1>
          <p>{text('outdatedWhy')}</p>
          {reload}
        </div>
      </main>
    );
  }
  if (!session.log.recording) {
    return (
      <main class="empty">
        <div class="empty-words">
          <h1>{text('pausedTitle')}</h1>
          <p>{text('pausedWhy')}</p>
          <button type="button" class="button" onClick={() => session.record(true, now.peek())}>
            <Icon name="record" size={14} />
            {text('recordStart')}
          </button>
        </div>
      </main>
    );
  }
  return (
    <main class="empty">
      <div class="empty-words">
        <h1>{text('emptyTitle')}</h1>
        <p>{text('emptyWhat')}</p>
        <ul>
          <li>
            <Icon name="tick" size={14} />
            <code class="mono">{text('emptyCode')}</code>
          </li>
        </ul>
        <p>{text('emptyReload')}</p>
        {reload}
      </div>
      <Legend />
    </main>
  );
}

/** There are sources, and the filter admits none of them. */
export function NoMatch() {
  const { filterText } = useStore();
  return (
    <main class="empty">
      <div class="empty-words">
        <h1>{text('noMatchTitle')}</h1>
        <p>{text('noMatchWhy')}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            filterText.value = '';
          }}
        >
          {text('filterClear')}
        </button>
      </div>
    </main>
  );
}
