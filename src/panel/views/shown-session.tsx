import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Host } from '../../devtools/attach.ts';
import { writeIn } from '../format.ts';
import { useSessionFiles } from '../session-files.ts';
import { createStore, type Store, StoreProvider } from '../store.ts';
import { App } from './app.tsx';
import { focusOnFiles } from './session-files.tsx';

/** The session of the page, or that of a file in its place. `live`: the page's, which goes on in either case. */
export function ShownSession({ live, host }: { live: Store; host: Host }) {
  const { imported } = useSessionFiles();
  const session = imported.value;
  const store = useMemo(() => (session ? createStore(session, host, live.appearance) : live), [session, live]);
  // Each session has a beginning of its own, from which times may be counted.
  useMemo(() => writeIn(host.language, store.origin), [host.language, store]);
  const before = useRef(store);
  useEffect(() => {
    if (before.current === store) return;
    if (before.current !== live) before.current.dispose();
    before.current = store;
    // The button that had the focus went away with its bar.
    if (document.activeElement === document.body) focusOnFiles();
  }, [store, live]);
  return (
    <StoreProvider value={store}>
      <App />
    </StoreProvider>
  );
}
