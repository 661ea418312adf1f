import { render } from 'preact';
import type { Host } from '../devtools/attach.ts';
import type { Session } from '../devtools/session.ts';
import { createSessionFiles, SessionFilesProvider } from './session-files.ts';
import { createStore, type Store } from './store.ts';
import { speak, text } from './text.ts';
import { showPaint } from './use-paint.ts';
import { ShownSession } from './views/shown-session.tsx';

const files = createSessionFiles();
let live: Store | undefined;

function attach(session: Session, host: Host): void {
  const { documentElement: root } = document;
  root.dataset['theme'] = host.theme;
  root.lang = host.language;
  speak(host);
  document.title = text('extName');
  if (live?.session !== session) {
    live?.dispose();
    live = createStore(session, host);
  }
  live.appearance.value += 1;
  showPaint(true);
  render(
    <SessionFilesProvider value={files}>
      <ShownSession live={live} host={host} />
    </SessionFilesProvider>,
    document.body,
  );
}

window.attach = attach;
window.hide = () => showPaint(false);
if (window.pending) attach(window.pending.session, window.pending.host);
delete window.pending;
