import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type BindStand, bindBody, bindStand, closeBindStands, SECRET } from './bind-stand.ts';

const PAGE = readFileSync('shared/edge/README.md', 'utf8');
const snippet = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? '';
const missing = (...programs: string[]): string | undefined =>
  programs.find(program => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);

afterAll(closeBindStands);
let stand: BindStand;
beforeEach(async () => {
  stand = await bindStand();
});

function run(program: string, args: string[]): Promise<string> {
  const BODY = JSON.stringify(bindBody({ name: '入口' }, { type: 'vm', id: 'vm-2' }));
  const { PATH = '' } = process.env;
  const env = { PATH, LC_ALL: 'C.UTF-8', URL: stand.gateway.url, SECRET, BODY };
  return new Promise(resolve => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk));
    child.on('close', () => resolve(said));
  });
}

describe('every sender that the page shows', () => {
  it.each<[string, string, string, string[], string[]]>([
    ['curl and openssl', 'sh', 'sh', ['-euc'], ['curl', 'openssl', 'od']],
    ['Python', 'python', 'python3', ['-c'], ['python3']],
    ['Node', 'js', process.execPath, ['--input-type=module', '-e'], []],
  ])('%s binds', async (_name, language, program, args, needs) => {
    const without = missing(...needs);
    if (without !== undefined) return console.warn(`not run: ${without} is not on this machine`);
    expect(await run(program, [...args, snippet(language)])).toContain('"outcome":"bound"');
    expect(stand.eip()).toMatchObject({ status: 'ACTIVE', at: 'vm-2' });
  });

  it('the body that the page shows is read: only its region is not of the simulator', async () => {
    const { status, body } = await stand.post('/bind', snippet('json'));
    expect([status, body.reason.code]).toEqual([502, 'no-access']);
  });
});
