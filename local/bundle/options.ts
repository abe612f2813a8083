import { resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { builtins } from './builtins.ts';
import { replaced } from './replaced.ts';
import { REPLACEMENTS } from './replacements.ts';

/** How a doorway becomes one file for Lambda. */
export const BUNDLE: BuildOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  // The reasons are in two languages; escaped, a Chinese character is six letters instead of three bytes.
  charset: 'utf8',
  // Short lines keep the source excerpt of a crash log short.
  lineLimit: 320,
  sourcemap: 'linked',
  // Node reads the map before the first event: files and lines are enough, and take a third of the time.
  sourcesContent: false,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': resolve('local/bundle/lambda-credentials.ts'),
    '@aws-sdk/util-dynamodb': resolve('local/bundle/attributes.ts'),
    '@aws-sdk/middleware-endpoint-discovery': resolve('local/bundle/no-endpoint-discovery.ts'),
    '@smithy/core/event-streams': resolve('local/bundle/no-event-streams.ts'),
  },
  plugins: [builtins, replaced(REPLACEMENTS)],
  legalComments: 'none',
  logLevel: 'warning',
};
