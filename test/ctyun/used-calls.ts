import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { OPERATIONS } from '../../shared/ctyun/api/catalogue.ts';

export const FUNCTIONS: readonly string[] = readdirSync('functions').map(file => basename(file, '.ts'));

const IMPORT = /import\s+(?:type\s+)?(?:\{([^}]*)\}|[^'{]*)\s*from\s+'(\.[^']+)'/g;

/** The names that a function and all that it imports import from the client. */
export function importedBy(name: string): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, list = '', path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = normalize(join(dirname(file), path));
      for (const one of list.split(','))
        if (target.startsWith('shared/ctyun/')) names.add(one.trim().replace(/^type /, ''));
      visit(target);
    }
  };
  visit(`functions/${name}.ts`);
  return names;
}

/** The names of the calls that a bundle carries. */
export const callsIn = (bundle: string): string[] =>
  OPERATIONS.filter(({ path }) => new RegExp(`["'\`]${path}["'\`]`).test(bundle)).map(({ name }) => name);

/** The calls that a function's bundle carries: what it can call. */
export const carriedBy = (name: string): ReadonlySet<string> =>
  new Set(callsIn(readFileSync(`dist/${name}/index.mjs`, 'utf8')));
