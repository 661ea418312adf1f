import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findingsOf } from '../../../scripts/lint-firefox.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sse-lifeline-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const gecko = (more = {}) => ({
  browser_specific_settings: {
    gecko: { id: 'a@b', strict_min_version: '153.0', data_collection_permissions: { required: ['none'] }, ...more },
  },
});

function extension(manifest: object, script: string): string {
  const all = { manifest_version: 3, name: 'Extension', version: '1', background: { scripts: ['a.js'] }, ...manifest };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(all));
  writeFileSync(join(folder, 'a.js'), script);
  return folder;
}

test('the linter finds nothing in what is clean, and leaves no message on the console', async () => {
  expect(await findingsOf(extension(gecko(), 'console.log(1);'))).toEqual([]);
});

test('what it finds is said in sentences with the place: errors, warnings and notices', async () => {
  const found = await findingsOf(extension(gecko({ strict_min_version: 153 }), 'document.body.innerHTML = name;'));
  expect(found).toEqual([
    expect.stringMatching(/^web-ext lint, error MANIFEST_\w+ in manifest\.json: .*strict_min_version/),
    expect.stringMatching(
      /^web-ext lint, warning UNSAFE_VAR_ASSIGNMENT in a\.js:1:1: Unsafe assignment to innerHTML\. /,
    ),
  ]);
});
