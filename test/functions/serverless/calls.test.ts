/** The roles against what the bundles really ask of AWS: each is run with its own environment, watched. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLedgerTable, ledgerClient, startLedger } from '../../../local/ledger/server.ts';
import { pollerOf, type QueueHandler } from '../../../local/queue/poller.ts';
import { startQueues } from '../../../local/queue/server.ts';
import { startSecretsManager } from '../../../local/secrets/server.ts';
import { startSimulator } from '../../../local/simulator/server.ts';
import { httpEvent, openOffice } from '../../chat-ops/office.ts';
import { bindBody, SECRET, signedHeaders } from '../../edge/bind-stand.ts';
import { idle } from '../../orphan-stand.ts';
import { due, KEY, REGION } from '../../stand.ts';
import { ACCOUNT, CHINA, type Compiled, compiled, removePackages } from './compiled.ts';
import { may, roleOf, statementsOf } from './policy.ts';
import { type Call, invoke, startWitness } from './witness.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'roles-test-secret' };
const TOKEN = '0123456789abcdef0123456789abcdef';
const QUEUES = ['RenewRuns', 'ScaleRuns', 'OrphanRuns', 'SettleRuns', 'Work', 'ChatWork'];
const targets = [{ account: 'main', regions: [REGION] }];
const limits = { maxSharePercent: 100 };
const slot = '2026-11-24T02:00:00Z';

const state = {
  accounts: [
    {
      ...{ name: 'main', ...KEY },
      eips: [
        due('eip-due'),
        idle('eip-idle'),
        { ...due('eip-load', { billingMethod: 'on_demand' }), bandwidth: 10, load: { egressMbps: 9 } },
        { regionID: REGION, ID: 'eip-free', eipAddress: '203.0.113.1', billingMethod: 'periodic', expiredAt: '+60d' },
      ],
      instances: [{ regionID: REGION, instanceID: 'vm-1', displayName: 'web-1' }],
    },
  ],
  regions: [{ regionID: REGION }],
  settings: { orderSeconds: 1 },
};

let prod: Compiled;
let stand: Awaited<ReturnType<typeof openStand>>;
beforeAll(async () => {
  [prod, stand] = await Promise.all([compiled('prod', CHINA), openStand()]);
}, 120_000);
afterAll(async () => {
  removePackages();
  await stand.close();
});

async function openStand() {
  const simulator = await startSimulator({ state });
  const secrets = await startSecretsManager(AWS, {
    'ctyun/main': JSON.stringify(KEY),
    'ctyun/alarm-tokens': JSON.stringify({ tokens: [TOKEN] }),
    'webhook/standard': JSON.stringify([SECRET]),
  });
  const ledger = await startLedger();
  await createLedgerTable(ledgerClient(ledger.url), 'Ledger');
  const queues = await startQueues(
    AWS,
    QUEUES.map(name => ({ name, visibilitySeconds: 60, deadLetter: null })),
  );
  const witness = await startWitness({ dynamodb: ledger.url, secretsmanager: secrets.url, sqs: queues.url });
  const all = [simulator, secrets, ledger, queues, witness];
  return { simulator, queues, witness, close: async () => void (await Promise.all(all.map(one => one.close()))) };
}

const reach = (url: string, key = AWS) => ({
  ...{ AWS_REGION: 'local', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
  ...{ AWS_ENDPOINT_URL_DYNAMODB: url, AWS_ENDPOINT_URL_SECRETS_MANAGER: url, AWS_ENDPOINT_URL_SQS: url },
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** The environment of the compiled function, but that its queues and its cloud are on this machine. */
function environmentOf(fn: string): Record<string, string> {
  const one = prod.ofType('AWS::Lambda::Function').find(each => String(each.Properties.FunctionName).endsWith(fn))!;
  const { Variables } = one.Properties.Environment as { Variables: Record<string, string> };
  const here = Object.entries(Variables).map(([name, text]) => [
    name,
    name.endsWith('QUEUE_URL') ? stand.queues.queueUrl(text.split('/').at(-1)!) : text,
  ]);
  return { ...Object.fromEntries(here), ...reach(stand.witness.url), CTYUN_ENDPOINT: stand.simulator.url };
}

const arnOf = ({ action, on }: Call): string =>
  `arn:aws-cn:${action.split(':')[0]}:cn-northwest-1:${ACCOUNT}:${on}${on.startsWith('secret:') ? '-AbCdEf' : ''}`;

