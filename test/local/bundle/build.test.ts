import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { builtins } from '../../../local/bundle/builtins.ts';
import { BUNDLE } from '../../../local/bundle/options.ts';
import { type Replacement, replaced } from '../../../local/bundle/replaced.ts';
import { REPLACEMENTS } from '../../../local/bundle/replacements.ts';

const built = (replacements: Readonly<Record<string, Replacement>>) =>
  build({
    ...BUNDLE,
    entryPoints: ['test/local/bundle/everything.ts'],
    outdir: 'dist-of-a-test',
    write: false,
    logLevel: 'silent',
    plugins: [builtins, replaced(replacements)],
  });

describe('the build', () => {
  it('fails when a file that is replaced is in no bundle any more', async () => {
    const moved = { ...REPLACEMENTS, '@smithy/core/dist-es/moved.js': () => '' };
    await expect(built(moved)).rejects.toThrow('no bundle has @smithy/core/dist-es/moved.js any more');
  });
  it.each(Object.entries(REPLACEMENTS).filter(([, { length }]) => length > 0))(
    'fails when nothing is left to change in %s',
    (_file, replacement) => {
      expect(() => replacement('export const other = 1;')).toThrow();
    },
  );
  it('fails when what stands for a file lacks a name that is asked of it', async () => {
    const file = '@smithy/signature-v4/dist-es/HeaderFormatter.js';
    expect(REPLACEMENTS[file]).toBeDefined();
    await expect(built({ ...REPLACEMENTS, [file]: () => 'export class Renamed {}' })).rejects.toThrow(
      /HeaderFormatter/,
    );
  });
  it('succeeds as it is', async () => {
    await expect(built(REPLACEMENTS)).resolves.toMatchObject({ errors: [], warnings: [] });
  });
});

describe.each(readdirSync('functions').map(file => file.replace(/\.ts$/, '')))('the bundle of %s', name => {
  const text = readFileSync(`dist/${name}/index.mjs`, 'utf8');
  it("imports nothing: Node's own modules are taken as they are", () => {
    expect(text).not.toMatch(/\bimport\s*[\w{*"(]|\brequire\(/);
    expect(text).toContain('process.getBuiltinModule("node:https")');
  });
  it('does not make Node load what is for browsers', () => {
    const program = `await import('${process.cwd()}/dist/${name}/index.mjs'); process.stdout.write(process.moduleLoadList.join('\\n'))`;
    // Without a key nothing is asked for over the network.
    const environment = { AWS_REGION: 'local', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const args = ['--input-type=module', '-e', program];
    const loaded = execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' });
    expect(loaded).toContain('NativeModule https');
    expect(loaded).not.toMatch(/undici|http2|webstreams\/readablestream|worker_threads/);
  });
  it('has words as they are, in two languages', () => {
    expect(text).not.toMatch(/\\u[4-9][0-9a-f]{3}/i);
  });
});
