import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/server.ts';
import type { ReportJson } from '../../../shared/report/json.ts';
import { due, KEY, REGION } from '../../stand.ts';

const folder = mkdtempSync(join(tmpdir(), 'eip-cli-'));
const home = join(folder, 'home');
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const ASK = {
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 } },
  limits: { maxSharePercent: 100 },
};

type Result = { code: number | null; stdout: string; stderr: string };

function cli(args: string[], environment: Record<string, string> = {}): Promise<Result> {
  return new Promise(resolve => {
    const { PATH = '' } = process.env;
    const child = spawn('node_modules/.bin/tsx', ['local/cli.ts', ...args], {
      env: { PATH, AUTOPILOT_HOME: home, ...environment },
    });
    const result: Result = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', chunk => (result.stdout += chunk));
    child.stderr.on('data', chunk => (result.stderr += chunk));
    child.on('close', code => resolve({ ...result, code }));
  });
}

let simulator: Simulator;
const load = (eips: Record<string, unknown>[]): void =>
  simulator.load({
    accounts: [{ name: 'main', ...KEY, eips }],
    regions: [{ regionID: REGION }],
    settings: { orderSeconds: 0 },
  });
const here = () => ({
  CTYUN_ENDPOINT: simulator.url,
  CTYUN_AK: KEY.accessKey,
  CTYUN_SK: KEY.secretKey,
  CTYUN_TIMEOUT_MS: '500',
});
const event = file('ask.json', ASK);

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

