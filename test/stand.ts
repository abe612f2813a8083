import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LEDGER_TABLE, type LedgerServer, ledgerClient, startLedger } from '../local/ledger/server.ts';
import { type Simulator, startSimulator } from '../local/simulator/server.ts';
import { RunFailed, scheduled } from '../shared/edge/scheduled.ts';
import { type Surroundings, surroundings, worldOf } from '../shared/edge/world.ts';
import { ALL_DEEDS } from '../shared/flow/all-deeds.ts';
import { autoRenew, type Job, settle } from '../shared/flow/jobs.ts';
import type { World } from '../shared/flow/world.ts';
import { createTable, type Table } from '../shared/ledger/table.ts';
import type { Report } from '../shared/model/report.ts';
import { healthOf } from '../shared/report/health.ts';

/** A test's account at the simulator. */
export const KEY = { accessKey: 'a'.repeat(32), secretKey: 's'.repeat(32) };
export const REGION = 'region-1';

export type Logged = {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

export type Stand = {
  readonly simulator: Simulator;
  readonly ledger: Table;
  readonly logged: Logged[];
  /** Runs auto-renew by its handler; the report is given also where the handler throws `RunFailed`. */
  readonly autoRenew: (change?: Record<string, unknown>) => Promise<Report & { health: string; threw: boolean }>;
  /** Runs settle-orders by its handler. */
  readonly settle: (change?: Record<string, unknown>) => Promise<Report & { health: string; threw: boolean }>;
  /** What a person reaches. */
  readonly world: (who: string) => World;
  /** The same for scale-bandwidth, or for any job. */
  readonly run: <P>(job: Job<P>, event: unknown) => Promise<Report & { health: string; threw: boolean }>;
  readonly surroundings: Surroundings;
  readonly orders: () => { eipID: string; price: string }[];
  /** Replaces the key that the secrets store holds. */
  readonly setSecret: (text: string) => void;
};

/** An EIP of the simulator that is bound, periodic and due in three days. */
export const due = (id: string, change: Record<string, unknown> = {}) => ({
  regionID: REGION,
  ID: id,
  name: `名称-${id}`,
  eipAddress: `203.0.113.${id.length}`,
  status: 'ACTIVE',
  associationID: `vm-${id}`,
  associationType: 'INSTANCE',
  billingMethod: 'periodic',
  expiredAt: '+3d',
  ...change,
});

export const ask = (change: Record<string, unknown> = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});

const opened: (Simulator | LedgerServer)[] = [];

/** Closes every stand of a test file; for `afterAll`. */
export const closeStands = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map(one => one.close()));
};

export async function stand(
  eips: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
): Promise<Stand> {
  const { settings, account, ownClock, ...state } = more as {
    settings?: object;
    account?: object;
    /** The product's clock is the simulator's, which can be moved. */
    ownClock?: boolean;
  };
  const simulator = await startSimulator({
    state: {
      accounts: [{ name: 'main', ...KEY, eips, ...account }],
      regions: [{ regionID: REGION, regionName: '华东1' }],
      settings: { orderSeconds: 0, ...settings },
      ...state,
    },
  });
  const server = await startLedger();
  opened.push(simulator, server);
  const ledger = createTable(ledgerClient(server.url), LEDGER_TABLE, randomUUID);
  const logged: Logged[] = [];
  let secret = JSON.stringify(KEY);
  const environment = { CTYUN_ENDPOINT: simulator.url, CTYUN_TIMEOUT_MS: '400', CTYUN_ACCOUNTS: 'nobody' };
  const around = surroundings(environment, () => async () => secret, {
    ledger,
    ...(ownClock ? { clock: { now: () => simulator.clock.now(), sleep: ms => pause(ms) } } : {}),
  });
  const write =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      logged.push({ level, message, fields });
    };
  const run: Stand['run'] = async (job, event) => {
    let report: Report | undefined;
    const log = { info: write('info'), warn: write('warn'), error: write('error') };
    const handler = scheduled(job, {
      surroundings: () => around,
      log,
      onReport: made => {
        report = made;
      },
    });
    let threw = false;
    await handler(event, {} as never).catch((error: unknown) => {
      if (!(error instanceof RunFailed)) throw error;
      threw = true;
    });
    return { ...report!, health: healthOf(report!), threw };
  };
  return {
    simulator,
    ledger,
    logged,
    run,
    surroundings: around,
    orders: () => simulator.orders().map(({ eipID, price }) => ({ eipID, price })),
    setSecret: text => {
      secret = text;
    },
    autoRenew: change => run(autoRenew, ask(change)),
    settle: change => run(settle, { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }], ...change }),
    world: who => {
      const deadline = new Date(Date.now() + 900_000);
      const silent = () => undefined;
      return worldOf(around, { deadline, who, deeds: ALL_DEEDS }, silent, silent);
    },
  };
}

/** The outcome of an EIP, as state and code. */
export function outcomeOf(report: Report, eipId: string): string {
  const verdict = report.plan.items.find(({ eip }) => eip.id === eipId)?.verdict;
  if (verdict?.decision !== 'act') return `${verdict?.decision}: ${verdict?.reason.code}`;
  const outcome = report.outcomes.get(verdict.action.token);
  return outcome ? `${outcome.state}: ${outcome.reason.code}` : 'planned';
}
