import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { find } from '../../scripts/browsers.mjs';
import { type Lab, startLab } from '../lab/lab.ts';
import { type ChromiumPanel, launch, openPanel } from './driver-chromium.ts';

/** One browser with the extension, and one lab, for the tests of a file. */
export interface Stage {
  browser: Browser;
  lab: Lab;
  /** A page on an empty document of the lab, with DevTools open on the SSE tab. */
  inspect(options?: { undocked?: boolean }): Promise<Inspected>;
  /** Closes the pages, whose streams would use up the six connections that a browser opens to one host. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Inspected {
  page: Page;
  panel: ChromiumPanel;
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

export async function setStage(): Promise<Stage> {
  const executablePath = find('chromium');
  if (!executablePath) throw new Error('There is no Chromium here; `npm test -- e2e` finds or installs one.');
  const lab = await startLab();
  lab.serve('/nothing', '<!doctype html><title>nothing</title>');
  const browser = await launch({ executablePath, extension: resolve('dist/chrome'), headless: true });
  let documents = 0;
  return {
    browser,
    lab,
    async inspect(options) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(`page: ${error}`));
      await page.goto(`${lab.origin}/nothing`);
      const panel = await openPanel(page, options);
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
