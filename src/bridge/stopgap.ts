/**
 * Is this the empty document that a frame shows until the one at its address comes? [spec] Its window goes on as that of
 * the other one if both are of the same origin, without the listeners that it had: scripts that had entered it would be in
 * a document that they do not know, hear nothing of its end, and keep out those that are to enter it.
 */
export function isStopgap(): boolean {
  const frame = window.frameElement;
  if (location.href !== 'about:blank' || frame === null) return false;
  if (frame.hasAttribute('srcdoc')) return true;
  const address = frame.getAttribute('src') ?? frame.getAttribute('data') ?? '';
  // Such a script leaves it the document that it is.
  return !/^\s*(?:$|about:blank\b|javascript:)/i.test(address);
}
