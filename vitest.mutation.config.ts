import { defineConfig } from 'vitest/config';

/** The tests of what is mutated: pure rules and the signature. */
export default defineConfig({
  test: {
    include: [
      'test/plan/*.test.ts',
      'test/ctyun/signature*.test.ts',
      'test/functions/events.test.ts',
      'test/flow/sift.test.ts',
    ],
  },
});