/** What was called that the role does not allow; and of what it allows in the ledger, what was not called. */
function judge(fn: string, calls: readonly Call[]) {
  const statements = statementsOf(prod, roleOf(prod, `eip-autopilot-prod-${fn}`));
  const refused = calls.filter(call => !may(statements, call.action, arnOf(call)));
  const allowed = statements.flatMap(({ effect, actions, resources }) =>
    effect === 'Allow' ? actions.flatMap(action => resources.map(resource => ({ action, resource }))) : [],
  );
  const idle = allowed
    .filter(({ action }) => action.startsWith('dynamodb:'))
    .filter(({ action, resource }) => !calls.some(call => call.action === action && arnOf(call) === resource));
  return { refused, idle: idle.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`) };
}

const sqs = (body: unknown) => ({ Records: [{ messageId: '1', body: JSON.stringify(body), eventSource: 'aws:sqs' }] });
const http = (method: string, path: string, body: string) => ({
  ...{ version: '2.0', rawPath: path, rawQueryString: '', headers: signedHeaders(body), body, isBase64Encoded: false },
  requestContext: { http: { method, path } },
});

describe('what a bundle asks of AWS, its role allows; and what its role allows in the ledger, it asks', () => {
  it.each<[string, readonly unknown[]]>([
    [
      'auto-renew',
      [
        {
          mode: 'apply',
          targets,
          slot,
          limits,
          renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 0 },
        },
      ],
    ],
    // What the run before it has left.
    ['settle-orders', [{ mode: 'apply', targets, slot, settle: { resend: true } }]],
    [
      'scale-bandwidth',
      [
        { mode: 'apply', targets, slot, limits, scale: { ladderMbps: [10, 20, 50], ceilingMbps: 50 } },
        JSON.parse(readFileSync('events/scale-bandwidth.alarm.json', 'utf8')),
        sqs({ alarm: { names: ['eip-load'], digest: 'd' } }),
      ],
    ],
    [
      'bind-on-webhook',
      [
        http('POST', '/bind', JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-1' }))),
        http('GET', '/requests/none', ''),
      ],
    ],
    [
      'release-orphans',
      [0, 1].map(hour => ({
        ...{ mode: 'apply', targets, limits: { ...limits, inventoryFloor: 0 }, slot: `2026-11-24T0${hour}:00:00Z` },
        orphans: { graceHours: 0, warnHours: 0 },
      })),
    ],
  ])(
    '%s',
    async (fn, events) => {
      stand.witness.taken();
      // What the function before this one has ordered is there by now.
      stand.simulator.clock.advance(5);
      const environment = { ...environmentOf(fn), BIND_TARGETS: '[{"account":"main","region":"*","name":"web-*"}]' };
      for (const event of events) expect(await invoke(fn, event, environment)).not.toHaveProperty('threw');
      const calls = stand.witness.taken();
      expect(calls.length).toBeGreaterThan(3);
      expect(judge(fn, calls)).toEqual({ refused: [], idle: [] });
    },
    60_000,
  );

  it('chat-ops', async () => {
    const office = await openOffice();
    const { environment, queues } = office;
    const witness = await startWitness({
      dynamodb: environment.AWS_ENDPOINT_URL_DYNAMODB,
      secretsmanager: environment.AWS_ENDPOINT_URL_SECRETS_MANAGER,
      sqs: environment.AWS_ENDPOINT_URL_SQS,
    });
    const key = { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY };
    const here = { ...environment, ...reach(witness.url, key) };
    const work = async (event: unknown) => (await invoke('chat-ops', event, here)).answer;
    const poller = pollerOf(queues.queue('work'), work as QueueHandler, 1);
    const say = async (user: string, text: string) => {
      await work(httpEvent('feishu', office.message('feishu', user, text)));
      await poller.drain();
    };
    await say('asker', 'renew eip-aaaaaa');
    const hash = /[0-9a-f]{64}/.exec(JSON.stringify(await office.table.query('open', 'plan')))?.[0] ?? '';
    await say('second', `approve ${hash.slice(0, 16)}`);
    await say('viewer', 'history eip-aaaaaa');
    expect(office.simulator.orders()).toHaveLength(1);
    const named = witness.taken().map(({ action, on }) => ({
      action,
      on: on === 'work' ? 'ChatWork' : on.replace('eip-autopilot', 'Ledger'),
    }));
    expect(judge('chat-ops', named)).toEqual({ refused: [], idle: [] });
    await Promise.all([witness.close(), office.close()]);
  }, 60_000);
});
