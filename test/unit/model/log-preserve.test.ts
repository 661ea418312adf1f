import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import { story } from '../../support/story.ts';

/** What a document sends, in the order in which it does. */
type Message = (log: Log) => void;

const EVENTS = 6;
const text = `construct /events · connect · announce · ${Array.from({ length: EVENTS }, (_, n) => `dispatch ${n}`).join(' · ')}`;

/**
 * A page of the tab, from `from` to `to`: as a top document and as a frame in it, each with what it sends, in two
 * batches and a last one. `again`: after which of them the way to it was lost, so that it says hello again.
 */
function page(number: number, from: number, to: number, again: number): Message[][] {
  return [true, false].map((top) => {
    const id = `${number}${top ? '' : ' frame'}`;
    const { document, entries } = story(text, { id, top, started: top ? from : from + 1 });
    const messages: Message[] = [(log) => log.hello(document, document.started)];
    for (const [index, batch] of [entries.slice(0, 3), entries.slice(3, 6), entries.slice(6)].entries()) {
      messages.push((log) => void log.append(id, batch));
      if (index === again) messages.push((log) => log.hello(document, from + 100 * index + 50));
    }
    messages.push((log) => log.bye(id, to));
    return messages;
  });
}

/** Takes messages off the lists in a random order, always from the front of one: each document has its own way to us. */
function deliver(log: Log, lists: Message[][], picks: readonly number[], until: () => boolean): void {
  for (let turn = 0; !until(); turn++) {
    const open = lists.filter((list) => list.length > 0);
    const list = open[(picks[turn % picks.length] ?? 0) % open.length];
    if (!list) return;
    list.shift()?.(log);
  }
}

const tab = fc.record({
  pages: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 }),
  picks: fc.array(fc.nat(100), { minLength: 1, maxLength: 60 }),
});

/**
 * Lets a tab go through its pages. The next page says hello when both documents of the one before have: whose hello is
 * the first one, nobody can tell the age of, because the clocks of two processes may differ by the sleep of a laptop.
 * Everything else of the old page comes in any order, before and after. The last page stays.
 */
function played(preserve: boolean, pages: readonly number[], picks: readonly number[]): Log {
  const log = new Log();
  log.preserve = preserve;
  const lists: Message[][] = [];
  for (const [index, again] of pages.entries()) {
    const isLast = index === pages.length - 1;
    const [top = [], frame = []] = page(index, 1000 * index, 1000 * index + 1000, again);
    if (isLast) for (const list of [top, frame]) list.pop();
    const hellos = top.length + frame.length;
    lists.push(top, frame);
    deliver(log, lists, picks, () => top.length + frame.length < hellos && bothSaidHello(log, index));
  }
  deliver(log, lists, picks, () => lists.every((list) => list.length === 0));
  return log;

  function bothSaidHello(heard: Log, index: number): boolean {
    return heard.page?.id === `${index}` && heard.last(`${index}`) > 0 && heard.last(`${index} frame`) > 0;
  }
}

const shown = (log: Log) => log.sources.map(({ document: { id } }) => id).sort();
const last = (pages: readonly number[]) => [`${pages.length - 1}`, `${pages.length - 1} frame`];

test('a log that is not preserved has all of the page that the tab shows, and nothing of another one', () => {
  fc.assert(
    fc.property(tab, ({ pages, picks }) => {
      const log = played(false, pages, picks);
      expect(shown(log)).toEqual(last(pages));
      expect(log.page?.id).toBe(`${pages.length - 1}`);
      expect(log.events).toBe(2 * EVENTS);
      expect(log.sources.map(({ state }) => state)).toEqual(['open', 'open']);
      expect(log.dropped).toBe(0);
      expect(log.marks).toMatchObject([{ type: 'navigation', time: 1000 * (pages.length - 1) }]);
    }),
  );
});

test('a log that is preserved has all of every page, and those that were left are ended', () => {
  fc.assert(
    fc.property(tab, ({ pages, picks }) => {
      const log = played(true, pages, picks);
      expect(shown(log)).toEqual(pages.flatMap((_, index) => [`${index}`, `${index} frame`]));
      for (const { document, events, state } of log.sources) {
        expect(events.map(({ lastEventId }) => lastEventId)).toEqual(Array.from({ length: EVENTS }, (_, n) => `${n}`));
        expect(state).toBe(last(pages).includes(document.id) ? 'open' : 'closed');
      }
      // One for each page, and one only: no page is come to twice.
      expect(log.marks).toHaveLength(pages.length);
    }),
  );
});
