import { defineConfig } from 'vitest/config';

/** Files of tests about what a browser does not have; README's table of differences names it. */
const ELSEWHERE = {
  chromium: [
    // Chrome lets no extension end an answer in the network, nor read one.
    'test/e2e/network-reset.test.ts',
    'test/e2e/network-bytes.test.ts',
    // Chrome has pages of its own for what the user allows an extension.
    'test/e2e/options.test.ts',
  ],
  // Firefox prerenders no pages.
  firefox: ['test/e2e/lives-prerender.test.ts'],
};

/** The same cases in each browser. */
const compliance = (browser: string) => ({
  name: `compliance-${browser}`,
  env: { TEST_BROWSER: browser },
  include: ['test/compliance/**/*.test.ts'],
  fileParallelism: false,
  // Cases that run at once, in frames of one page.
  maxConcurrency: 8,
  testTimeout: 60_000,
  hookTimeout: 60_000,
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          // Not a bar for speed: properties are tried many times, on whatever machine.
          testTimeout: 60_000,
        },
      },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'] } },
      ...(['chromium', 'firefox'] as const).map((browser) => ({
        test: {
          name: `e2e-${browser}`,
          env: { TEST_BROWSER: browser },
          include: ['test/e2e/**/*.test.ts', 'test/fuzz/**/*.test.ts', 'test/fidelity/**/*.test.ts'],
          exclude: ELSEWHERE[browser],
          // One browser at a time: two cores, and DevTools is the thing under test.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      })),
      { test: compliance('chromium') },
      { test: compliance('firefox') },
    ],
  },
});
