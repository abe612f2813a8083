/** bind-on-webhook as it runs, but for AWS: real HTTP in, the simulator over HTTP, the ledger on dynalite, a queue. */
import { createHmac, randomUUID } from 'node:crypto';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { LEDGER_TABLE, type LedgerServer, ledgerClient, startLedger } from '../../local/ledger/server.ts';
import { pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { Queue } from '../../local/queue/store.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { bindDoorway } from '../../shared/edge/bind-doorway.ts';
import { readBindSettings } from '../../shared/edge/bind-settings.ts';
import { systemClock } from '../../shared/edge/system.ts';
import { webhookSecrets } from '../../shared/edge/webhook-secrets.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { createTable, type Table } from '../../shared/ledger/table.ts';
import { KEY, REGION } from '../stand.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const OTHER_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
export const TARGETS = [{ account: 'main', region: '*', name: 'web-?' }];

/** What is read of an answer's body; the rest is compared as a whole. */
type Body = {
  readonly request: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly reason: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly error: string;
  readonly problems: readonly string[];
};
export type Answered = { readonly status: number; readonly body: Body; readonly headers: Headers };
type Logged = { readonly level: string; readonly message: string; readonly fields: Readonly<Record<string, unknown>> };

export type BindStand = {
  readonly simulator: Simulator;
  readonly ledger: Table;
  readonly gateway: Gateway;
  readonly logged: Logged[];
  readonly secrets: Record<string, string>;
  /** How often the secrets store was asked. */
  readonly fetches: () => number;
  /** Lets time pass for what is cached of secrets. */
  readonly secretsAge: (seconds: number) => void;
  readonly post: (path: string, body: unknown, how?: Partial<Signing>) => Promise<Answered>;
  readonly get: (path: string, how?: Partial<Signing>) => Promise<Answered>;
  /** Delivers the queue's messages, whatever their delay, until none is left. */
  readonly drain: () => Promise<void>;
  readonly queued: () => readonly unknown[];
  readonly eip: (id?: string) => { status: string; at: string; port: string };
};

export type Signing = {
  readonly id: string;
  readonly secret: string;
  /** Seconds from now. */
  readonly later: number;
  readonly headers: Record<string, string>;
  readonly method: string;
};

/** As the specification says, by Node alone. */
export function signedHeaders(body: string, { id = randomUUID(), secret = SECRET, later = 0 }: Partial<Signing> = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) + later);
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
}

const vm = (id: string, displayName: string) => ({
  ...{ regionID: REGION, instanceID: id, displayName },
  networkCardList: [
    { networkCardID: `port-${id}-2`, isMaster: false },
    { networkCardID: `port-${id}`, isMaster: true },
  ],
});

const EIPS = [
  { regionID: REGION, ID: 'eip-free', name: '入口', eipAddress: '203.0.113.1' },
  ...['eip-used', 'eip-foreign', 'eip-nat'].map((ID, i) => ({
    ...{ regionID: REGION, ID, name: 'twin', eipAddress: `203.0.113.${i + 2}`, status: 'ACTIVE' },
    associationID: ['vm-1', 'vm-9', 'nat-1'][i],
    associationType: i === 2 ? 'PORTFORWARDING' : 'INSTANCE',
    portID: `port-${['vm-1', 'vm-9', 'nat-1'][i]}`,
  })),
  { regionID: REGION, ID: 'eip-expired', eipAddress: '203.0.113.9', status: 'EXPIRED', expiredAt: '-1d' },
];

const opened: { close: () => Promise<unknown> }[] = [];
export const closeBindStands = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map(one => one.close()));
};

export async function bindStand(environment: Record<string, string> = {}, settings: object = {}): Promise<BindStand> {
  const instances = [vm('vm-1', 'web-1'), vm('vm-2', 'web-2'), vm('vm-9', 'database')];
  const accounts = [{ name: 'main', ...KEY, eips: EIPS, instances }];
  const simulator = await startSimulator({
    state: { accounts, regions: [{ regionID: REGION }], settings: { bindSeconds: 0.2, ...settings } },
  });
  const server: LedgerServer = await startLedger();
  const ledger = createTable(ledgerClient(server.url), LEDGER_TABLE, randomUUID);
  const logged: Logged[] = [];
  const write =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void logged.push({ level, message, fields });
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  let ahead = 0;
  const queue = new Queue(
    { name: 'work', visibilitySeconds: 0, deadLetter: null },
    () => Date.now() + ahead,
    () => undefined,
  );
  const secrets: Record<string, string> = { standard: JSON.stringify([SECRET]) };
  const around = surroundings(
    { CTYUN_ENDPOINT: simulator.url, CTYUN_TIMEOUT_MS: '400', CTYUN_ACCOUNTS: 'nobody' },
    () => async () => JSON.stringify(KEY),
    { ledger },
  );
  let fetched = 0;
  let secretsAheadMs = 0;
  const made = {
    around,
    settings: readBindSettings({
      BIND_TARGETS: JSON.stringify(TARGETS),
      WORK_QUEUE_URL: 'http://queue.invalid/work',
      ...environment,
    }),
    secrets: webhookSecrets(
      async scheme => {
        fetched += 1;
        return secrets[scheme] ?? Promise.reject(new Error(`no secret ${scheme}`));
      },
      { ...systemClock, now: () => new Date(Date.now() + secretsAheadMs) },
      300,
    ),
    enqueue: async (message: object, delaySeconds: number) => void queue.send(JSON.stringify(message), delaySeconds),
  };
  const handler = bindDoorway(() => made, log);
  const gateway = await startGateway(event => handler(event));
  opened.push(simulator, server, gateway);
  const ask = async (path: string, body: string | undefined, how: Partial<Signing>): Promise<Answered> => {
    const method = how.method ?? (body === undefined ? 'GET' : 'POST');
    const headers = how.headers ?? signedHeaders(body ?? '', how);
    const response = await fetch(`${gateway.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, body: (await response.json()) as Answered['body'], headers: response.headers };
  };
  return {
    ...{ simulator, ledger, gateway, logged, secrets },
    fetches: () => fetched,
    secretsAge: seconds => {
      secretsAheadMs += seconds * 1000;
    },
    post: (path, body, how = {}) => ask(path, typeof body === 'string' ? body : JSON.stringify(body), how),
    get: (path, how = {}) => ask(path, undefined, how),
    queued: () => queue.all.map(({ body }) => JSON.parse(body)),
    drain: async () => {
      ahead += 3600_000;
      await pollerOf(queue, handler as QueueHandler).drain();
    },
    eip: (id = 'eip-free') => {
      const { accounts } = simulator.state() as { accounts: [{ eips: { [key: string]: string }[] }] };
      const { status = '', associationID = '', portID = '' } = accounts[0].eips.find(({ ID }) => ID === id) ?? {};
      return { status, at: associationID, port: portID };
    },
  };
}

export const bindBody = (eip: object, target: object, change: object = {}) => ({
  account: 'main',
  region: REGION,
  eip,
  target,
  waitSeconds: 5,
  ...change,
});