describe('the terminal', () => {
  it('plans by default, whatever the file says, and says that it does', async () => {
    load([due('eip-a')]);
    const { code, stdout } = await cli(
      ['auto-renew', '--event', file('apply.json', { ...ASK, mode: 'apply' })],
      here(),
    );
    expect([code, simulator.orders().length]).toEqual([0, 0]);
    expect(stdout).toContain('dry run: nothing was changed');
  });

  it('renews the due EIPs with --apply, once, and prints nothing but JSON with --json', async () => {
    load([due('eip-a'), due('eip-bb', { expiredAt: '+60d' })]);
    const first = await cli(['auto-renew', '--event', event, '--apply', '--json'], here());
    const report = JSON.parse(first.stdout) as ReportJson;
    expect([first.code, first.stderr, report.totals.done, report.totals.spent]).toEqual([0, '', 1, '115.00']);
    const second = await cli(['auto-renew', '--event', event, '--apply', '--json'], here());
    expect([second.code, simulator.orders().length]).toEqual([0, 1]);
  });

  it('speaks Chinese where asked, by --lang or by LANG', async () => {
    load([due('eip-a')]);
    const [byFlag, byLang] = await Promise.all([
      cli(['auto-renew', '--event', event, '--lang', 'zh-CN'], here()),
      cli(['auto-renew', '--event', event], { ...here(), LANG: 'zh_CN.UTF-8' }),
    ]);
    expect(byFlag.stdout).toContain('试运行：未做任何改动');
    expect(byLang.stdout).toBe(byFlag.stdout);
  });

  it('exits with 1 for a failed outcome, a held plan and an untrusted list', async () => {
    load([due('eip-a')]);
    simulator.faults([{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X' }]);
    const failed = await cli(['auto-renew', '--event', event, '--apply'], here());
    simulator.faults([{ kind: 'wrong-count', delta: 1 }]);
    const untrusted = await cli(['auto-renew', '--event', event], here());
    simulator.faults([]);
    const held = await cli(
      ['auto-renew', '--event', file('cap.json', { ...ASK, limits: { maxActions: 0 } }), '--apply'],
      here(),
    );
    expect([failed.code, untrusted.code, held.code, simulator.orders().length]).toEqual([1, 1, 1, 0]);
    expect(untrusted.stdout).toContain('the list states 2 EIPs, but its pages hold 1');
  });

  it.each<[string, () => string[], () => Record<string, string>, RegExp]>([
    [
      'a wrong ask, every problem at once',
      () => ['auto-renew', '--event', file('bad.json', { targets: [], renew: {}, x: 1 })],
      here,
      /targets: must not be empty[\s\S]*renew.withinDays: is missing[\s\S]*x: unknown key/,
    ],
    ['a file that is not JSON', () => ['auto-renew', '--event', file('no.json', '{')], here, /no\.json/],
    ['a file that is not there', () => ['auto-renew', '--event', '/nowhere.json'], here, /ENOENT/],
    ['an unknown function', () => ['auto-ruin'], here, /there is no function "auto-ruin"/],
    [
      'a command line of which everything is wrong',
      () => ['auto-ruin', '--lang', 'fr', '--since', 'monday'],
      here,
      /there is no function "auto-ruin"[\s\S]*--lang must be[\s\S]*--since must be/,
    ],
    ['an unknown option', () => ['auto-renew', '--aply'], here, /--aply/],
    ['an unknown language', () => ['auto-renew', '--lang', 'fr'], here, /--lang must be zh-CN or en/],
    [
      'wrong settings, all of them',
      () => ['auto-renew', '--event', event],
      () => ({ ...here(), CTYUN_CONCURRENCY: '0', CTYUN_ENDPOINT: 'x' }),
      /CTYUN_ENDPOINT must be[\s\S]*CTYUN_CONCURRENCY must be/,
    ],
  ])('exits with 2 and one clear error for %s', async (_sentence, args, environment, expected) => {
    const { code, stderr, stdout } = await cli(args(), environment());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong secret key', { CTYUN_SK: 'w'.repeat(32) }, /CTAPI_10009[\s\S]*check the access key/],
    ['an unknown access key', { CTYUN_AK: 'w'.repeat(32) }, /CTAPI_10002/],
    ['a malformed key', { CTYUN_SK: 'too-short-secret' }, /secretKey of account "main" is not 32 characters/],
    ['half a key', { CTYUN_SK: '' }, /CTYUN_SK is not set/],
  ])('exits with 2 for %s, and shows nothing of it', async (_sentence, change, expected) => {
    load([due('eip-a')]);
    const environment = { ...here(), ...change };
    const { code, stdout, stderr } = await cli(['auto-renew', '--event', event, '--apply'], environment);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(expected);
    for (const secret of [environment.CTYUN_SK, KEY.secretKey].filter(Boolean))
      expect(stdout + stderr).not.toContain(secret);
  });

  it('refuses to use the key of "main" for another account', async () => {
    const { code, stdout } = await cli(
      ['auto-renew', '--event', file('other.json', { ...ASK, targets: [{ account: 'other', regions: [REGION] }] })],
      here(),
    );
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining('are the key of account "main", and "other" was asked for'),
    ]);
  });

  it('explains itself', async () => {
    const [help, bare] = await Promise.all([cli(['--help']), cli([])]);
    expect([help.code, bare.code]).toEqual([0, 2]);
    expect(help.stdout).toContain('--embedded');
  });

  it.each([
    { AWS_PROFILE: 'work' },
    { CTYUN_SECRET_PREFIX: 'prod/', CTYUN_AK: 'x', CTYUN_CONCURRENCY: 'many' },
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_SESSION_TOKEN: 'x' },
    { APPLY_ALLOWED: 'maybe', QUEUE_URL: 'none', LEDGER_TABLE: '?' },
  ])("is led nowhere else by a person's own %o with --embedded", async own => {
    const { code, stdout } = await cli(['auto-renew', '--embedded', '--json'], own as Record<string, string>);
    expect([code, (JSON.parse(stdout) as ReportJson).totals.seen]).toEqual([0, 40]);
  });

  it('advises to go on with --embedded where it began so', async () => {
    const held = { ...ASK, targets: [{ account: 'main', regions: ['*'] }], limits: { maxActions: 0 } };
    const { stdout } = await cli(['auto-renew', '--embedded', '--event', file('held.json', held)]);
    expect(stdout).toMatch(
      /approve [0-9a-f]{64} --embedded --as NAME\n +npm run -s eip -- apply [0-9a-f]{64} --embedded\n/,
    );
  });

  it('needs nothing but itself with --embedded', async () => {
    const { code, stdout } = await cli(['auto-renew', '--embedded', '--apply', '--json']);
    expect([code, (JSON.parse(stdout) as ReportJson).totals.done]).toEqual([1, 9]);
  });
});
