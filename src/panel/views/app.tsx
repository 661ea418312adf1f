import './app.css';
import { useEffect } from 'preact/hooks';
import { pressShortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Attempts } from './attempts.tsx';
import { CheckBar } from './check-bar.tsx';
import { CheckTable } from './check-table.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { Empty, NoMatch } from './empty.tsx';
import { Events } from './events.tsx';
import { FaultChips } from './fault-chips.tsx';
import { FileNotice } from './file-notice.tsx';
import { Findings } from './findings.tsx';
import { Headers } from './headers.tsx';
import { LateNotice } from './late-notice.tsx';
import { Lower } from './lower.tsx';
import { Overview } from './overview.tsx';
import { RangeChip } from './range-chip.tsx';
import { StatusBar } from './status-bar.tsx';
import { Timeline } from './timeline.tsx';
import { Toolbar } from './toolbar.tsx';
import { Verdicts } from './verdicts.tsx';

export function App() {
  const store = useStore();
  const { lanes, session, checkShown, revision } = store;
  revision.value;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!pressShortcut(store, event)) return;
      event.preventDefault();
      // [chrome] Else DevTools hears of it too, and opens its own search.
      event.stopImmediatePropagation();
    };
    // Before DevTools' listener on the document.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [store]);
  return (
    <div class="app">
      <header>
        <Toolbar />
      </header>
      <CheckBar />
      <FaultChips />
      <FileNotice />
      <LateNotice />
      {lanes.value.length === 0 ? (
        session.log.sources.length === 0 ? (
          <Empty />
        ) : (
          <NoMatch />
        )
      ) : (
        <main class="main">
          <h1 class="unseen">{text('extName')}</h1>
          <Overview />
          <Timeline />
          <ChosenBar />
          <RangeChip />
          {checkShown.value ? (
            <CheckTable />
          ) : (
            <Lower
              attempts={<Attempts />}
              events={<Events />}
              verdict={<Verdicts />}
              headers={<Headers />}
              findings={<Findings />}
            />
          )}
        </main>
      )}
      <StatusBar />
    </div>
  );
}
