import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/server.ts';
import type { ReportJson } from '../../../shared/report/json.ts';
import { due, KEY, REGION } from '../../stand.ts';

const folder = mkdtempSync(join(tmpdir(), 'eip-people-'));
const event = (name: string, limits: object = {}): string => {
  const path = join(folder, name);
  const renew = { withinDays: 7, cycle: { type: 'month', count: 1 } };
  const targets = [{ account: 'main', regions: [REGION] }];
  writeFileSync(path, JSON.stringify({ targets, renew, limits: { maxSharePercent: 100, ...limits } }));
  return path;
};
const ASK = event('ask.json');
const TIGHT = event('tight.json', { maxActions: 1 });
const SETTLE = 'events/settle-orders.schedule.json';

type Result = { code: number | null; stdout: string; stderr: string };
let simulator: Simulator;
let homes = 0;

/** A terminal with a memory of its own. */
function terminal(home = join(folder, `home-${++homes}`)) {
  const environment = {
    PATH: process.env.PATH ?? '',
    AUTOPILOT_HOME: home,
    CTYUN_ENDPOINT: simulator.url,
    CTYUN_AK: KEY.accessKey,
    CTYUN_SK: KEY.secretKey,
    USER: 'alice',
  };
  const start = (...args: string[]): { child: ChildProcess; ended: Promise<Result> } => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/cli.ts', ...args], { env: environment });
    const ended = new Promise<Result>(resolve => {
      const result: Result = { code: null, stdout: '', stderr: '' };
      child.stdout.on('data', chunk => (result.stdout += chunk));
      child.stderr.on('data', chunk => (result.stderr += chunk));
      child.on('close', code => resolve({ ...result, code }));
    });
    return { child, ended };
  };
  const run = (...args: string[]): Promise<Result> => start(...args).ended;
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);
  return { start, run, json };
}

function load(eips: Record<string, unknown>[], orderSeconds = 0): void {
  simulator.load({
    accounts: [{ name: 'main', ...KEY, eips }],
    regions: [{ regionID: REGION }],
    settings: { orderSeconds },
  });
  simulator.faults([]);
}

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

