import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../shared/ctyun/api/catalogue.ts';
import { FUNCTIONS, importedBy } from './used-calls.ts';

/** `resourcesLabelled` calls it within its own file. */
const CALLED_AT_HOME: Readonly<Record<string, string>> = { queryResourcesByLabel: 'resourcesLabelled' };

const pathsIn = (bundle: string): string[] =>
  OPERATIONS.filter(({ path }) => new RegExp(`["'\`]${path}["'\`]`).test(bundle)).map(({ name }) => name);

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: 'shared/ctyun', loader: 'ts' },
    ...{ bundle: true, minify: true, write: false, platform: 'node', format: 'esm', mainFields: ['module', 'main'] },
  });
  return outputFiles[0]!.text;
}

describe('a bundle carries the calls that it uses, and no others', () => {
  it.each(FUNCTIONS)('%s', name => {
    const imported = importedBy(name);
    const carried = pathsIn(readFileSync(`dist/${name}/index.mjs`, 'utf8'));
    expect(carried.filter(one => !imported.has(CALLED_AT_HOME[one] ?? one))).toEqual([]);
    expect(carried.length).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['./api/ipv6-bandwidth.ts', 'ipv6BandwidthRenew'],
    ['./api/flow-package.ts', 'flowPackageList'],
    ['./api/shared-bandwidth.ts', 'bandwidthRenew'],
    ['./api/order.ts', 'orderQueryUuid'],
    ['./api/eip-lifecycle.ts', 'createEip'],
    ['./monitor.ts', 'queryUtilisation'],
    ['./orders.ts', 'renewEip'],
  ])('of %s, only %s', async (file, name) => {
    const text = await bundled(`import { ${name} } from '${file}'; console.log(${name});`);
    expect(pathsIn(text)).toEqual([name]);
  });
});
