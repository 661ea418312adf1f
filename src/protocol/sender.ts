/** Which document of a tab something is from, as the browser says: no page has a say in it. */
export interface Sender {
  /** The browser's id of the frame; 0 for the tab's own. */
  frame: number;
  /** The browser's id of the document, where it has one: another one in the same frame has another. */
  document?: string | undefined;
  /** It was prerendered when it connected: its frame is the tab's own only once the tab has come to it. */
  prerendered?: boolean;
}
