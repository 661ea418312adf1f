import type { Browser, Page } from 'puppeteer-core';
import { type Connection, type Lab, startLab } from '../lab/lab.ts';
import { BROWSER, browserPath, DRIVERS, type PanelOptions } from '../support/browser.ts';
import type { Panel } from './panel.ts';
import { onVain, told } from './until.ts';

const driver = DRIVERS[BROWSER];

/** A browser of this kind, without the extension unless `extension` says where it is. */
export const launch = driver.launch;

/** One browser with the extension, and one lab, for the tests of a file. */
export interface Stage {
  browser: Browser;
  lab: Lab;
  /** A page on an empty document of the lab, with DevTools open on the SSE tab. */
  inspect(options?: PanelOptions): Promise<Inspected>;
  /** DevTools on the SSE tab, of a page that is there already. */
  openPanel(page: Page, options?: PanelOptions): Promise<Panel>;
  /** Files that are downloaded from now on go to this folder, unasked. */
  saveTo(folder: string): Promise<void>;
  /** Closes the pages, whose streams would use up the six connections that a browser opens to one host. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Inspected {
  page: Page;
  panel: Panel;
  /** What scripts of the page, and ours in it, threw without anybody catching it; for the panel's see `thrown`. */
  errors: string[];
  /** Serves a document with this body and goes there; gives its path. */
  visit(body: string): Promise<string>;
}

/** Notes on `window` what each listener saw: type, readyState in the handler, id. For pages of tests. */
export const WITNESS = `<script>
  window.seen = [];
  window.watch = (es) => {
    for (const type of ['open', 'error']) es.addEventListener(type, () => seen.push(type + ' ' + es.readyState));
    es.addEventListener('message', ({ lastEventId }) => seen.push(Number(lastEventId)));
    return es;
  };
</script>`;

/** [firefox] Its message says the type once more. */
const thrown = (error: unknown): string => `${error}`.replace(/^Error: (?=\w*Error: )/, '');

/** Requests that the server tells of, when something was waited for in vain. */
const LAST = 12;
const served = ({ path, status, sent, closed }: Connection) =>
  `${path} ${status ?? 'unanswered'}, ${sent} events, ${closed ? `closed by the ${closed.by}` : 'open'}`;
const shown = async (page: Page) => `${page.url()} ${await page.evaluate('document.visibilityState')}`;

/** The lab, which knows of no browser, with what there was in it where a fact of the server did not come. */
function telling(lab: Lab): Lab {
  const when: Lab['when'] = async (...args) => {
    try {
      return await lab.when(...args);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}${await told()}`);
    }
  };
  return Object.create(lab, { when: { value: when } }) as Lab;
}

export async function setStage(): Promise<Stage> {
  const executablePath = browserPath(BROWSER);
  const lab = telling(await startLab());
  lab.serve('/nothing', '<!doctype html><title>nothing</title>');
  const browser = await driver.launch({ executablePath, extension: driver.extension, headless: true });
  onVain(async () => `The pages: ${(await Promise.all((await browser.pages(true)).map(shown))).join(', ')}`);
  onVain(async () => `The server: ${lab.connections.slice(-LAST).map(served).join(', ')}`);
  let documents = 0;
  return {
    browser,
    lab,
    async inspect(options) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => {
        if (driver.isThrown(`${error}`)) errors.push(`page: ${thrown(error)}`);
      });
      await page.goto(`${lab.origin}/nothing`);
      const panel = await driver.openPanel(page, options);
      return {
        page,
        panel,
        errors,
        async visit(body) {
          const path = `/document-${++documents}`;
          lab.serve(path, `<!doctype html><title>${path}</title>${body}`);
          await page.goto(lab.origin + path);
          return path;
        },
      };
    },
    openPanel: driver.openPanel,
    saveTo: (folder) => driver.saveTo(browser, folder),
    async clear() {
      const spare = await browser.newPage();
      const pages = await browser.pages(true);
      await Promise.all(pages.filter((page) => page !== spare).map((page) => page.close()));
    },
    async close() {
      await browser.close();
      await lab.close();
    },
  };
}

/** What the page noted by WITNESS. */
export const seen = (page: Page): Promise<(string | number)[]> => page.evaluate('window.seen') as never;

/** The ids among what was seen. */
export const ids = (seen: (string | number)[]): number[] => seen.filter((item) => typeof item === 'number');

/** From the first to the last of these numbers, each once: what a stream without loss looks like. */
export function unbroken(numbers: number[]): number[] {
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
