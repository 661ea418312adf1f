import type { Store } from './store.ts';

/** `Ctrl+L`, or `⌘L` where that is the key. */
export const shortcut = (key: string): string => (/^Mac/.test(navigator.platform) ? `⌘${key}` : `Ctrl+${key}`);

/** Keys that work anywhere in the panel, as in DevTools' own. Returns whether the key was one of them. */
export function pressShortcut(store: Store, { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (!(ctrlKey || metaKey) || altKey || shiftKey) return false;
  switch (key.toLowerCase()) {
    case 'f': {
      const field = document.getElementById('filter');
      if (!(field instanceof HTMLInputElement)) return false;
      field.focus();
      field.select();
      return true;
    }
    case 'e':
      store.session.record(!store.session.log.recording, store.now.peek());
      return true;
    case 'l':
      store.clear();
      return true;
    default:
      return false;
  }
}
