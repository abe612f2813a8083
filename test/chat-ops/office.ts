/** Everything around the bundled chat-ops: cloud, ledger, secrets, queue and the chat providers' stand-ins. */
import { randomUUID } from 'node:crypto';
import { dingtalkMessage } from '../../local/chat/dingtalk.ts';
import { feishuMessage } from '../../local/chat/feishu.ts';
import type { Sent } from '../../local/chat/sent.ts';
import { startChat } from '../../local/chat/server.ts';
import { slackClick, slackSlash } from '../../local/chat/slack.ts';
import { wecomMessage } from '../../local/chat/wecom.ts';
import { LEDGER_TABLE, ledgerClient, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { pollerOf } from '../../local/queue/poller.ts';
import { startQueues } from '../../local/queue/server.ts';
import { startSecretsManager } from '../../local/secrets/server.ts';
import { startSimulator } from '../../local/simulator/server.ts';
import type { Provider } from '../../shared/chat/inbound.ts';
import { createTable } from '../../shared/ledger/table.ts';
import { due, KEY, REGION } from '../stand.ts';
import { startBundled } from './bundled.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'chat-test-secret' };
const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const callback = { token: 'token', aesKey: AES };
export const PROVIDERS = ['slack', 'feishu', 'dingtalk', 'wecom'] as const;
const TENANT: Record<Provider, string> = { slack: 'T1', feishu: 'tk', dingtalk: 'ding', wecom: 'wx' };
const robot = { feishu: 'feishu-robot', dingtalk: 'dingtalk-robot', wecomKey: 'wecom-key' };

/** @param user `asker`, `second`, `third` (may approve), `viewer`, `stranger` */
export const idOf = (provider: Provider, user: string): string =>
  `${provider}:${TENANT[provider]}${provider === 'wecom' ? '/1' : ''}/${user}`;

export const httpEvent = (provider: string, { method, headers, query, body }: Sent) => ({
  version: '2.0',
  rawPath: `/chat/${provider}`,
  rawQueryString: new URLSearchParams(query).toString(),
  headers,
  requestContext: { http: { method } },
  body: body.toString('base64'),
  isBase64Encoded: true,
});

const vm = (id: string, displayName: string) => ({
  ...{ regionID: REGION, instanceID: id, displayName },
  networkCardList: [{ networkCardID: `port-${id}`, isMaster: true }],
});
const INSTANCES = [vm('vm-1', 'web-1'), vm('vm-2', 'web-2'), vm('vm-9', 'database')];
const eip = (ID: string, name: string, more: object = {}) => ({ regionID: REGION, ID, name, ...more });
const boundTo = (id: string) => ({
  ...{ status: 'ACTIVE', associationID: id, associationType: 'INSTANCE', portID: `port-${id}` },
});
/** Two EIPs that are free, one at vm-1, one at a machine that no chat may touch. */
const BINDABLE = [
  eip('eip-free01', '入口', { eipAddress: '203.0.113.21' }),
  eip('eip-slow01', '入口-慢', { eipAddress: '203.0.113.22' }),
  eip('eip-used01', '门户', { eipAddress: '203.0.113.23', ...boundTo('vm-1') }),
  eip('eip-other1', '库', { eipAddress: '203.0.113.24', ...boundTo('vm-9') }),
];

type SimulatedEip = { ID: string; associationID?: string; portID?: string };

export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(
  change: { approvers?: number; plainDingtalk?: boolean; bindTargets?: readonly object[] } = {},
) {
  const simulator = await startSimulator({
    state: {
      accounts: [
        {
          ...{ name: 'main', ...KEY, instances: INSTANCES },
          eips: [
            due('eip-aaaaaa', { name: '官网' }),
            due('eip-bbbbbb', { expiredAt: '+60d' }),
            ...(change.bindTargets ? BINDABLE : []),
          ],
        },
      ],
      regions: [{ regionID: REGION, regionName: '华东1' }],
      settings: { orderSeconds: 0, bindSeconds: 0.1 },
    },
  });
  const [ledger, chat, queues] = await Promise.all([
    startLedger(),
    startChat(robot),
    startQueues(AWS, [
      { name: 'work', visibilitySeconds: 0, deadLetter: { queue: 'failed', maxReceives: 3 } },
      { name: 'failed', visibilitySeconds: 0, deadLetter: null },
    ]),
  ]);
  const secrets = await startSecretsManager(AWS, {
    'ctyun/main': JSON.stringify(KEY),
    'ctyun/chat/slack': JSON.stringify({ signingSecrets: ['slack-secret'], webhook: { url: chat.webhook.slack } }),
    'ctyun/chat/feishu': JSON.stringify({
      encryptKeys: ['encrypt'],
      verificationTokens: ['verify'],
      webhook: { url: chat.webhook.feishu, secret: robot.feishu },
    }),
    'ctyun/chat/dingtalk': JSON.stringify({
      appSecrets: ['app-secret'],
      aesKeys: change.plainDingtalk ? [] : [AES],
      cardSecrets: ['api'],
      webhook: { url: chat.webhook.dingtalk, secret: robot.dingtalk },
    }),
    'ctyun/chat/wecom': JSON.stringify({ callbacks: [callback], webhook: { url: chat.webhook.wecom } }),
  });
  const channel = (provider: Provider) => ({
    provider,
    lang: 'en',
    tenants: [TENANT[provider]],
    answerOrigins: [chat.url],
    roles: {
      viewers: [idOf(provider, 'viewer')],
      operators: [idOf(provider, 'asker')],
      approvers: ['asker', 'second', 'third'].map(user => idOf(provider, user)),
    },
  });
  const settings = {
    targets: [{ account: 'main', regions: [REGION] }],
    approvers: change.approvers ?? 1,
    chat: { channels: PROVIDERS.map(channel), settleWithinSeconds: 3, bindTargets: change.bindTargets ?? [] },
  };
  const environment = {
    CTYUN_ENDPOINT: simulator.url,
    CTYUN_TIMEOUT_MS: '800',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: AWS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    WORK_QUEUE_URL: queues.queueUrl('work'),
    CHAT_SETTINGS: JSON.stringify(settings),
    ...ledgerEnvironment(ledger.url),
  };
  const bundled = await startBundled(environment);
  const poller = pollerOf(queues.queue('work'), bundled.work, 1);
  const table = createTable(ledgerClient(ledger.url), LEDGER_TABLE, randomUUID);
  let count = 0;

  /** A message as the provider would send it, fresh every time. */
  const message = (provider: Provider, user: string, text: string): Sent => {
    count += 1;
    const now = new Date();
    const moment = { now, nonce: `nonce${count}`, random: Buffer.from(randomUUID().slice(0, 16)) };
    switch (provider) {
      case 'slack':
        return slackSlash(slackApp(), now, user, text, `${now.getTime()}.${count}`);
      case 'feishu':
        return feishuMessage(
          { encryptKey: 'encrypt', verificationToken: 'verify', tenant: 'tk', app: 'cli', chat: 'oc' },
          moment,
          user,
          text,
        );
      case 'dingtalk':
        return dingtalkMessage({ ...dingtalkApp(), aesKey: change.plainDingtalk ? null : AES }, moment, user, text);
      case 'wecom':
        return wecomMessage(
          { ...callback, corp: 'wx', agent: '1', aiBot: 'b' },
          { ...moment, now: new Date(now.getTime() + count) },
          user,
          text,
        );
    }
  };
  const slackApp = () => ({
    signingSecret: 'slack-secret',
    team: 'T1',
    app: 'A1',
    channel: 'C1',
    responseUrl: chat.answerUrl('slack', `r${count}`),
  });
  const dingtalkApp = () => ({
    appSecret: 'app-secret',
    callback,
    apiSecret: '',
    corp: 'ding',
    robot: 'r',
    conversation: 'c',
    sessionWebhook: chat.answerUrl('dingtalk', 's'),
  });
  const click = (user: string, value: string): Sent => {
    count += 1;
    return slackClick(slackApp(), new Date(), user, value, `${Date.now()}.c${count}`);
  };
  const deliver = (provider: Provider, sent: Sent) => bundled.invoke(httpEvent(provider, sent));
  /** Delivers, lets the queue run dry, and gives what was posted since. */
  const say = async (provider: Provider, sent: Sent) => {
    const before = chat.messages().length;
    const answer = await deliver(provider, sent);
    await poller.drain();
    return { answer, posted: chat.messages().slice(before) };
  };
  return {
    simulator,
    chat,
    queues,
    secrets,
    table,
    bundled,
    poller,
    environment,
    message,
    click,
    /** How often a path of CTyun's was called. */
    calls: (path: string): number => simulator.calls().filter(call => call.path === path).length,
    /** What an EIP is bound to; empty for nothing. */
    placeOf: (id: string): string => eipsOf(simulator.state()).find(({ ID }) => ID === id)?.associationID ?? '',
    /** A person binds it elsewhere, in the console. */
    moveByHand: (id: string, to: string): void => {
      const found = eipsOf(simulator.kept()).find(({ ID }) => ID === id);
      Object.assign(found ?? {}, boundTo(to));
    },
    deliver,
    say,
    close: async () => {
      bundled.close();
      await Promise.all([simulator.close(), ledger.close(), chat.close(), queues.close(), secrets.close()]);
    },
  };
}

const eipsOf = (state: unknown): SimulatedEip[] =>
  (state as { accounts: { eips: SimulatedEip[] }[] }).accounts.flatMap(({ eips }) => eips);
