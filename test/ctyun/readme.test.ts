import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../local/simulator/routes.ts';
import { startSimulator } from '../../local/simulator/server.ts';
import { OPERATIONS } from '../../shared/ctyun/api/catalogue.ts';
import { due, KEY, REGION } from '../stand.ts';
import { carriedBy, FUNCTIONS } from './used-calls.ts';
import { read } from './vectors.ts';

type Documented = { section: string; title: string; method: string; path: string };
const documented = read('documented-calls.json') as Documented[];
const readme = readFileSync('shared/ctyun/README.md', 'utf8');

const carriers = FUNCTIONS.map(name => ({ name, carried: carriedBy(name) }));

/** The table as it must be. */
function tableOf(): string {
  const rows = documented.map(({ title, method, path }) => {
    const operation = OPERATIONS.find(one => one.method === method && one.path === path);
    const simulated = ROUTES.some(route => route.method === method && route.path === path);
    const users = carriers.filter(({ carried }) => operation && carried.has(operation.name)).map(({ name }) => name);
    const name = operation ? `\`${operation.name}\`` : '–';
    return `| ${title} | ${method} ${path} | ${name} | ${simulated ? 'yes' : 'no'} | ${users.join(', ') || '–'} |`;
  });
  return ['| documented as | call | typed | simulated | used by |', '|---|---|---|---|---|', ...rows].join('\n');
}

describe('the page of the client', () => {
  it('lists the forty-five documented calls, as they are', () => {
    expect(documented).toHaveLength(45);
    const [, table = ''] = readme.split('readme.test.ts -->\n');
    expect(table.trim()).toBe(tableOf());
  });

  it('leaves none of them out', () => {
    expect(tableOf()).not.toMatch(/\| – \| (yes|no) \||\| no \|/);
  });
});

const run = promisify(execFile);
const [, sample = ''] = /(import \{ createHash, [\s\S]*?)```/.exec(readme) ?? [];

/** Runs the sample, or a spoilt one, in a process of its own against the simulator. @returns what it prints */
async function printed(spoilt: (code: string) => string = code => code): Promise<Record<string, unknown>> {
  const simulator = await startSimulator({
    state: { regions: [{ regionID: REGION }], accounts: [{ name: 'main', ...KEY, eips: [due('eip-a')] }] },
  });
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'eip-sample-')), 'sample.mts');
    writeFileSync(file, spoilt(sample));
    const keys = { CTYUN_AK: KEY.accessKey, CTYUN_SK: KEY.secretKey, CTYUN_ENDPOINT: simulator.url };
    const env = { PATH: process.env.PATH ?? '', TZ: 'America/New_York', ...keys };
    const { stdout } = await run('node_modules/.bin/tsx', [file, REGION], { env });
    return JSON.parse(stdout) as Record<string, unknown>;
  } finally {
    await simulator.close();
  }
}

describe('the signing sample', () => {
  it('has ten lines, and lists the EIPs of an account from any time zone', async () => {
    expect(sample.trim().split('\n')).toHaveLength(10);
    expect(await printed()).toMatchObject({ statusCode: 800, returnObj: { totalCount: 1, eips: [{ ID: 'eip-a' }] } });
  });

  it.each<[string, string, string]>([
    ['the clock of UTC', 'Date.now() + 8 * 3600_000', 'Date.now()'],
    ['other bytes than were signed', 'headers, body }', "headers, body: body + ' ' }"],
    ['another query string than was signed', 'new-list?$', 'new-list?a=1&$'],
  ])('is refused with %s: the trap is real', async (_sentence, right, wrong) => {
    expect(sample).toContain(right);
    expect(await printed(code => code.replace(right, () => wrong))).toMatchObject({ statusCode: 'CTAPI_10009' });
  });
});
