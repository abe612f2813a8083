import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** What stands in a bundle for a file of a package. @param source the file as it is */
export type Replacement = (source: string) => string;

/** Puts replacements in the place of packages' files. One whose file is in no bundle any more fails the build. */
export const replaced = (replacements: Readonly<Record<string, Replacement>>): Plugin => ({
  name: 'replaced',
  setup(build) {
    const met = new Set<string>();
    build.onLoad({ filter: /[/\\]node_modules[/\\]@/ }, async ({ path }) => {
      const file = path.replaceAll('\\', '/').replace(/^.*\/node_modules\//, '');
      const replacement = replacements[file];
      if (!replacement) return undefined;
      met.add(file);
      const contents = replacement(await readFile(path, 'utf8'));
      return { contents, resolveDir: dirname(path), loader: file.endsWith('.json') ? 'json' : 'js' };
    });
    build.onEnd(() => {
      const unmet = Object.keys(replacements).filter(file => !met.has(file));
      return { errors: unmet.map(file => ({ text: `no bundle has ${file} any more (local/bundle/replacements.ts)` })) };
    });
  },
});
