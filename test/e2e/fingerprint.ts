/**
 * What tells that we are there: the descriptors of everything that we ever replace, as a frame sees them. (In the page
 * itself they look the same with us and without us: test/compliance.)
 */
export const FINGERPRINT = `JSON.stringify([
  Object.getOwnPropertyNames(window).filter((name) => /lifeline/i.test(name)),
  [window, 'EventSource'], [EventSource.prototype, 'constructor'], [EventSource.prototype, 'readyState'],
  [EventSource.prototype, 'close'], [EventTarget.prototype, 'addEventListener'], [window, 'stop'],
  [Function.prototype, 'toString'],
].map((item) => {
  if (!Array.isArray(item) || item.length !== 2) return item;
  const { value, get, ...rest } = Object.getOwnPropertyDescriptor(...item);
  const frame = document.body.appendChild(document.createElement('iframe'));
  const text = frame.contentWindow.Function.prototype.toString.call(value ?? get);
  frame.remove();
  return [item[1], text, rest];
}))`;
