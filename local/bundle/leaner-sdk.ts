import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * Leaves out of the SDK's clients what no call here needs: all of package.json but the version, and a class for every
 * error that a service knows. An error without a class comes as the service's general one, under its own name, and names
 * are all that is read here (`test/ctyun/bundles.test.ts`, and every bundle's test against the embedded services).
 */
export const leanerSdk: Plugin = {
  name: 'leaner-sdk',
  setup: build => {
    build.onLoad({ filter: /node_modules\/@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onLoad({ filter: /node_modules\/@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/^n0_registry\.registerError\(.*$/gm, ''),
      loader: 'js',
    }));
  },
};
