import { render } from 'preact';
import type { Host } from '../devtools/attach.ts';
import type { Session } from '../devtools/session.ts';
import { writeIn } from './format.ts';
import { createStore, type Store, StoreProvider } from './store.ts';
import { speak, text } from './text.ts';
import { App } from './views/app.tsx';

let shown: Store | undefined;

function attach(session: Session, host: Host): void {
  const { documentElement: root } = document;
  root.dataset['theme'] = host.theme;
  root.lang = host.language;
  speak(host);
  document.title = text('extName');
  if (shown?.session !== session) {
    shown?.dispose();
    shown = createStore(session, host);
  }
  writeIn(host.language, shown.origin);
  shown.appearance.value += 1;
  render(
    <StoreProvider value={shown}>
      <App />
    </StoreProvider>,
    document.body,
  );
}

window.attach = attach;
if (window.pending) attach(window.pending.session, window.pending.host);
delete window.pending;
