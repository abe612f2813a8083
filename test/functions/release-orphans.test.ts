import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LedgerServer, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import type { ReportJson } from '../../shared/report/json.ts';
import { idle, orphanAsk } from '../orphan-stand.ts';
import { KEY, REGION } from '../stand.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };
/** A process with nothing in it but Node and the bundle. */
const BARE = `
  const { handler } = await import(process.cwd() + '/dist/release-orphans/index.mjs');
  const context = { awsRequestId: '1', functionName: 'release-orphans', getRemainingTimeInMillis: () => 60000 };
  const say = value => process.stderr.write('RESULT ' + JSON.stringify(value));
  try { say({ answer: await handler(JSON.parse(process.env.EVENT), context) }); }
  catch (error) { say({ threw: error.name, message: error.message, report: error.report }); }
  process.exit(0);
`;

let simulator: Simulator;
let secrets: SecretsStandIn;
let ledger: LedgerServer;

beforeAll(async () => {
  simulator = await startSimulator({
    state: {
      accounts: [{ name: 'main', ...KEY, eips: [idle('eip-a')] }],
      regions: [{ regionID: REGION }],
      settings: { orderSeconds: 0 },
    },
  });
  secrets = await startSecretsManager(AWS, { 'ctyun/main': JSON.stringify(KEY) });
  ledger = await startLedger();
});
afterAll(() => Promise.all([simulator.close(), secrets.close(), ledger.close()]));

type Result = { answer?: ReportJson; threw?: string; message?: string };

function invoke(event: unknown): Promise<Result> {
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', EVENT: JSON.stringify(event) },
    ...{ CTYUN_ENDPOINT: simulator.url, AWS_REGION: 'local', AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url },
    ...{ AWS_ACCESS_KEY_ID: AWS.accessKeyId, AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey },
    ...ledgerEnvironment(ledger.url),
  };
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
    });
    child.on('close', () => resolve(JSON.parse(said.split('RESULT ')[1] ?? '{}') as Result));
  });
}

const ask = (change: object = {}) => orphanAsk({}, { graceHours: 0, warnHours: 0, ...change });

it('the bundle sees an idle EIP once, then releases it; zone files are refused there', async () => {
  const refused = await invoke(ask({ dns: { zoneFiles: ['example.com.zone'] } }));
  expect([refused.threw, refused.message]).toEqual([
    'RejectedRequest',
    expect.stringContaining('files are read by the terminal only'),
  ]);
  expect((await invoke(ask())).answer?.items[0]?.reason).toMatchObject({ code: 'seen-once' });
  const { answer } = await invoke(ask());
  expect(answer?.items[0]).toMatchObject({ action: { kind: 'release' }, outcome: { state: 'done' } });
  expect(simulator.orders().map(({ kind, eipID }) => [kind, eipID])).toEqual([['delete', 'eip-a']]);
});
