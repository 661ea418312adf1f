/** Copies `text`. Returns whether it worked. Call it from a click or a key. */
export function copy(text: string): boolean {
  // [chrome] navigator.clipboard is refused in DevTools panels by permissions policy; the old way is not.
  const take = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', take, true);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', take, true);
  }
}
