/** Bundles every doorway: `functions/x.ts` -> `dist/x/index.mjs`, one file each, and prints what each weighs. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BUNDLE } from './bundle/options.ts';

const functions = readdirSync('functions').map(file => basename(file, '.ts'));
rmSync('dist', { recursive: true, force: true });

await build({
  ...BUNDLE,
  entryPoints: functions.map(name => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
  outdir: 'dist',
});

console.table(functions.map(sizes));

function sizes(name: string) {
  const bytes = readFileSync(`dist/${name}/index.mjs`);
  return { function: name, 'size (KB)': kb(bytes.byteLength), 'gzip (KB)': kb(gzipSync(bytes).byteLength) };
}

function kb(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
