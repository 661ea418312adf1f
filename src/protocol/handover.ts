/**
 * The event by which the page script hands its end of a private MessagePort to the bridge, before any script of the
 * page runs: a cancelable MessageEvent on `document`, dispatched synchronously. The bridge stops it and cancels it,
 * which says "taken"; an event that nobody cancelled says that no bridge is there, or that it has a page script already.
 * `data` is the type of a second event, unknown to the page, for what must cross at once while the document is unloaded
 * (messages on a port are asynchronous, and then come too late). Its `data` is a JSON array of UpMessages. An empty one,
 * cancelable, asks whether the bridge is there: it cancels what it takes.
 */
export const HANDOVER = 'sse-lifeline:handover';
