import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Takes Node's own modules by `process.getBuiltinModule`: an `import` of one reads all of its properties, and on Node 24
 * those of `node:http` that belong to browsers load a second HTTP client with HTTP/2 and web streams, 30 ms of a cold start.
 * What is named in an import is taken where the import stands, as before; what nobody uses is left out.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.replace(/^node:/, ''), namespace: 'builtin', sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: moduleOf(path) }));
  },
};

function moduleOf(path: string): string {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(path) ?? {}));
  // A newer Node, where one builds, has a browser's classes in its modules, which load all that is behind them when read.
  const names = properties.flatMap(([name, { get, enumerable }]) =>
    enumerable && !(get && name in globalThis) && /^[a-z]\w*$/i.test(name) ? [name] : [],
  );
  return [
    `const whole = /* @__PURE__ */ process.getBuiltinModule('node:${path}');`,
    'export default whole;',
    ...names
      .filter(name => name !== 'default')
      .map(name => `export const ${name} = /* @__PURE__ */ (() => whole.${name})();`),
  ].join('\n');
}
