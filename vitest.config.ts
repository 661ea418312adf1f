import { defineConfig } from 'vitest/config';

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
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
          // One browser at a time: two cores, and DevTools is the thing under test.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'compliance',
          include: ['test/compliance/**/*.test.ts'],
          fileParallelism: false,
          // Cases that run at once, in frames of one page.
          maxConcurrency: 8,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
