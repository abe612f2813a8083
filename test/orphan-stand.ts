/** The simulator, a ledger and the product on one clock that can be moved: a grace passes in no time. */
import { randomUUID } from 'node:crypto';
import { LEDGER_TABLE, type LedgerServer, ledgerClient, startLedger } from '../local/ledger/server.ts';
import { type Simulator, startSimulator } from '../local/simulator/server.ts';
import { RunFailed, scheduled } from '../shared/edge/scheduled.ts';
import { surroundings, worldOf } from '../shared/edge/world.ts';
import { ALL_DEEDS } from '../shared/flow/all-deeds.ts';
import { releaseOrphans } from '../shared/flow/jobs.ts';
import type { Resolver, World } from '../shared/flow/world.ts';
import { createTable, type Table } from '../shared/ledger/table.ts';
import type { Report } from '../shared/model/report.ts';
import { type Health, healthOf } from '../shared/report/health.ts';
import { KEY, REGION } from './stand.ts';

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** An EIP of the simulator that nothing uses and that is paid by the hour. */
export const idle = (id: string, change: Record<string, unknown> = {}) => ({
  regionID: REGION,
  ID: id,
  name: `闲置-${id}`,
  eipAddress: `203.0.113.${[...id].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 250}`,
  status: 'DOWN',
  updatedAt: '-90d',
  ...change,
});

export const orphanAsk = (change: Record<string, unknown> = {}, orphans: Record<string, unknown> = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  orphans: {
    graceHours: 72,
    warnHours: 24,
    exempt: { labels: { autopilot: 'off' } },
    settleWithinSeconds: 3,
    ...orphans,
  },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});

/** A DNS of these names; one that is an Error is what asking for it fails with. */
export const dnsOf = (names: Readonly<Record<string, readonly string[] | Error>>): Resolver => {
  const answer = async (name: string): Promise<readonly string[]> => {
    const found = names[name] ?? [];
    if (found instanceof Error) throw found;
    return found;
  };
  return { addressesOf: answer, namesOf: answer };
};

export type OrphanStand = {
  readonly simulator: Simulator;
  readonly ledger: Table;
  readonly run: (ask?: unknown) => Promise<Report & { health: Health; threw: boolean }>;
  /** Runs as a daily schedule would: after so many seconds each. */
  readonly later: (seconds: number, ask?: unknown) => Promise<Report & { health: Health; threw: boolean }>;
  readonly paths: () => string[];
  readonly ids: () => string[];
  readonly world: (who: string) => World;
};

const opened: (Simulator | LedgerServer)[] = [];
export const closeOrphanStands = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map(one => one.close()));
};

export async function orphanStand(
  eips: readonly Record<string, unknown>[],
  {
    account = {},
    settings = {},
    resolver = dnsOf({}),
  }: { account?: object; settings?: object; resolver?: Resolver } = {},
): Promise<OrphanStand> {
  const simulator = await startSimulator({
    state: {
      accounts: [{ name: 'main', ...KEY, eips, ...account }],
      regions: [{ regionID: REGION, regionName: '华东1' }],
      settings: { orderSeconds: 0, ...settings },
    },
  });
  const server = await startLedger();
  opened.push(simulator, server);
  const ledger = createTable(ledgerClient(server.url), LEDGER_TABLE, randomUUID);
  const environment = { CTYUN_ENDPOINT: simulator.url, CTYUN_TIMEOUT_MS: '400', CTYUN_ACCOUNTS: 'nobody' };
  const clock = {
    now: () => simulator.clock.now(),
    sleep: (ms: number) => new Promise<void>(end => setTimeout(end, Math.min(ms, 20))),
  };
  const around = surroundings(environment, () => async () => JSON.stringify(KEY), { ledger, clock, resolver });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const run: OrphanStand['run'] = async (ask = orphanAsk()) => {
    let report: Report | undefined;
    const onReport = (made: Report): void => {
      report = made;
    };
    const handler = scheduled(releaseOrphans, { surroundings: () => around, log: quiet, onReport });
    let threw = false;
    await handler(ask, {} as never).catch((error: unknown) => {
      if (!(error instanceof RunFailed)) throw error;
      threw = true;
    });
    return { ...report!, health: healthOf(report!), threw };
  };
  return {
    simulator,
    ledger,
    run,
    later: (seconds, ask) => {
      simulator.clock.advance(seconds);
      return run(ask);
    },
    paths: () => simulator.calls().map(({ path }) => path),
    ids: () => (simulator.state() as { accounts: { eips: { ID: string }[] }[] }).accounts[0]!.eips.map(({ ID }) => ID),
    world: who => {
      const deadline = new Date(clock.now().getTime() + 900_000);
      return worldOf(
        around,
        { deadline, who, deeds: ALL_DEEDS },
        () => undefined,
        () => undefined,
      );
    },
  };
}
