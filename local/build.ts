/** Bundles every doorway: `functions/x.ts` -> `dist/x/index.mjs`, one file each, and prints what each weighs. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { leanerSdk } from './bundle/leaner-sdk.ts';

// Bundled CommonJS packages call `require` for Node's own modules, which an ES module does not have.
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

const functions = readdirSync('functions').map(file => basename(file, '.ts'));
rmSync('dist', { recursive: true, force: true });

await build({
  entryPoints: functions.map(name => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  // Chinese words as they are: escaped they take twice the bytes.
  charset: 'utf8',
  plugins: [leanerSdk],
  // Short lines keep the source excerpt of a crash log short.
  lineLimit: 160,
  sourcemap: 'linked',
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': resolve('local/bundle/lambda-credentials.ts'),
    '@aws-sdk/middleware-endpoint-discovery': resolve('local/bundle/no-endpoint-discovery.ts'),
    '@smithy/core/event-streams': resolve('local/bundle/no-event-streams.ts'),
  },
  banner: { js: BANNER },
  legalComments: 'none',
  logLevel: 'warning',
});

console.table(functions.map(sizes));

function sizes(name: string) {
  const bytes = readFileSync(`dist/${name}/index.mjs`);
  return { function: name, 'size (KB)': kb(bytes.byteLength), 'gzip (KB)': kb(gzipSync(bytes).byteLength) };
}

function kb(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
