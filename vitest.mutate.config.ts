import { defineConfig } from 'vitest/config';

// What mutation testing runs for every mutant: the fast tests of the conversation. Those that open the whole bot take
// a minute each, and workers run the built files, which no mutant is in.
export default defineConfig({
  test: {
    include: ['test/bot/conversation/**/*.test.ts'],
    exclude: [
      'test/bot/conversation/offline.test.ts',
      'test/bot/conversation/respond.test.ts',
      'test/bot/conversation/triage/noise.test.ts',
    ],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
