import './app.css';
import { useStore } from '../store.ts';
import { Attempts } from './attempts.tsx';
import { Empty, NoMatch } from './empty.tsx';
import { Events } from './events.tsx';
import { Headers } from './headers.tsx';
import { LateNotice } from './late-notice.tsx';
import { Lower } from './lower.tsx';
import { StatusBar } from './status-bar.tsx';
import { Timeline } from './timeline.tsx';
import { Toolbar } from './toolbar.tsx';

export function App() {
  const { lanes, session, revision } = useStore();
  revision.value;
  return (
    <div class="app">
      <Toolbar />
      <LateNotice />
      {lanes.value.length === 0 ? (
        session.log.sources.length === 0 ? (
          <Empty />
        ) : (
          <NoMatch />
        )
      ) : (
        <main class="main">
          <Timeline />
          <Lower attempts={<Attempts />} events={<Events />} headers={<Headers />} />
        </main>
      )}
      <StatusBar />
    </div>
  );
}
