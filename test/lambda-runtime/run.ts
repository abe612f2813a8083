/**
 * Runs the built bundles under AWS's own runtime client on Node 24: `npm run test:lambda-runtime`. The client compiles,
 * so it is no part of `npm ci`: it is installed here, once, and needs a C++ compiler, make, cmake and Python.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { startVitest } from 'vitest/node';

const HERE = 'test/lambda-runtime';
const NODE = '24.21.0';
const TOOLS = ['g++', 'make', 'cmake', 'python3'];

function installClient(): void {
  if (existsSync(`${HERE}/node_modules/aws-lambda-ric/rapid-client.node`)) return;
  const missing = TOOLS.filter(tool => !isThere(tool));
  if (missing.length > 0) {
    console.error(`aws-lambda-ric is compiled while it is installed, and that needs ${missing.join(', ')}.`);
    console.error('On Debian or Ubuntu: apt-get install -y --no-install-recommends g++ make cmake python3');
    process.exit(2);
  }
  execFileSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: HERE, stdio: 'inherit' });
  if (existsSync(`${HERE}/node_modules/aws-lambda-ric/rapid-client.node`)) return;
  console.error('aws-lambda-ric was installed and has not been compiled: does npm run install scripts here?');
  process.exit(2);
}

function isThere(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The path of a Node 24: this one, or that of npm's package `node`. */
function node24(): string {
  if (process.version.startsWith('v24.')) return process.execPath;
  const args = ['-y', '-p', `node@${NODE}`, '--', 'node', '-p', 'process.execPath'];
  return execFileSync('npx', args, { encoding: 'utf8' }).trim();
}

installClient();
const NODE24 = process.env.NODE24 ?? node24();
console.log(`functions run on Node ${execFileSync(NODE24, ['--version'], { encoding: 'utf8' }).trim()} (${NODE24})`);
const vitest = await startVitest('test', process.argv.slice(2), {
  config: false,
  watch: false,
  include: [`${HERE}/*.scenario.ts`],
  globalSetup: ['test/build.setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  reporters: ['verbose'],
  env: { NODE24, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
await vitest.close();
