import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { type AttemptRow, launch, openPanel, type Panel, type SourceRow, until } from '../e2e/driver-chromium.ts';
import { type Lab, startLab } from '../lab/lab.ts';

export interface DemonstrationOptions {
  executablePath: string;
  theme: 'light' | 'dark';
  language: string;
  size: { width: number; height: number };
  screenshot?: string;
  say(step: string): void;
}

const EXTENSION = resolve('dist/chrome');
/** The demo page's stream that is reset: the browser's own reconnect, which loses nothing. */
const STREAM = '/counter/browser';

interface Stage {
  lab: Lab;
  browser: Browser;
  page: Page;
  panel: Panel;
}

async function setStage(options: DemonstrationOptions, headless: boolean, lab: Lab): Promise<Stage> {
  options.say(`Lab server on ${lab.origin}`);
  options.say('Opening the browser with the extension …');
  const browser = await launch({ ...options, extension: EXTENSION, headless });
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  options.say('Opening DevTools on the SSE tab …');
  await page.goto('about:blank');
  const panel = await openPanel(page);
  options.say(`Opening the demo page ${lab.origin}/`);
  await page.goto(`${lab.origin}/`);
  return { lab, browser, page, panel };
}

/** Shows the extension to a person, until the browser is closed. Resolves with the exit code. */
export async function present(options: DemonstrationOptions): Promise<number> {
  const lab = await startLab();
  try {
    const { browser } = await setStage(options, false, lab);
    options.say('Ready. Press the reset button on a row of the SSE tab. Close the browser, or Ctrl+C here, to end.');
    await new Promise<void>((done) => {
      browser.once('disconnected', () => done());
      process.once('SIGINT', () => void browser.close().then(done, done));
    });
    return 0;
  } finally {
    await lab.close();
  }
}

/** Resets a stream in a headless browser and prints what the panel showed. Resolves with the exit code. */
export async function demonstrate(options: DemonstrationOptions): Promise<number> {
  const lab = await startLab();
  let browser: Browser | undefined;
  try {
    const stage = await setStage(options, true, lab);
    browser = stage.browser;
    const { panel } = stage;
    const row = await panel.source(STREAM, 'open');
    await panel.select(row);
    await until(() => panel.frame.$('[data-testid=event]'), 'the first event in the panel');
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
      // A second of the new connection, so that the picture shows that events flow again.
      await until(async () => (await eventsOf(lab)) >= 4, 'events after the reset');
      await panel.screenshot(resolve(options.screenshot) as `${string}.png`);
      options.say(`Screenshot: ${options.screenshot}`);
    }
    print(await panel.sources(), attempts);
    return compare(attempts, lab);
  } finally {
    await browser?.close();
    await lab.close();
  }
}

const connectionsOf = (lab: Lab) => lab.connectionsTo(STREAM).filter(({ method }) => method === 'GET');
const eventsOf = async (lab: Lab) => connectionsOf(lab).at(-1)?.sent ?? 0;

function print(sources: SourceRow[], attempts: AttemptRow[]): void {
  console.log('\nSources in the panel');
  for (const { url, state, carried } of sources) {
    console.log(`  ${new URL(url).pathname.padEnd(24)} ${state.padEnd(10)} ${carried}`);
  }
  console.log(`\nAttempts of ${STREAM}`);
  for (const { cells } of attempts) console.log(`  ${cells.join('  ·  ')}`);
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
