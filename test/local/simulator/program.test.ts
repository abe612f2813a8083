import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { KEY } from './signing-caller.ts';
import { NOW } from './stand.ts';

describe('as a program', () => {
  const main = fileURLToPath(new URL('../../../local/simulator/main.ts', import.meta.url));
  const run = (...args: string[]) => spawn(process.execPath, ['--import', 'tsx', main, ...args]);
  const file = (content: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'state.json');
    writeFileSync(path, content);
    return path;
  };

  it('it prints one line with its URL, serves, and ends on SIGTERM', async () => {
    const state = { now: NOW, accounts: [{ name: 'main', ...KEY }] };
    const child = run('--port', '0', '--state', file(JSON.stringify(state)));
    let printed = '';
    child.stdout.on('data', chunk => (printed += chunk));
    await once(child.stdout, 'data');
    const { url } = JSON.parse(printed) as { url: string };
    expect(await (await fetch(`${url}/_sim/clock`)).text()).toContain('2026-11-24T02:00');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(printed).toBe(`{"url":"${url}"}\n`);
  });

  it.each([
    ['a port that is none', ['--port', 'x'], /port/],
    ['an unknown option', ['--colour'], /colour/],
    ['no such file', ['--state', '/nowhere.json'], /nowhere/],
    ['a file that is no JSON', ['--state', file('{')], /JSON/],
    [
      'a state with two mistakes',
      ['--state', file('{"colour":1,"accounts":[{"name":""}]}')],
      /(?=.*colour)(?=.*secretKey)/s,
    ],
  ])('%s ends it with 2 and a reason', async (_, args, reason) => {
    const child = run(...args);
    let told = '';
    child.stderr.on('data', chunk => (told += chunk));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(2);
    expect(told).toMatch(reason);
  });
});
