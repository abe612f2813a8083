import { startEmbedded } from '../embedded.ts';
import { ledgerEnvironment, startLedger } from '../ledger/server.ts';
import { type QueueStandIn, startQueues } from '../queue/server.ts';
import { sampleState } from '../sample.ts';

/** Each queue of serverless.yml, whose it is, and where what fails over and over ends. */
export const QUEUES = [
  ['RenewRuns', 'auto-renew', 'RunsFailed'],
  ['ScaleRuns', 'scale-bandwidth', 'RunsFailed'],
  ['OrphanRuns', 'release-orphans', 'RunsFailed'],
  ['SettleRuns', 'settle-orders', 'RunsFailed'],
  ['Work', 'bind-on-webhook', 'WorkFailed'],
  ['ChatWork', 'chat-ops', 'ChatWorkFailed'],
] as const;
const DEAD_LETTERS = ['RunsFailed', 'WorkFailed', 'ChatWorkFailed'];

/** They open nothing but what is started here. */
export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const ALARM_TOKEN = '0123456789abcdef0123456789abcdef';

const [region] = sampleState.regions;
const { regionID } = region;
/** What the sample webhook binds, beside the sample's own EIPs. */
const FREE = {
  regionID,
  ID: 'eip-sample-free',
  eipAddress: '203.0.113.200',
  billingMethod: 'on_demand',
  status: 'DOWN',
};
const STANDBY = { regionID, instanceID: 'vm-standby', displayName: 'web-standby' };
export const SAMPLE_BIND = {
  ...{ account: 'main', region: regionID, eip: { id: FREE.ID } },
  ...{ target: { type: 'vm', id: STANDBY.instanceID }, waitSeconds: 15 },
};

/** What the functions reach on this machine. */
export type Services = {
  /** Goes to every function, in the place of what CloudFormation would fill in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queues: QueueStandIn;
  /** CTyun's address. */
  readonly simulator: string;
  readonly close: () => Promise<void>;
};

export async function startServices(): Promise<Services> {
  const accounts = sampleState.accounts.map(one => ({ ...one, eips: [...one.eips, FREE], instances: [STANDBY] }));
  const stack = await startEmbedded({ ...sampleState, accounts });
  stack.secrets.put('webhook/standard', JSON.stringify([WEBHOOK_SECRET]));
  stack.secrets.put('ctyun/alarm-tokens', JSON.stringify({ tokens: [ALARM_TOKEN] }));
  const ledger = await startLedger();
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
  const queues = await startQueues({ accessKeyId, secretAccessKey }, [
    ...QUEUES.map(([name, , queue]) => ({ name, visibilitySeconds: 60, deadLetter: { queue, maxReceives: 3 } })),
    ...DEAD_LETTERS.map(name => ({ name, visibilitySeconds: 60, deadLetter: null })),
  ]);
  return {
    environment: {
      // Here nothing costs anything: what may only plan in the cloud may act on the simulator.
      ...{ APPLY_ALLOWED: 'true', CTYUN_ENDPOINT: stack.simulator.url, ...ledgerEnvironment(ledger.url) },
      ...{ AWS_ENDPOINT_URL_SECRETS_MANAGER: stack.secrets.url, AWS_ENDPOINT_URL_SQS: queues.url },
      BIND_TARGETS: JSON.stringify([{ account: 'main', region: '*', name: 'web-*' }]),
    },
    queues,
    simulator: stack.simulator.url,
    close: async () => void (await Promise.all([stack.close(), ledger.close(), queues.close()])),
  };
}
