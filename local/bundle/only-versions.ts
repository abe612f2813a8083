import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** The SDK's clients import their package.json for its version alone; the rest of it would be two kilobytes for each. */
export const onlyVersions: Plugin = {
  name: 'only-versions',
  setup: build =>
    build.onLoad({ filter: /node_modules\/@aws-sdk\/[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};
