import type { Milliseconds } from '../protocol/record.ts';

/** By then the browser has begun with it, also where it asked the user where to put it. */
const BEGUN: Milliseconds = 60_000;

/** Saves `blob` as a file, as the user's browser does it. Needs no permission; works in a panel of DevTools too. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), BEGUN);
}
