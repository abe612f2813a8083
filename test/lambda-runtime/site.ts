/** Everything that a function on Lambda reaches: CTyun, Secrets Manager, DynamoDB and SQS, each a stand-in over HTTP. */
import { startChat } from '../../local/chat/server.ts';
import { LEDGER_TABLE, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { startQueues } from '../../local/queue/server.ts';
import { startSecretsManager } from '../../local/secrets/server.ts';
import { startSimulator } from '../../local/simulator/server.ts';
import { SECRET } from '../edge/bind-stand.ts';
import { due, KEY, REGION } from '../stand.ts';
import { type Lambda, startLambda } from './lambda.ts';
import { startWire } from './wire.ts';

const AWS = { accessKeyId: 'ASIATEST', secretAccessKey: 'secret-of-the-role' };
export const ALARM_TOKEN = '0123456789abcdef0123456789abcdef';
export const SLACK_SECRET = 'slack-signing-secret';
/** The region of the samples in events/. */
export const SAMPLE_REGION = '81f7728662dd11ec810800155d307d5b';
/** What no log may hold. */
export const SECRETS: readonly string[] = [
  ...[KEY.secretKey, KEY.accessKey, AWS.secretAccessKey, 'session-token-of-the-role'],
  ...[SLACK_SECRET, SECRET, ALARM_TOKEN],
];

const chatSettings = (origin: string): string => {
  const slack = { provider: 'slack', lang: 'en', tenants: ['T1'], answerOrigins: [origin] };
  const channels = [{ ...slack, roles: { viewers: ['slack:T1/*'] } }];
  return JSON.stringify({ targets: [{ account: 'main', regions: ['*'] }], approvers: 1, chat: { channels } });
};
const storedWith = (webhook: string) => ({
  'ctyun/main': JSON.stringify(KEY),
  'ctyun/alarm-tokens': JSON.stringify({ tokens: [ALARM_TOKEN] }),
  'ctyun/chat/slack': JSON.stringify({ signingSecrets: [SLACK_SECRET], webhook: { url: webhook } }),
  'webhook/standard': JSON.stringify([SECRET]),
});

type Cloud = { readonly accounts: readonly Record<string, unknown>[]; regions: unknown; settings: object };
type Change = { settings?: object; eips?: readonly object[]; instances?: readonly object[] };

export type Site = Awaited<ReturnType<typeof openSite>>;

/** Opens everything, fresh. `start` runs a function with the environment that serverless.yml gives it. */
export async function openSite({ settings = {}, eips = EIPS, instances = [] }: Change = {}) {
  const regions = [REGION, SAMPLE_REGION].map(regionID => ({ regionID, regionName: regionID.slice(0, 8) }));
  const accounts = [{ name: 'main', ...KEY, eips, instances }];
  const chat = await startChat({ feishu: '', dingtalk: '', wecomKey: '' });
  const [simulator, secrets, ledger, queues] = await Promise.all([
    startSimulator({ state: { accounts, regions, settings: { orderSeconds: 0, ...settings } } }),
    startSecretsManager(AWS, storedWith(chat.webhook.slack)),
    startLedger(),
    startQueues(AWS, ['runs', 'work', 'chat'].map(queueNamed)),
  ]);
  const [toCtyun, toSecrets, toLedger, toQueues] = await Promise.all([
    startWire(simulator.url),
    startWire(secrets.url),
    startWire(ledger.url),
    startWire(queues.url),
  ]);
  const wires = [toCtyun, toSecrets, toLedger, toQueues];
  const lambdas: Lambda[] = [];
  const environment = (fn: string): Record<string, string> => ({
    ...configured(fn, name => `${toQueues.url}${new URL(queues.queueUrl(name)).pathname}`),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: toSecrets.url,
    AWS_ENDPOINT_URL_SQS: toQueues.url,
    ...ledgerEnvironment(toLedger.url),
    CTYUN_ENDPOINT: toCtyun.url,
    CHAT_SETTINGS: chatSettings(chat.url),
  });
  return {
    simulator,
    secrets,
    queues,
    chat,
    /** The cloud as it stands, in the form that it is loaded in. */
    state: () => simulator.kept() as Cloud,
    start: async (fn: string, env: Readonly<Record<string, string>> = {}, how: { handler?: string } = {}) => {
      const lambda = await startLambda(fn, { ...environment(fn), ...env }, how);
      lambdas.push(lambda);
      return lambda;
    },
    /** Every process that was started, in order. */
    lambdas: () => lambdas,
    connections: () => wires.reduce((sum, wire) => sum + wire.made(), 0),
    cutConnections: () => {
      for (const wire of wires) wire.cut();
    },
    close: async (): Promise<void> => {
      await Promise.all(lambdas.map(lambda => lambda.close()));
      await Promise.all(wires.map(wire => wire.close()));
      await Promise.all([simulator, secrets, ledger, queues, chat].map(one => one.close()));
    },
  };
}

const EIPS = [due('eip-a'), due('eip-bb', { expiredAt: '+60d' })];
const queueNamed = (name: string) => ({ name, visibilitySeconds: 60, deadLetter: null });

const configured = (fn: string, queueUrl: (name: string) => string): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: AWS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
  AWS_SESSION_TOKEN: 'session-token-of-the-role',
  LEDGER_TABLE,
  CTYUN_SECRET_PREFIX: 'ctyun/',
  CTYUN_ACCOUNTS: 'main',
  STAGE: 'test',
  APPLY_ALLOWED: 'true',
  NODE_OPTIONS: '--enable-source-maps',
  POWERTOOLS_SERVICE_NAME: 'eip-autopilot-test',
  QUEUE_URL: queueUrl('runs'),
  CHAT_QUEUE_URL: queueUrl('chat'),
  WORK_QUEUE_URL: queueUrl(fn === 'chat-ops' ? 'chat' : 'work'),
  WEBHOOK_SECRET_PREFIX: 'webhook/',
  BIND_TARGETS: '[{"account":"main","region":"*","name":"web-*"}]',
});

/** An ask of auto-renew that renews what is due. */
export const ask = (change: Record<string, unknown> = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 },
  limits: { maxSharePercent: 100 },
  ...change,
});
