import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Session } from '../../src/devtools/session.ts';
import { task } from '../support/gate.ts';
import { PlayedBrowser } from '../support/played-browser.ts';
import type { PlayedDocument } from '../support/played-document.ts';
import type { PlayedTab } from '../support/played-tab.ts';
import { CONSTRUCT, connect, dispatch, SOON, sourcesOf, witness } from '../support/witness.ts';

/** A ring that is smaller than a burst. Such documents record events only: what is left of them shows in the log. */
const SMALL = { entries: 8, size: Number.POSITIVE_INFINITY };
const isSmall = ({ path }: PlayedDocument) => path.startsWith('/small');

const path = fc.constantFrom('/small', '/a');
const left = fc.constantFrom('unloaded' as const, 'cached' as const);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('burst' as const), in: fc.nat(9), count: fc.nat(25) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), in: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), tasks: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('batch' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('navigate' as const), path, old: left }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const), old: left }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add frame' as const), in: fc.nat(9), path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove frame' as const), in: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('busy' as const), busy: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Does it; what makes no sense just then does nothing. */
async function play(browser: PlayedBrowser, tab: PlayedTab, step: Step): Promise<void> {
  const documents = tab.page.tree;
  const document = ('in' in step && documents[step.in % documents.length]) || tab.page;
  const limits = (of: string) => (of === '/small' ? SMALL : undefined);
  switch (step.do) {
    case 'burst': {
      const source = 1 + (step.count % 2);
      const known = document.script.recorded.some((entry) => entry.source === source);
      if (!known && !isSmall(document)) for (const record of [CONSTRUCT, connect(1)]) document.record(record, source);
      for (let n = 0; n < step.count; n++) document.record(dispatch(document.script.recorded.length + 1), source);
      break;
    }
    case 'drop': {
      if (isSmall(document) || document.script.recorded.length === 0) break;
      const source = document.script.recorded.at(-1)?.source ?? 1;
      const attempt = document.script.recorded.filter(({ record }) => record.type === 'connect').length + 1;
      document.record({ type: 'reestablish', lastEventId: `${attempt}`, forced: false }, source);
      document.record(connect(attempt), source);
      break;
    }
    case 'wait':
      for (let tasks = 0; tasks < step.tasks; tasks++) await task();
      break;
    case 'batch':
      await document.script.posts('entries', 20);
      break;
    case 'kill':
      browser.killBackground();
      break;
    case 'navigate':
      tab.navigate(step.path, step.old, limits(step.path));
      break;
    case 'back':
      tab.back(step.old);
      break;
    case 'add frame':
      document.addFrame(step.path, limits(step.path));
      break;
    case 'remove frame': {
      const [frame] = document.frames;
      if (frame) document.removeFrame(frame);
      break;
    }
    case 'busy':
      tab.devtoolsAreBusy = step.busy;
      break;
  }
}

/** Compares what `session` holds of a document with what was recorded in it. Returns how many entries are missing. */
function check(session: Session, tab: PlayedTab, document: PlayedDocument): number {
  const { script, runs } = document;
  const { recorded } = script;
  const last = session.log.last(script.info.id);
  const sources = sourcesOf(session, script);
  const events = sources.flatMap((source) => source.events).sort((a, b) => a.seq - b.seq);
  // Of a document that nobody was told of there is nothing; else the end is missing only where its last words were lost
  // with the background that carried them. That is not the journal's to count.
  const isWhole = tab.wasToldOf(script) && (runs || tab.wasToldTheEndOf(script));
  if (isWhole) expect(last).toBe(recorded.length);
  expect(script.dismissed).toBe(false);

  const survived = isSmall(document) ? events.flatMap(({ seq }) => recorded[seq - 1] ?? []) : recorded.slice(0, last);
  const survivedEvents = survived.filter(({ record }) => record.type === 'dispatch');
  expect(events.map(({ seq, time, data }) => ({ seq, time, data }))).toEqual(
    survivedEvents.map(({ seq, time, record }) => ({ seq, time, data: record.type === 'dispatch' && record.data })),
  );
  if (isWhole) expect(sources).toEqual(witness(script, survived, runs ? undefined : script.left));
  return last - survived.length;
}

test('whatever happens to tab, background and DevTools: nothing is lost uncounted, nothing comes twice, no state is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const browser = new PlayedBrowser();
      try {
        const tab = browser.newTab();
        const session = tab.inspect();
        session.preserveLog(true);
        await vi.waitFor(() => expect(tab.page.hasPageScript).toBe(true), SOON);
        for (const step of steps) await play(browser, tab, step);
        tab.devtoolsAreBusy = false;
        await vi.waitFor(() => {
          expect(session.log.page?.id).toBe(tab.page.script.info.id);
          for (const { script } of tab.page.tree) expect(tab.wasToldOf(script)).toBe(true);
          const missing = tab.documents.map((document) => check(session, tab, document));
          expect(session.log.dropped).toBe(missing.reduce((sum, count) => sum + count, 0));
        }, SOON);
        expect(session.log.malformed).toBe(0);
      } finally {
        browser.close();
      }
    }),
    { numRuns: 60, interruptAfterTimeLimit: 7000 },
  );
}, 30_000);
