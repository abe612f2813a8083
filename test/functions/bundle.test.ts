import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerServer, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import type { ReportJson } from '../../shared/report/json.ts';
import { emfProblems } from '../edge/emf.ts';
import { due, KEY, REGION } from '../stand.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };
const BUNDLE = 'dist/auto-renew/index.mjs';

/** A process with nothing in it but Node: imports the bundle, sends it one event, prints what came of it. */
const BARE = `
  const { handler } = await import(process.cwd() + '/${BUNDLE}');
  const event = JSON.parse(process.env.EVENT);
  const context = { awsRequestId: '1', functionName: 'auto-renew', getRemainingTimeInMillis: () => 60000 };
  const say = value => process.stderr.write('RESULT ' + JSON.stringify(value));
  try { say({ answer: await handler(event, context) }); }
  catch (error) { say({ threw: error.name, message: error.message, report: error.report, own: Object.keys(error) }); }
  process.exit(0);
`;

type Result = { answer?: ReportJson; threw?: string; message?: string; report?: ReportJson; own?: string[] };
type Run = { result: Result; logs: string };

let simulator: Simulator;
let secrets: SecretsStandIn;
let ledger: LedgerServer | undefined;

function run(
  program: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', chunk => (said.out += chunk));
    child.stderr.on('data', chunk => (said.err += chunk));
    child.on('close', code => resolve({ code, ...said }));
  });
}

async function invoke(event: unknown, change: Record<string, string> = {}): Promise<Run> {
  const { out, err } = await run(process.execPath, ['--input-type=module', '-e', BARE], {
    EVENT: JSON.stringify(event),
    CTYUN_ENDPOINT: simulator.url,
    CTYUN_TIMEOUT_MS: '500',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: AWS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    ...ledgerEnvironment(ledger?.url ?? ''),
    ...change,
  });
  return { result: JSON.parse(err.split('RESULT ')[1] ?? '{}') as Result, logs: out + err };
}

const EVENT = {
  mode: 'apply',
  slot: '2026-11-24T02:00:00Z',
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 },
  limits: { maxSharePercent: 100 },
};

beforeAll(async () => {
  simulator = await startSimulator();
  secrets = await startSecretsManager(AWS);
});
afterAll(async () => {
  await Promise.all([simulator.close(), secrets.close(), ledger?.close()]);
});

/** A cloud, a secret and a ledger, all fresh. */
async function load(): Promise<void> {
  await ledger?.close();
  ledger = await startLedger();
  simulator.load({
    accounts: [{ name: 'main', ...KEY, eips: [due('eip-a'), due('eip-bb', { expiredAt: '+60d' })] }],
    settings: { orderSeconds: 0 },
  });
  simulator.faults([]);
  secrets.put('ctyun/main', JSON.stringify(KEY));
}

