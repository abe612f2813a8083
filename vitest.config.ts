import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.setup.ts'],
    testTimeout: 20_000,
    // Most tests wait for a simulated cloud, not for the processor: one worker fewer than there are cores is too few.
    maxWorkers: '100%',
    // No news for a person who runs the tests today.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      // These run in the tests of the bundles, in processes of their own, where nothing counts their lines.
      exclude: [
        'shared/edge/chat-*.ts',
        'shared/edge/*lambda*.ts',
        'shared/edge/{attempted,fan-out,run-gates,sqs}.ts',
        'shared/flow/chat/**',
        'shared/ledger/deliveries.ts',
        'shared/plan/chat-ops.ts',
        'shared/report/{card-words.*,eip-card,history-card,plan-card}.ts',
      ],
      reporter: ['text-summary', 'text'],
      thresholds: { lines: 95 },
    },
  },
});
