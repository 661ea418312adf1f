import { addEventListener, methodOf, stopImmediatePropagation } from './pristine.ts';

/** Steps that one message runs at most: between two messages the page does everything else that it has to do. */
const SLOTS = 64;

const { MessageChannel: PristineMessageChannel } = globalThis;
const postMessage = methodOf(MessagePort.prototype, 'postMessage') as (port: MessagePort, message: unknown) => void;
const start = methodOf(MessagePort.prototype, 'start');

export type Queue = (step: () => void) => void;

/**
 * [spec] "queue a task": steps run one after the other, later, and after each of them a microtask checkpoint is
 * performed, as after a task. One task for each event would cost more than the event. So one message fires a row of
 * listeners, each of which runs one step: the browser itself performs the checkpoint after each listener, as it calls
 * them with no script below them.
 */
export function taskQueue(): Queue {
  let steps: ((() => void) | undefined)[] = [];
  let next = 0;
  let awake = false;
  const { port1, port2 } = new PristineMessageChannel();
  const wake = () => {
    awake = true;
    postMessage(port2, undefined);
  };
  const runOne = (event: Event) => {
    const step = steps[next];
    if (step) {
      steps[next++] = undefined;
      step();
    } else {
      stopImmediatePropagation(event);
      steps = [];
      next = 0;
      awake = false;
    }
  };
  // A listener is known by its function: the same one would be added once.
  for (let slot = 0; slot < SLOTS; slot++) addEventListener(port1, 'message', (event) => runOne(event));
  addEventListener(port1, 'message', wake);
  start(port1);
  return (step) => {
    steps[steps.length] = step;
    if (!awake) wake();
  };
}