describe('the bundle, in a bare Node process', () => {
  it('has its source map beside it', () => {
    expect([existsSync(BUNDLE), existsSync(`${BUNDLE}.map`)]).toEqual([true, true]);
  });

  it('renews the due EIPs from a Scheduler event, once', async () => {
    await load();
    const first = await invoke(EVENT);
    expect(first.result.answer).toMatchObject({
      health: 'ok',
      slot: '2026-11-24T02:00:00.000Z',
      totals: { done: 1, keep: 1 },
    });
    const later = await invoke({ ...EVENT, slot: '2026-11-25T02:00:00Z' });
    expect([later.result.answer?.totals.act, simulator.orders().length]).toEqual([0, 1]);
  });

  it('does nothing at a second delivery of a slot', async () => {
    await load();
    await invoke(EVENT);
    const before = simulator.calls().length;
    const { answer } = (await invoke(EVENT)).result;
    expect(answer?.targets).toMatchObject([{ region: REGION, seen: 0, problem: null, slot: 'done' }]);
    expect([answer?.health, simulator.calls().length]).toEqual(['ok', before]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no ledger is named', { LEDGER_TABLE: '' }, /LEDGER_TABLE is not set/],
    ['the ledger is down', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' }, /ECONNREFUSED/],
    ['the table is not there', { LEDGER_TABLE: 'another' }, /ResourceNotFoundException/],
  ])('changes nothing and fails where %s; a plan it still makes', async (_sentence, change, why) => {
    await load();
    const { result } = await invoke(EVENT, change);
    expect(result).toMatchObject({ threw: 'RunFailed', message: expect.stringMatching(why) });
    expect(result.report).toMatchObject({ asked: 'apply', mode: 'plan', totals: { act: 1, done: 0 } });
    expect(simulator.orders()).toEqual([]);
    const plan = await invoke({ ...EVENT, mode: 'plan' }, change);
    expect(plan.result.answer).toMatchObject({ health: 'ok', mode: 'plan', totals: { act: 1 } });
  });

  it('logs every decision as a line, then the run, and no secret', async () => {
    await load();
    const { logs } = await invoke(EVENT);
    const lines = logs
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ message }) => message ?? 'metrics')).toEqual(['decision', 'report', 'metrics']);
    expect(logs).not.toContain(KEY.secretKey);
    expect(logs).not.toContain(AWS.secretAccessKey);
  });

  it('throws after reporting when an outcome failed, so that an alarm can fire', async () => {
    await load();
    simulator.faults([{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X', message: 'no' }]);
    const { result, logs } = await invoke(EVENT);
    expect(result).toMatchObject({ threw: 'RunFailed', report: { totals: { failed: 1 } } });
    expect(logs).toContain('"message":"report"');
    expect(logs).toContain('"Heartbeat":1');
    // Lambda writes what a thrown error has of its own into one line of the log.
    expect(result.own).not.toContain('report');
  });

  it('tells its metrics in one line that CloudWatch reads', async () => {
    await load();
    const { logs } = await invoke(EVENT, { POWERTOOLS_SERVICE_NAME: 'eip-autopilot-test' });
    const [line = '{}', ...more] = logs.split('\n').filter(each => each.includes('"_aws"'));
    const metrics = JSON.parse(line) as Record<string, unknown>;
    expect([more, emfProblems(metrics)]).toEqual([[], []]);
    expect(metrics).toMatchObject({
      ...{ service: 'eip-autopilot-test', function: 'auto-renew', account: 'main', region: REGION },
      ...{ slot: '2026-11-24T02:00:00.000Z', Looked: 2, Planned: 1, Acted: 1, SpentCny: 115, SpendOfCapPercent: 11.5 },
      ...{ Heartbeat: 1, run: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, string, RegExp]>([
    [
      'a wrong ask',
      { renew: 1, x: 2 },
      {},
      'RejectedRequest',
      /targets: is missing.*renew: must be an object.*x: unknown key/,
    ],
    [
      'wrong settings',
      EVENT,
      { CTYUN_CONCURRENCY: 'many', CTYUN_ENDPOINT: 'nowhere' },
      'ConfigError',
      /CTYUN_ENDPOINT must be.*CTYUN_CONCURRENCY must be/,
    ],
    [
      'an account without a secret',
      { ...EVENT, targets: [{ account: 'other', regions: [REGION] }] },
      {},
      'RunFailed',
      /secret "ctyun\/other" cannot be read: ResourceNotFoundException/,
    ],
    [
      'no Secrets Manager',
      EVENT,
      { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:9' },
      'RunFailed',
      /ECONNREFUSED/,
    ],
    ['no CTyun', { ...EVENT }, { CTYUN_ENDPOINT: 'http://127.0.0.1:9' }, 'RunFailed', /ECONNREFUSED/],
  ])('throws one clear error for %s', async (_sentence, event, change, name, message) => {
    await load();
    const { result } = await invoke(event, change);
    expect([result.threw, simulator.orders().length]).toEqual([name, 0]);
    expect(result.message).toMatch(message);
  });

  it('takes no key from the environment: those are for the terminal', async () => {
    await load();
    secrets.put('ctyun/main', undefined);
    const { result } = await invoke(EVENT, { CTYUN_AK: KEY.accessKey, CTYUN_SK: KEY.secretKey });
    expect(result.threw).toBe('RunFailed');
  });
});
