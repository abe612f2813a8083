/** chat-ops as it runs, but for AWS: real HTTP in and out, the simulated CTyun, the embedded ledger, a queue. */
import { randomUUID } from 'node:crypto';
import { answerChat } from '../../shared/edge/chat-door.ts';
import { type ChatHouse, chatHouse } from '../../shared/edge/chat-house.ts';
import { workOn } from '../../shared/edge/chat-worker.ts';
import type { Enqueue } from '../../shared/edge/sqs.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { createTable } from '../../shared/ledger/table.ts';
import type { Lang } from '../../shared/report/lang.ts';
import type { ChatName } from '../chat/outbound-checks.ts';
import { type Sent, send } from '../chat/sent.ts';
import { type ChatRecord, type ChatStandIn, startChat } from '../chat/server.ts';
import { startGateway } from '../gateway.ts';
import { LEDGER_TABLE, ledgerClient, startLedger } from '../ledger/server.ts';
import { pollerOf } from '../queue/poller.ts';
import { Queue } from '../queue/store.ts';
import { SAMPLE_KEY } from '../sample.ts';
import { startSimulator } from '../simulator/server.ts';
import { CHATS, idOf, type People, people, ROBOTS, secretsOf, tenantOf } from './chat-people.ts';

const REGION = { regionID: '81f7728662dd11ec810800155d307d5b', regionName: '华东1' };
const WORK_MS = 120_000;

/** One EIP for each chat, due in three days. */
const state = {
  regions: [REGION],
  settings: { orderSeconds: 0 },
  accounts: [
    {
      ...{ name: 'main', ...SAMPLE_KEY },
      eips: CHATS.map((chat, at) => ({
        ...{ regionID: REGION.regionID, ID: `eip-tour0${at + 1}`, name: `web-${chat}` },
        ...{ eipAddress: `203.0.113.${at + 31}`, status: 'ACTIVE', associationID: `vm-${chat}` },
        ...{ associationType: 'INSTANCE', billingMethod: 'periodic', expiredAt: '+3d' },
      })),
    },
  ],
};

export type ChatOffice = People & {
  /** Sends what a person said to chat-ops' door, lets the queue run dry, and gives the answer and what was posted. */
  readonly heard: (chat: ChatName, sent: Sent) => Promise<{ status: number; posted: readonly ChatRecord[] }>;
  /** The EIPs that were ordered for, in order. */
  readonly ordered: () => readonly string[];
  readonly close: () => Promise<void>;
};

export async function openChatOffice(lang: Lang): Promise<ChatOffice> {
  const [simulator, ledger, chat] = await Promise.all([startSimulator({ state }), startLedger(), startChat(ROBOTS)]);
  const queue = new Queue(
    { name: 'chat', visibilitySeconds: 0, deadLetter: null },
    () => Date.now(),
    () => undefined,
  );
  const enqueue: Enqueue = async (message, delaySeconds) => void queue.send(JSON.stringify(message), delaySeconds);
  const house = houseOf(simulator.url, ledger.url, chat, enqueue, lang);
  const gateway = await startGateway(event => answerChat(event, house).then(answered));
  const poller = pollerOf(queue, event => workOn(event, new Date(Date.now() + WORK_MS), house), 1);
  return {
    ...people(chat),
    heard: async (name, sent) => {
      const before = chat.messages().length;
      const { status } = await send(`${gateway.url}/chat/${name}`, sent);
      await poller.drain();
      return { status, posted: chat.messages().slice(before) };
    },
    ordered: () => simulator.orders().map(({ eipID }) => eipID),
    close: async () => void (await Promise.all([gateway.close(), simulator.close(), ledger.close(), chat.close()])),
  };
}

const answered = ({ status, ...reply }: { status: number }) => ({ statusCode: status, ...reply });

function houseOf(cloud: string, ledger: string, chat: ChatStandIn, enqueue: Enqueue, lang: Lang): ChatHouse {
  const secrets: Readonly<Record<string, object>> = {
    main: SAMPLE_KEY,
    ...Object.fromEntries(Object.entries(secretsOf(chat)).map(([name, secret]) => [`chat/${name}`, secret])),
  };
  const around = surroundings(
    { CTYUN_ENDPOINT: cloud, CTYUN_ACCOUNTS: 'main' },
    () => async name => JSON.stringify(secrets[name] ?? {}),
    { ledger: createTable(ledgerClient(ledger), LEDGER_TABLE, randomUUID) },
  );
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return chatHouse(JSON.stringify(settingsOf(chat, lang)), around, enqueue, silent);
}

/** Two people, both of whom may ask and approve: nobody approves what he has asked for. */
const settingsOf = ({ url }: ChatStandIn, lang: Lang) => ({
  targets: [{ account: 'main', regions: [REGION.regionID] }],
  approvers: 1,
  chat: {
    settleWithinSeconds: 5,
    channels: CHATS.map(provider => {
      const both = [idOf(provider, 'zhang-wei'), idOf(provider, 'li-na')];
      const roles = { operators: both, approvers: both };
      return { provider, lang, tenants: [tenantOf(provider)], answerOrigins: [url], roles };
    }),
  },
});
