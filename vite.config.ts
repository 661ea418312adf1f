import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

const OUT = 'dist/chrome';

/**
 * What crxjs adds for its own loaders, and these scripts do not need, because the background injects them as they are:
 * an entry in web_accessible_resources, by which any web page could find out that the extension is installed, and a
 * second build of each script as a module.
 */
function nothingWebAccessible(): Plugin {
  return {
    name: 'nothing-web-accessible',
    enforce: 'post',
    async closeBundle() {
      const file = join(OUT, 'manifest.json');
      // Called after a failed build too, which has its own error to show.
      if (!existsSync(file)) return;
      const { web_accessible_resources: _, ...built } = JSON.parse(await readFile(file, 'utf8')) as Record<
        string,
        unknown
      >;
      await writeFile(file, `${JSON.stringify(built, null, 2)}\n`);
      const modules = (await readdir(join(OUT, 'assets'))).filter((name) => name.includes('.iife.'));
      await Promise.all(modules.map((name) => rm(join(OUT, 'assets', name))));
    },
  };
}

export default defineConfig({
  plugins: [crx({ manifest: manifest as ManifestV3Export, browser: 'chrome' }), nothingWebAccessible()],
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'chrome119',
    modulePreload: false,
    rolldownOptions: { input: { panel: 'src/panel/panel.html' } },
  },
});
