import { resolve } from 'node:path';
import type { Browser } from 'puppeteer-core';
import type { AttemptRow, Panel, SourceRow } from '../e2e/panel.ts';
import { until } from '../e2e/until.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { DRIVERS } from './browser.ts';

export interface DemonstrationOptions {
  browser: 'chromium' | 'firefox';
  executablePath: string;
  theme: 'light' | 'dark';
  language: string;
  size: { width: number; height: number };
  screenshot?: string;
  say(step: string): void;
}

/** The demo page's stream that is reset: the browser's own reconnect, which loses nothing. */
const STREAM = '/counter/browser';

/** Opens the SSE tab first, and then the demo page, so that its streams are seen from their first byte. */
async function setStage(options: DemonstrationOptions, browser: Browser, lab: Lab, undocked: boolean): Promise<Panel> {
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  options.say('Opening DevTools on the SSE tab …');
  lab.serve('/start', '<!doctype html><title>SSE Lifeline</title>');
  await page.goto(`${lab.origin}/start`);
  const panel = await DRIVERS[options.browser].openPanel(page, { undocked, size: options.size });
  options.say(`Opening the demo page ${lab.origin}/`);
  await page.goto(`${lab.origin}/`);
  return panel;
}

/** Runs `play` with a lab and a browser, which end with it, whatever happens. */
async function withStage(
  options: DemonstrationOptions,
  headless: boolean,
  play: (browser: Browser, lab: Lab) => Promise<number>,
): Promise<number> {
  const lab = await startLab();
  let browser: Browser | undefined;
  try {
    options.say(`Lab server on ${lab.origin}`);
    options.say('Opening the browser with the extension …');
    const { launch, extension } = DRIVERS[options.browser];
    browser = await launch({ ...options, extension, headless });
    return await play(browser, lab);
  } finally {
    await browser?.close();
    await lab.close();
  }
}

/** Shows the extension to a person, until the browser is closed. Resolves with the exit code. */
export function present(options: DemonstrationOptions): Promise<number> {
  return withStage(options, false, async (browser, lab) => {
    const closed = new Promise<void>((done) => {
      browser.once('disconnected', () => done());
      process.once('SIGINT', () => done());
    });
    await setStage(options, browser, lab, false);
    options.say('Ready. Press the reset button on a row of the SSE tab. Close the browser, or Ctrl+C here, to end.');
    await closed;
    return 0;
  });
}

/** Resets a stream in a headless browser and prints what the panel showed. Resolves with the exit code. */
export function demonstrate(options: DemonstrationOptions): Promise<number> {
  return withStage(options, true, async (browser, lab) => {
    const panel = await setStage(options, browser, lab, true);
    const row = await panel.source(STREAM, 'open');
    await panel.select(row);
    await lab.when(() => sent(lab) >= 8, 'some events before the reset');
    options.say(`Pressing Reset on ${STREAM} …`);
    await panel.reset(row);
    await panel.source(STREAM, 'waiting');
    await panel.source(STREAM, 'open');
    const attempts = await until(async () => {
      const rows = await panel.attempts();
      return rows.length >= 2 && rows;
    }, 'the second attempt in the panel');
    options.say('The stream is open again.');
    if (options.screenshot) {
      // What was missed comes at once; a few more show that events flow again.
      await lab.when(() => sent(lab) >= 20, 'events after the reset');
      await panel.screenshot(resolve(options.screenshot) as `${string}.png`);
      options.say(`Screenshot: ${options.screenshot}`);
    }
    print(await panel.sources(), attempts);
    return compare(attempts, lab);
  });
}

const connectionsOf = (lab: Lab) => lab.connectionsTo(STREAM).filter(({ method }) => method === 'GET');
/** Events of the newest connection. */
const sent = (lab: Lab) => connectionsOf(lab).at(-1)?.sent ?? 0;

function print(sources: SourceRow[], attempts: AttemptRow[]): void {
  console.log('\nSources in the panel');
  for (const { url, state, carried } of sources) {
    console.log(`  ${new URL(url).pathname.padEnd(24)} ${state.padEnd(10)} ${carried}`);
  }
  console.log(`\nAttempts of ${STREAM}`);
  for (const { cells } of attempts) console.log(`  ${cells.filter(Boolean).join('  ·  ')}`);
}

/** Did the reconnect at the server carry what the panel says? */
function compare(attempts: AttemptRow[], lab: Lab): number {
  const shown = attempts[1]?.lastEventId ?? '';
  const received = connectionsOf(lab)[1]?.lastEventId ?? '';
  console.log(
    `\nLast-Event-ID of the reconnect: the panel says ${shown || 'none'}, the server received ${received || 'none'}.`,
  );
  if (shown !== '' && shown === received) return 0;
  console.error('✗ They must be the same, and there must be one.');
  return 1;
}
