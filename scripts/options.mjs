/** What was written after a command. */
import { parseArgs } from 'node:util';
import { Advice } from './setup.mjs';

export const BROWSERS = ['chromium', 'firefox'];

/**
 * The values of `options`, which are those of node:util's parseArgs.
 * @throws {Advice} for what they do not allow; it names the command that tells them.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} const Options
 * @param {string[]} args
 * @param {Options} options
 * @param {string} command
 */
export function optionsOf(args, options, command) {
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Advice(`${error.message.split('. ')[0]}. See: ${command} -- --help`);
  }
  const { browser } = values;
  if (browser !== undefined && !BROWSERS.includes(browser)) {
    throw new Advice(`--browser is chromium or firefox, not ${browser}.`);
  }
  return values;
}
