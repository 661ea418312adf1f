import { addEventListener, bare, methodOf, Promised, stopImmediatePropagation } from './pristine.ts';

/** Steps that one message runs at most: between two messages the page does everything else that it has to do. */
const SLOTS = 64;

const { MessageChannel: PristineMessageChannel } = globalThis;
const postMessage = methodOf(MessagePort.prototype, 'postMessage') as (port: MessagePort, message: unknown) => void;
const start = methodOf(MessagePort.prototype, 'start');

/** What a step gives that called nothing of the page's. */
export const QUIET = 'quiet';
export type Step = () => typeof QUIET | undefined;
export type Queue = (step: Step) => void;

/**
 * [spec] "queue a task": steps run one after the other, later, and after each of them a microtask checkpoint is
 * performed, as after a task. One task for each event would cost more than the event. So one message fires a row of
 * listeners, each of which runs one step (and those before it that were quiet, for which nobody has anything queued): the
 * browser itself performs the checkpoint after each listener, as it calls them with no script below them.
 */
export function taskQueue(): Queue {
  let steps: (Step | undefined)[] = bare([]);
  let next = 0;
  let awake = false;
  let port: MessagePort | undefined;
  const wake = () => {
    awake = true;
    port ??= row();
    postMessage(port, undefined);
  };
  const runOne = (event: Event) => {
    let step = steps[next];
    if (step) {
      do {
        steps[next++] = undefined;
        if (step() !== QUIET) return;
        step = steps[next];
      } while (step);
      return;
    }
    stopImmediatePropagation(event);
    steps = bare([]);
    next = 0;
    awake = false;
  };
  /** Made for the first step: a page in which nothing is managed does without. */
  const row = (): MessagePort => {
    const { port1, port2 } = new PristineMessageChannel();
    // A listener is known by its function: the same one would be added once.
    for (let slot = 0; slot < SLOTS; slot++) addEventListener(port1, 'message', (event) => runOne(event));
    addEventListener(port1, 'message', wake);
    start(port1);
    return port2;
  };
  return (step) => {
    steps[steps.length] = step;
    if (!awake) wake();
  };
}

/** Resolves when all tasks that are queued by now have run. */
export const drained = (queue: Queue): Promise<void> =>
  new Promised((done) =>
    queue(() => {
      done();
    }),
  );
