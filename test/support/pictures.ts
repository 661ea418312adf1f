import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, CDPSession } from 'puppeteer-core';
import { type ChromiumPanel, type LaunchOptions, launch, openPanel } from '../e2e/driver-chromium.ts';
import { startLab } from '../lab/lab.ts';
import { STATES } from './picture-states.ts';

/** How the panel is looked at. */
interface Look extends Pick<LaunchOptions, 'theme' | 'language' | 'size'> {
  /** Media features, as the user's system would have them. */
  media?: Record<string, string>;
  /** States that are worth a picture in this look; all if not said. */
  states?: readonly string[];
}

const SIZE = { width: 1400, height: 760 };
const LOOKS: Record<string, Look> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  zh: { theme: 'light', language: 'zh-CN', states: ['empty', 'demo', 'errors', 'faults', 'filter', 'headers'] },
  narrow: {
    theme: 'light',
    size: { width: 480, height: 760 },
    states: ['empty', 'demo', 'errors', 'faults', 'storm', 'headers'],
  },
  wide: { theme: 'dark', size: { width: 1900, height: 1000 }, states: ['demo', 'sources', 'million'] },
  contrast: { theme: 'dark', media: { 'forced-colors': 'active' }, states: ['demo', 'errors', 'filter', 'detail'] },
  still: { theme: 'light', media: { 'prefers-reduced-motion': 'reduce' }, states: ['demo'] },
};

export interface PictureOptions {
  executablePath: string;
  /** Folder to write into. */
  folder: string;
  /** States, looks, or `state-look`; everything if none is named. */
  names: readonly string[];
  say(step: string): void;
}

/** All pictures that there are: `state-look`. */
export const PICTURES: readonly string[] = Object.entries(LOOKS).flatMap(([look, { states }]) =>
  (states ?? Object.keys(STATES)).map((state) => `${state}-${look}`),
);

const isAsked = (picture: string, names: readonly string[]) =>
  names.length === 0 || names.some((name) => name === picture || picture.split('-').includes(name));

/** Makes pictures of the real tab in the real DevTools, one browser for each look. Gives their names. */
export async function takePictures({ executablePath, folder, names, say }: PictureOptions): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const taken: string[] = [];
  for (const [name, look] of Object.entries(LOOKS)) {
    const asked = PICTURES.filter((picture) => picture.endsWith(`-${name}`) && isAsked(picture, names));
    if (asked.length === 0) continue;
    const browser = await launch({ executablePath, extension: 'dist/chrome', headless: true, size: SIZE, ...look });
    try {
      for (const picture of asked) {
        say(`${picture} …`);
        await take(browser, look, picture.slice(0, -name.length - 1), join(folder, `${picture}.png`));
        taken.push(picture);
      }
    } finally {
      await browser.close();
    }
  }
  return taken;
}

/** Each has a lab and a page of its own: no stream of one is seen in another, or uses up its connections. */
async function take(browser: Browser, look: Look, state: string, path: string): Promise<void> {
  const lab = await startLab();
  const page = await browser.newPage();
  try {
    lab.serve('/start', '<!doctype html><title>SSE Lifeline</title>');
    await page.goto(`${lab.origin}/start`);
    const panel = await openPanel(page, { undocked: true });
    const sessions = await emulate(browser, panel, look);
    await STATES[state]?.({ page, panel, lab });
    await panel.devtools.screenshot({ path: path as `${string}.png` });
    await Promise.all(sessions.map((session) => session.detach()));
  } finally {
    await page.close();
    await lab.close();
  }
}

/** What is emulated lasts as long as the sessions that are given back. */
async function emulate(browser: Browser, panel: ChromiumPanel, { media = {} }: Look): Promise<CDPSession[]> {
  const features = Object.entries(media).map(([name, value]) => ({ name, value }));
  if (features.length === 0) return [];
  const urls = [panel.devtools.url(), panel.frame.url()];
  const targets = browser.targets().filter((target) => urls.includes(target.url()));
  const sessions = await Promise.all(targets.map((target) => target.createCDPSession()));
  for (const session of sessions) await session.send('Emulation.setEmulatedMedia', { features });
  return sessions;
}
