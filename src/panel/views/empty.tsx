import './empty.css';
import type { ComponentChildren } from 'preact';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Legend } from './legend.tsx';

/** No sources yet: says what counts as one, or what keeps them from being seen, and what to do. */
export function Empty() {
  const { session, revision } = useStore();
  revision.value;
  if (session.connection === 'denied') return <Denied />;
  if (session.connection === 'outdated') return <Outdated />;
  return session.log.recording ? <NoSources /> : <Paused />;
}

interface StateProps {
  title: string;
  /** Words, and buttons. */
  children: ComponentChildren;
  /** Stands beside them. */
  aside?: ComponentChildren;
}

function State({ title, children, aside }: StateProps) {
  return (
    <main class="empty">
      <div class="empty-words">
        <h1>{title}</h1>
        {children}
      </div>
      {aside}
    </main>
  );
}

function NoSources() {
  return (
    <State title={text('emptyTitle')} aside={<Legend />}>
      <p>{text('emptyWhat')}</p>
      <ul>
        <li>
          <Icon name="tick" size={14} />
          <code class="mono">{text('emptyCode')}</code>
        </li>
        <li>
          <Icon name="tick" size={14} />
          <span>{text('emptyFetch')}</span>
        </li>
      </ul>
      <p>{text('emptyReload')}</p>
      <Reload />
      <p class="empty-demo">{text('emptyDemo')}</p>
    </State>
  );
}

/** The user keeps us out, or the browser. */
function Denied() {
  const { allowed, permissionsPage } = useStore();
  if (allowed.value.sites) {
    return (
      <State title={text('deniedTitle')}>
        <p>{text('deniedWhy')}</p>
      </State>
    );
  }
  const { showsOwn, show } = permissionsPage;
  return (
    <State title={text('limitedTitle')}>
      <p>{text('limitedWhy')}</p>
      <p>{text(showsOwn ? 'limitedHowOurs' : 'limitedHow')}</p>
      <div class="empty-buttons">
        <button type="button" class="button" data-testid="sites" onClick={show}>
          {text(showsOwn ? 'limitedShowOurs' : 'limitedShow')}
        </button>
        <Reload isSecond />
      </div>
    </State>
  );
}

function Outdated() {
  return (
    <State title={text('outdatedTitle')}>
      <p>{text('outdatedWhy')}</p>
      <Reload />
    </State>
  );
}

function Paused() {
  const { session, now } = useStore();
  return (
    <State title={text('pausedTitle')}>
      <p>{text('pausedWhy')}</p>
      <button type="button" class="button" onClick={() => session.record(true, now.peek())}>
        <Icon name="record" size={14} />
        {text('recordStart')}
      </button>
    </State>
  );
}

/** There are sources, and the filter admits none of them. */
export function NoMatch() {
  const { filterText } = useStore();
  return (
    <State title={text('noMatchTitle')}>
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
    </State>
  );
}

function Reload({ isSecond = false }: { isSecond?: boolean }) {
  const { session } = useStore();
  return (
    <button
      type="button"
      class={isSecond ? 'button-plain' : 'button'}
      data-testid="reload"
      onClick={() => session.reloadPage()}
    >
      <Icon name="reset" size={14} />
      {text('reloadPage')}
    </button>
  );
}
