import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerServer, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { type QueueStandIn, startQueues } from '../../local/queue/server.ts';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { bindBody, SECRET, signedHeaders } from '../edge/bind-stand.ts';
import { KEY, REGION } from '../stand.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };
const BARE = `
  const { handler } = await import(process.cwd() + '/dist/bind-on-webhook/index.mjs');
  const context = { awsRequestId: '1', functionName: 'bind-on-webhook', getRemainingTimeInMillis: () => 30000 };
  const say = value => process.stderr.write('RESULT ' + JSON.stringify(value));
  try { say({ answer: await handler(JSON.parse(process.env.EVENT), context) }); }
  catch (error) { say({ threw: error.name, message: error.message }); }
  process.exit(0);
`;

type Result = { answer?: { statusCode: number; body: string }; threw?: string; message?: string };
let simulator: Simulator;
let secrets: SecretsStandIn;
let queues: QueueStandIn;
let ledger: LedgerServer;

beforeAll(async () => {
  const eips = [{ regionID: REGION, ID: 'eip-free', eipAddress: '203.0.113.1' }];
  const instances = [{ regionID: REGION, instanceID: 'vm-1', displayName: 'web-1' }];
  const state = { accounts: [{ name: 'main', ...KEY, eips, instances }], settings: { bindSeconds: 0.5 } };
  simulator = await startSimulator({ state });
  secrets = await startSecretsManager(AWS, {
    'ctyun/main': JSON.stringify(KEY),
    'webhook/standard': JSON.stringify([SECRET]),
  });
  queues = await startQueues(AWS, [{ name: 'work', visibilitySeconds: 60, deadLetter: null }]);
  ledger = await startLedger();
});
afterAll(() => Promise.all([simulator, secrets, queues, ledger].map(one => one.close())));

function invoke(event: unknown, change: Record<string, string> = {}): Promise<Result & { logs: string }> {
  const env = {
    PATH: process.env.PATH ?? '',
    EVENT: JSON.stringify(event),
    CTYUN_ENDPOINT: simulator.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: AWS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    WORK_QUEUE_URL: queues.queueUrl('work'),
    BIND_TARGETS: '[{"account":"main","region":"*","name":"web-*"}]',
    ...ledgerEnvironment(ledger.url),
    ...change,
  };
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], { env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk));
    child.on('close', () => resolve({ ...(JSON.parse(said.split('RESULT ')[1] ?? '{}') as Result), logs: said }));
  });
}

const http = (method: string, path: string, body = '', headers = signedHeaders(body, { id: `m-${method}` })) => ({
  ...{ version: '2.0', rawPath: path, rawQueryString: '', headers, body, isBase64Encoded: false },
  requestContext: { http: { method, path } },
});

describe('the bundle of bind-on-webhook, in a bare Node process', () => {
  it('takes a request, goes on from the queue, tells the outcome, and no secret', async () => {
    const body = JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-1' }, { waitSeconds: 0 }));
    const sent = await invoke(http('POST', '/bind', body));
    expect([sent.answer?.statusCode, queues.queue('work').all.length]).toEqual([202, 2]);
    queues.advance(900);
    await pollerOf(queues.queue('work'), (async event => (await invoke(event)).answer) as QueueHandler, 1).drain();
    const asked = await invoke(http('GET', '/requests/m-POST'));
    expect(JSON.parse(asked.answer?.body ?? '{}')).toMatchObject({ outcome: 'bound', where: { id: 'vm-1' } });
    expect(queues.queue('work').all).toEqual([]);
    for (const secret of [KEY.secretKey, SECRET, AWS.secretAccessKey])
      expect(sent.logs + asked.logs).not.toContain(secret);
  });
  it('names every wrong setting, and throws', async () => {
    const { threw, message } = await invoke(http('POST', '/bind'), { BIND_TARGETS: '{', WORK_QUEUE_URL: '' });
    expect([threw, message]).toEqual(['ConfigError', expect.stringMatching(/BIND_TARGETS.*WORK_QUEUE_URL/)]);
  });
  it('lets nobody in who has not signed', async () => {
    const { answer } = await invoke({ ...http('POST', '/bind', '{}'), headers: {} });
    expect(answer).toMatchObject({ statusCode: 401, body: '{"error":"unauthorized"}' });
  });
});
