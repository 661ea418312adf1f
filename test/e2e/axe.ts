import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Panel } from './panel.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = ['light', 'dark'] as const;

/** What can be looked at, in the theme that is wanted. */
interface Looked {
  evaluate(look: string): Promise<unknown>;
  chooseTheme(theme: (typeof THEMES)[number]): Promise<void>;
}

/**
 * What axe finds in the panel as it is, in both themes: rule, and the elements that break it. It wants the focus in what
 * scrolls; that of a grid's rows has its grid, whose keys scroll them.
 */
export async function findings(panel: Panel): Promise<string[]> {
  await panel.toFront();
  const found = await findingsOn({
    evaluate: (look) => panel.evaluate(look),
    chooseTheme: (theme) => panel.evaluate(`{ document.documentElement.dataset.theme = '${theme}'; }`) as Promise<void>,
  });
  return found.filter((one) => !(one.includes(': scrollable-region-focusable: ') && one.includes('grid-body')));
}

/** What axe finds on a page as it is, in both themes: rule, and an element that breaks it. */
export async function findingsOn(page: Looked): Promise<string[]> {
  await page.evaluate(`{ ${AXE} }`);
  const found: string[] = [];
  for (const theme of THEMES) {
    await page.chooseTheme(theme);
    const violations = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
    found.push(...(violations as string[]).map((violation) => `${theme}: ${violation}`));
  }
  return found;
}
