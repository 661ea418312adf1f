import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

type Browser = 'chrome' | 'firefox';

/**
 * The oldest Firefox, Chrome's stands in manifest.json: the first that has all that we use (docs/packaging.md). [firefox]
 * It names documents to extensions (`documentId`) since 153, which is how no document can speak for another.
 */
const LEAST_FIREFOX = '153.0';
/** What the code is written down to: the oldest versions that the manifests allow. */
const TARGETS = {
  chrome: `chrome${manifest.minimum_chrome_version}`,
  firefox: `firefox${Number.parseInt(LEAST_FIREFOX, 10)}`,
};

/** manifest.json as it stands is Chrome's. */
function manifestFor(browser: Browser): ManifestV3Export {
  if (browser === 'chrome') return manifest as ManifestV3Export;
  const { minimum_chrome_version: _, background, ...shared } = manifest;
  return {
    ...shared,
    background: { scripts: [background.service_worker], type: 'module' },
    // Chrome has pages of its own for what the user allows an extension.
    options_ui: { page: 'src/options/options.html', open_in_tab: true },
    // Only Firefox lets an extension read and end what the network answers. Granted on the options page.
    optional_permissions: ['webRequestBlocking', 'webRequestFilterResponse'],
    browser_specific_settings: {
      gecko: {
        id: 'sse-lifeline@extension',
        strict_min_version: LEAST_FIREFOX,
        data_collection_permissions: { required: ['none'] },
      },
    },
  } as ManifestV3Export;
}

/**
 * What crxjs adds for its own loaders, and these scripts do not need, because the background injects them as they are:
 * an entry in web_accessible_resources, by which any web page could find out that the extension is installed, and a
 * second build of each script as a module.
 */
function nothingWebAccessible(out: string): Plugin {
  return {
    name: 'nothing-web-accessible',
    enforce: 'post',
    async closeBundle() {
      const file = join(out, 'manifest.json');
      // Called after a failed build too, which has its own error to show.
      if (!existsSync(file)) return;
      const { web_accessible_resources: _, ...built } = JSON.parse(await readFile(file, 'utf8')) as Record<
        string,
        unknown
      >;
      await writeFile(file, `${JSON.stringify(built, null, 2)}\n`);
      const modules = (await readdir(join(out, 'assets'))).filter((name) => name.includes('.iife.'));
      await Promise.all(modules.map((name) => rm(join(out, 'assets', name))));
    },
  };
}

/**
 * Preact writes HTML for `dangerouslySetInnerHTML`, which no view uses, and none shall be able to: what comes from pages is
 * shown as text. In the built panel that one assignment sets text as well.
 */
function noHtmlFromText(): Plugin {
  return {
    name: 'no-html-from-text',
    transform: {
      filter: { id: /\/preact\/dist\/preact\.mjs$/ },
      handler(code) {
        const parts = code.split('.innerHTML=');
        if (parts.length !== 2)
          this.error(`Preact assigns innerHTML ${parts.length - 1} times, and not once as it did.`);
        return { code: parts.join('.textContent='), map: null };
      },
    },
  };
}

/**
 * Without a hash, which is for caches of the web. Those of crxjs's chunks would also depend on the folder that the
 * sources are in, and the same sources shall give the same bytes everywhere.
 */
const FILE_NAMES = {
  entryFileNames: 'assets/[name].js',
  chunkFileNames: 'assets/[name].js',
  assetFileNames: 'assets/[name][extname]',
};

/** `vite build` makes dist/chrome, `vite build --mode firefox` makes dist/firefox. */
export default defineConfig(({ mode }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chrome';
  const outDir = `dist/${browser}`;
  // A mode is no environment of the code, and nor is the shell's: with another one there, vite writes where each element of
  // the panel stands in the sources, with the path of the folder.
  process.env['NODE_ENV'] = 'production';
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [noHtmlFromText(), crx({ manifest: manifestFor(browser), browser }), nothingWebAccessible(outDir)],
    oxc: { jsx: { importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: TARGETS[browser],
      modulePreload: false,
      rolldownOptions: { input: { panel: 'src/panel/panel.html' }, output: FILE_NAMES },
    },
    worker: { rolldownOptions: { output: FILE_NAMES } },
  };
});
