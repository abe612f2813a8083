import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { callsIn, carriedBy, FUNCTIONS, importedBy } from './used-calls.ts';

/** `resourcesLabelled` calls it within its own file. */
const CALLED_AT_HOME: Readonly<Record<string, string>> = { queryResourcesByLabel: 'resourcesLabelled' };

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
    const carried = [...carriedBy(name)];
    expect(carried.filter(one => !imported.has(CALLED_AT_HOME[one] ?? one))).toEqual([]);
    expect(carried.length).toBeGreaterThan(0);
  });

  it.each(['scale-bandwidth', 'release-orphans'])('%s carries no renewal of anything, and no other rules', name => {
    const carried = [...carriedBy(name)];
    expect(carried.filter(one => /renew|ipv6|flowPackage|^bandwidth/i.test(one))).toEqual([]);
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
    expect(callsIn(text)).toEqual([name]);
  });
});
