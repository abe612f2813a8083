import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import { LEDGER_TABLE, ledgerClient, ledgerEnvironment, startLedger } from '../../local/ledger/server.ts';
import { type Poller, pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { type QueueStandIn, startQueues } from '../../local/queue/server.ts';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { createTable, type Table } from '../../shared/ledger/table.ts';
import { due, KEY } from '../stand.ts';
import { type Bundled, type Result, startBundle } from './bundled.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };
/** Of the queue of runs; a real one is six times the function's timeout. */
export const VISIBILITY_SECONDS = 900;

/** A function's bundle with all that it stands on: CTyun, secrets, ledger and its queue with dead letters. */
export type House = {
  readonly simulator: Simulator;
  readonly secrets: SecretsStandIn;
  readonly queues: QueueStandIn;
  readonly table: Table;
  readonly function: Bundled;
  readonly environment: Record<string, string>;
  /** What each message's invocation answered or threw, in order. */
  readonly results: Result[];
  /** Works the queue off, so many at once. */
  readonly drain: (atOnce?: number, leftMs?: number) => Promise<void>;
  readonly waiting: () => readonly { readonly round: { readonly handOvers: number }; readonly event: object }[];
  readonly dead: () => number;
  /** The ids of what was ordered, sorted. */
  readonly ordered: () => string[];
  readonly close: () => Promise<void>;
};

export async function openHouse(
  name: string,
  state: Record<string, unknown>,
  change: Record<string, string> = {},
): Promise<House> {
  const simulator = await startSimulator({ state });
  const secrets = await startSecretsManager(AWS, { 'ctyun/main': JSON.stringify(KEY) });
  const ledger = await startLedger();
  const deadLetter = { queue: 'dead', maxReceives: 3 };
  const queues = await startQueues(AWS, [
    { name: 'runs', visibilitySeconds: VISIBILITY_SECONDS, deadLetter },
    { name: 'dead', visibilitySeconds: 30, deadLetter: null },
  ]);
  const environment = {
    ...{ CTYUN_ENDPOINT: simulator.url, CTYUN_TIMEOUT_MS: '1500', AWS_REGION: 'local', STAGE: 'test' },
    ...{ AWS_ACCESS_KEY_ID: AWS.accessKeyId, AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey },
    ...{ AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url, AWS_ENDPOINT_URL_SQS: queues.url },
    QUEUE_URL: queues.queueUrl('runs'),
    WORK_QUEUE_URL: queues.queueUrl('runs'),
    ...ledgerEnvironment(ledger.url),
    ...change,
  };
  const bundle = await startBundle(name, environment);
  const results: Result[] = [];
  const handler = (leftMs: number) =>
    (async event => {
      const result = await bundle.invoke(event, leftMs);
      results.push(result);
      if (result.threw) throw new Error(`${result.threw}: ${result.message}`);
      return result.answer;
    }) as QueueHandler;
  return {
    simulator,
    secrets,
    queues,
    table: createTable(ledgerClient(ledger.url), LEDGER_TABLE, randomUUID),
    function: bundle,
    environment,
    results,
    drain: async (atOnce = 1, leftMs = 120_000) => {
      const pollers: Poller[] = Array.from({ length: atOnce }, () =>
        pollerOf(queues.queue('runs'), handler(leftMs), 1),
      );
      await Promise.all(pollers.map(poller => poller.drain()));
    },
    waiting: () => queues.queue('runs').all.map(({ body }) => JSON.parse(body)),
    dead: () => queues.queue('dead').all.length,
    ordered: () =>
      simulator
        .orders()
        .map(({ eipID }) => eipID)
        .toSorted(),
    close: async () => {
      bundle.close();
      await Promise.all([simulator.close(), secrets.close(), queues.close(), ledger.close()]);
    },
  };
}

/** Due EIPs in regions: `{ 'region-1': 2 }` has `region-1-0` and `region-1-1`. */
export const cloudOf = (counts: Readonly<Record<string, number>>, settings: object = {}) => ({
  accounts: [
    {
      ...{ name: 'main', ...KEY },
      eips: Object.entries(counts).flatMap(([regionID, count], r) =>
        Array.from({ length: count }, (_, i) =>
          due(`${regionID}-${i}`, { regionID, eipAddress: `203.0.${r}.${i + 1}` }),
        ),
      ),
    },
  ],
  regions: Object.keys(counts).map(regionID => ({ regionID, regionName: regionID })),
  settings: { orderSeconds: 0, ...settings },
});

export const renewAsk = (change: Record<string, unknown> = {}) => ({
  mode: 'apply',
  slot: '2026-11-24T02:00:00Z',
  targets: [{ account: 'main', regions: ['*'] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});

/** Opens houses for the tests of a file, and closes them after each. */
export function housing(): (...given: Parameters<typeof openHouse>) => Promise<House> {
  const houses: House[] = [];
  afterEach(async () => {
    await Promise.all(houses.splice(0).map(house => house.close()));
  });
  return async (...given) => {
    const house = await openHouse(...given);
    houses.push(house);
    return house;
  };
}
