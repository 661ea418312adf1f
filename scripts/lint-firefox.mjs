/** What the linter of addons.mozilla.org finds in the extension for Firefox. It finds it there too, and may refuse it. */

/** @param {{_type: string, code: string, message: string, description?: string, file?: string, line?: number, column?: number}} finding */
function sentenceOf({ _type, code, message, description = '', file, line, column }) {
  const place = [file, line, column].filter(Boolean).join(':');
  const text = `${message.replace(/\.?$/, '.')} ${description}`.replace(/\s+/g, ' ').trim();
  return `web-ext lint, ${_type} ${code}${place && ` in ${place}`}: ${text}`;
}

/**
 * @param {string} folder the built extension
 * @returns {Promise<string[]>} errors, warnings and notices, each as a sentence; none if it is clean
 */
export async function findingsOf(folder) {
  // Large, and only there once packages are installed.
  const { cmd } = (await import('web-ext')).default;
  const options = { sourceDir: folder, output: 'none' };
  const { errors, warnings, notices } = await cmd.lint(options, { shouldExitProgram: false });
  return [...errors, ...warnings, ...notices].map(sentenceOf);
}
