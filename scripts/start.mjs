/** `npm start`: the extension in a real browser, on a page with real streams, with DevTools open on the SSE tab. */
import { findOrInstall, installLanguage, versionOf } from './browsers.mjs';
import { build } from './build.mjs';
import { optionsOf } from './options.mjs';
import { Advice, isMain, main, say, setUp } from './setup.mjs';

const HELP = `npm start -- [options]

  --headless           without a window: press Reset on a stream, print what the panel showed, exit
                       (also what happens where there is no display)
  --screenshot FILE    write a picture of the whole DevTools window (PNG; headless)
  --theme dark|light   the browser's theme; light if not said
  --language TAG       the browser's language, such as zh-CN; en-US if not said (Firefox needs a language pack for others)
  --size WxH           of the window; 1400x900 if not said
  --browser NAME       chromium or firefox; chromium if not said
  --help               this text

Finds the browser on the PATH, or takes CHROME_PATH or FIREFOX_PATH.`;

/** @throws {Advice} for what the options do not allow. */
export function readOptions(args) {
  const values = optionsOf(
    args,
    {
      headless: { type: 'boolean', default: false },
      screenshot: { type: 'string' },
      theme: { type: 'string', default: 'light' },
      language: { type: 'string', default: 'en-US' },
      size: { type: 'string', default: '1400x900' },
      browser: { type: 'string', default: 'chromium' },
      help: { type: 'boolean', default: false },
    },
    'npm start',
  );
  const { theme, size, screenshot } = values;
  if (theme !== 'light' && theme !== 'dark') throw new Advice(`--theme is light or dark, not ${theme}.`);
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(size) ?? [];
  if (!width) throw new Advice(`--size is such as 1400x900, not ${size}.`);
  if (screenshot !== undefined && !screenshot.endsWith('.png')) {
    throw new Advice(`--screenshot writes PNG: its file must end in .png, not be ${screenshot}.`);
  }
  return { ...values, size: { width: Number(width), height: Number(height) } };
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const options = readOptions(process.argv.slice(2));
    if (options.help) return console.log(HELP);
    const headless = options.headless || options.screenshot !== undefined || !hasDisplay();
    await setUp();
    const executablePath = await findOrInstall(options.browser);
    say(`Browser: ${versionOf(executablePath) || executablePath}`);
    await installLanguage(options.browser, options.language);
    await build(options.browser);
    // TypeScript, from here on: vite, which is installed by now, loads it as it is.
    const { runnerImport } = await import('vite');
    const { module } = await runnerImport('./test/support/demonstration.ts', { logLevel: 'error' });
    try {
      return await (headless ? module.demonstrate : module.present)({ ...options, executablePath, say });
    } catch (error) {
      throw new Advice(error.message, { cause: error });
    }
  });
}
