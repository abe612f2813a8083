import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerServer, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { type QueueStandIn, startQueues } from '../../local/queue/server.ts';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { KEY, REGION } from '../stand.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };
const BARE = `
  const { handler } = await import(process.cwd() + '/dist/scale-bandwidth/index.mjs');
  const context = { awsRequestId: '1', functionName: 'scale-bandwidth', getRemainingTimeInMillis: () => 60000 };
  const began = Date.now();
  const say = value => process.stderr.write('RESULT ' + JSON.stringify({ ...value, ms: Date.now() - began }));
  try { say({ answer: await handler(JSON.parse(process.env.EVENT), context) }); }
  catch (error) { say({ threw: error.name, message: error.message }); }
  process.exit(0);
`;
type Result = { answer?: Record<string, unknown>; threw?: string; ms: number };

let simulator: Simulator;
let secrets: SecretsStandIn;
let ledger: LedgerServer;
let queues: QueueStandIn;

beforeAll(async () => {
  const load = { egressMbps: 9 };
  const eip = { regionID: REGION, ID: 'eip-a', eipAddress: '203.0.113.42', status: 'ACTIVE', associationID: 'vm' };
  const state = { accounts: [{ name: 'main', ...KEY, eips: [{ ...eip, bandwidth: 10, load }] }] };
  simulator = await startSimulator({ state: { ...state, settings: { orderSeconds: 0 } } });
  secrets = await startSecretsManager(AWS);
  secrets.put('ctyun/main', JSON.stringify(KEY));
  secrets.put('ctyun/alarm-tokens', JSON.stringify({ tokens: ['0123456789abcdef0123456789abcdef'] }));
  ledger = await startLedger();
  queues = await startQueues(AWS, [{ name: 'alarms', visibilitySeconds: 30, deadLetter: null }]);
});
afterAll(async () => {
  await Promise.all([simulator.close(), secrets.close(), ledger.close(), queues.close()]);
});

function invoke(event: unknown): Promise<Result> {
  const env = {
    PATH: process.env.PATH ?? '',
    EVENT: JSON.stringify(event),
    CTYUN_ENDPOINT: simulator.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: AWS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    QUEUE_URL: queues.queueUrl('alarms'),
    ...ledgerEnvironment(ledger.url),
  };
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', chunk => (said += chunk));
    child.on('close', () => resolve(JSON.parse(said.split('RESULT ')[1] ?? '{}') as Result));
  });
}

const ask = (mode: string) => ({
  mode,
  targets: [{ account: 'main', regions: [REGION] }],
  scale: { ladderMbps: [10, 20, 50], ceilingMbps: 50, settleWithinSeconds: 3 },
  limits: { maxSharePercent: 100 },
});

describe('the bundle of scale-bandwidth, in a bare Node process', () => {
  it('plans on a schedule, answers an alarm within two seconds, and works it off the queue', async () => {
    expect((await invoke(ask('plan'))).answer).toMatchObject({ health: 'ok', totals: { act: 1, done: 0 } });
    const alarm = await invoke(JSON.parse(readFileSync('events/scale-bandwidth.alarm.json', 'utf8')));
    expect(alarm.answer).toMatchObject({ statusCode: 202 });
    expect(alarm.ms).toBeLessThan(2000);
    const [message] = queues.queue('alarms').all;
    const Records = [{ messageId: '1', body: message?.body, eventSource: 'aws:sqs' }];
    expect((await invoke({ Records })).answer).toEqual({ batchItemFailures: [] });
    expect(simulator.orders()).toEqual([]);
  }, 60_000);

  it('raises on a schedule that applies, once', async () => {
    expect((await invoke(ask('apply'))).answer).toMatchObject({ health: 'ok', totals: { done: 1 } });
    expect((await invoke(ask('apply'))).answer).toMatchObject({ totals: { act: 0 } });
    expect(simulator.orders().map(({ params }) => params.bandwidth)).toEqual([20]);
  }, 60_000);
});