describe('people at a terminal', () => {
  it('see a held plan, approve it, apply exactly it, and read it in the history', async () => {
    load([due('eip-a'), due('eip-bb')]);
    const { run, json } = terminal();
    const held = (await json('auto-renew', '--event', TIGHT, '--apply')) as ReportJson;
    expect([held.plan.held[0]?.cap, held.approval, simulator.orders().length]).toEqual([
      'maxActions',
      { approvers: 1 },
      0,
    ]);
    const { hash } = held.plan;
    expect(await json('plans')).toMatchObject([
      { hash, state: 'PENDING', requestedBy: 'alice', heldBy: ['maxActions'] },
    ]);
    expect(await json('plans', hash.slice(0, 12))).toMatchObject({ hash, price: '230.00', actions: [{}, {}] });
    const own = await run('approve', hash);
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining('cannot approve it; another person must')]);
    const early = await run('apply', hash);
    expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('waits for approval: 0 of 1')]);
    expect((await run('approve', hash.slice(0, 12), '--as', 'bob')).stdout).toContain('approved (1/1)');
    const applied = (await json('apply', hash)) as ReportJson;
    expect([applied.totals.done, applied.totals.spent, simulator.orders().length]).toEqual([2, '230.00', 2]);
    const twice = await run('apply', hash);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('an approval counts once')]);
    expect((await run('plans')).stdout).toContain('No plan waits');
    const history = (await json('history', '--eip', 'eip-a')) as Record<string, unknown>[];
    expect(history).toMatchObject([
      { what: 'held', heldBy: ['maxActions'] },
      { what: 'acted', state: 'DONE', who: 'alice', approvedBy: ['bob'], spent: '115.00', reverse: 'no', plan: hash },
    ]);
    expect((await run('history', '--lang', 'zh-CN')).stdout).toMatch(/alice \+ bob .*115\.00.*已续订至/);
  }, 60_000);

  it('turn the kill switch, and it holds', async () => {
    load([due('eip-a')]);
    const { run, json } = terminal();
    expect((await run('mode', 'auto-renew', 'off')).stdout).toMatch(/all: apply\nauto-renew: off\n\(alice, /);
    const off = (await json('auto-renew', '--event', ASK, '--apply')) as ReportJson;
    expect([off.mode, off.totals.seen, simulator.orders().length]).toEqual(['off', 0, 0]);
    await run('mode', 'auto-renew', 'apply');
    await run('mode', 'plan');
    const { code, stdout } = await run('auto-renew', '--event', ASK, '--apply');
    expect([code, stdout]).toEqual([0, expect.stringContaining('the switch allows no more than a plan')]);
    expect(await json('mode')).toMatchObject({ all: 'plan', functions: { 'auto-renew': 'apply' } });
  }, 60_000);

  it('say what became of an order that nobody can find out', async () => {
    load([due('eip-a')]);
    const { run, json } = terminal();
    simulator.faults([{ kind: 'reset-before', path: '/v4/eip/renew' }]);
    const report = (await json('auto-renew', '--event', ASK, '--apply')) as ReportJson;
    const token = report.items[0]?.action?.token ?? '';
    expect(report.items[0]?.outcome?.reason.code).toBe('answer-lost');
    expect((await run('resolve', token)).stderr).toContain('say --bought or --not-bought');
    expect((await run('resolve', token, '--not-bought', '--as', 'bob')).stdout).toContain('not bought, says bob');
    expect((await run('settle-orders', '--event', SETTLE, '--apply')).code).toBe(0);
  }, 60_000);

  it.each<[string, string[], RegExp]>([
    ['a word that is no mode', ['mode', 'auto-renew', 'fast'], /"fast" is none of off, plan, apply/],
    ['a function that is not there', ['mode', 'auto-ruin', 'off'], /there is no function "auto-ruin"/],
    ['a hash that is none', ['approve', 'xyz'], /a hash has 8 to 64 digits/],
    ['a hash that no plan has', ['approve', '0123456789'], /no waiting plan begins so/],
    ['a missing hash', ['apply'], /apply needs a plan's hash/],
    ['a time that is none', ['history', '--since', 'yesterday'], /--since must be an ISO 8601 time/],
    ['too much', ['history', 'now'], /unexpected: now/],
    ['a name that is empty', ['plans', '--as', ' '], /--as must be a name/],
  ])('are told of %s', async (_sentence, args, expected) => {
    const { code, stderr, stdout } = await terminal(join(folder, 'home-wrong')).run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
  });
});

describe('two processes with one memory', () => {
  it('that apply at once renew each due EIP once', async () => {
    load([due('eip-a'), due('eip-bb'), due('eip-ccc'), due('eip-d', { expiredAt: '+90d' })], 1);
    const { run } = terminal();
    const both = await Promise.all([1, 2, 3].map(() => run('auto-renew', '--event', ASK, '--apply', '--json')));
    expect(both.map(({ stderr }) => stderr).join('')).toBe('');
    const bought = simulator.orders().map(({ eipID }) => eipID);
    expect(bought.toSorted()).toEqual(['eip-a', 'eip-bb', 'eip-ccc']);
  }, 60_000);
});

describe('a process that is killed in the middle of applying', () => {
  // That all of it is finished once the dead run's leases are over is proven step by step: npm run test:crash.
  it('has bought nothing twice after a second run, which finishes or explains every EIP', async () => {
    const ids = ['eip-a', 'eip-bb', 'eip-ccc', 'eip-dddd', 'eip-eeeee', 'eip-ffffff'];
    load(
      ids.map(id => due(id)),
      2,
    );
    const { start, json } = terminal();
    const { child, ended } = start('auto-renew', '--event', ASK, '--apply', '--json');
    while (simulator.orders().length < 2) await pause(5);
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    const second = (await json('auto-renew', '--event', ASK, '--apply')) as ReportJson;
    const told = second.items.map(
      ({ decision, reason, outcome }) => outcome?.reason.code ?? `${decision} ${reason.code}`,
    );
    expect(told).toHaveLength(6);
    expect(told.filter(code => !/^(renewed|in-hand|keep not-due|hold under-way)$/.test(code))).toEqual([]);
    const bought = simulator.orders().map(({ eipID }) => eipID);
    expect(new Set(bought).size).toBe(bought.length);
    const history = (await json('history')) as { what: string; eip: { id: string } }[];
    const begun = new Set(history.filter(({ what }) => what === 'acted').map(({ eip }) => eip.id));
    expect([...begun].toSorted()).toEqual(ids);
  }, 60_000);
});
