/**
 * The scene of the idle EIPs: a grace passes on the moved clock. Three are unused: one is labelled after its warning and
 * stays, one is released, one is used by a NAT gateway all along and never in question.
 */

import { randomUUID } from 'node:crypto';
import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { releaseOrphans } from '../../shared/flow/jobs.ts';
import { createTable } from '../../shared/ledger/table.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Lang } from '../../shared/report/lang.ts';
import { reportText } from '../../shared/report/text.ts';
import { textOptions } from '../cli/terminal.ts';
import { LEDGER_TABLE, ledgerClient, startLedger } from '../ledger/server.ts';
import { SAMPLE_KEY } from '../sample.ts';
import { startSimulator } from '../simulator/server.ts';
import { idleAsk, idleState } from './orphans-sample.ts';

type Titles = Readonly<Record<'seen' | 'warned' | 'released', string>>;

const TITLES: Readonly<Record<Lang, Titles>> = {
  'zh-CN': {
    seen: '⑧ 闲置 EIP 第 1 天：开始计时，列出每月费用与最早释放时间；NAT 网关在用的不在其列',
    warned: '⑨ 第 7 天：释放前 24 小时预警；随后有人给“演示环境”打上标签 autopilot=off',
    released: '⑩ 第 8 天：打了标签的保留，另一个再看最后一眼后释放，无法恢复，费用就此节省',
  },
  en: {
    seen: '8  Idle EIPs, day 1: their days begin to count, each with its monthly cost and earliest release; what a NAT gateway uses is not among them',
    warned: '9  Day 7: warned, 24 hours before; then somebody labels the demo autopilot=off',
    released:
      '10 Day 8: the labelled one stays, the other is released after a last look; it cannot be undone, and its cost is saved',
  },
};

const DAY_SECONDS = 86_400;

/**
 * Plays the scene on a simulator and a ledger of its own, whose clock is also the product's.
 *
 * @param say prints a title and a text
 * @returns whether it went as it should: warned, one kept by its label, one released
 */
export async function orphansScene(say: (title: string, text: string) => void, lang: Lang): Promise<boolean> {
  const [simulator, ledger] = await Promise.all([startSimulator({ state: idleState }), startLedger()]);
  const titles = TITLES[lang];
  try {
    const run = runner(simulator, ledger.url);
    const day = async (days: number): Promise<Report> => {
      for (let passed = 0; passed < days - 1; passed++) {
        simulator.clock.advance(DAY_SECONDS);
        await run();
      }
      simulator.clock.advance(DAY_SECONDS);
      return run();
    };
    const tell = (title: string, report: Report) => say(title, reportText(report, textOptions(lang)));
    const seen = await run();
    tell(titles.seen, seen);
    const warned = await day(6);
    tell(titles.warned, warned);
    label(simulator, 'eip-idle02');
    const released = await day(1);
    tell(titles.released, released);
    return asPromised([seen, warned, released]);
  } finally {
    await Promise.all([simulator.close(), ledger.close()]);
  }
}

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

function runner({ url, clock }: Simulator, ledgerUrl: string): () => Promise<Report> {
  const ledger = createTable(ledgerClient(ledgerUrl), LEDGER_TABLE, randomUUID);
  const moved = { now: () => clock.now(), sleep: async (ms: number) => clock.advance(ms / 1000) };
  const around = surroundings(
    { CTYUN_ENDPOINT: url, CTYUN_ACCOUNTS: 'main' },
    () => async () => JSON.stringify(SAMPLE_KEY),
    { ledger, clock: moved },
  );
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return async () => {
    const made: Report[] = [];
    const handler = scheduled(releaseOrphans, {
      surroundings: () => around,
      log,
      onReport: one => void made.push(one),
    });
    await handler(idleAsk, {} as Parameters<typeof handler>[1]).catch((error: unknown) => {
      if (!(error instanceof RunFailed)) throw error;
    });
    const [report] = made;
    if (!report) throw new Error('the run ended without a report');
    return report;
  };
}

/** A person labels it in the console. */
function label(simulator: Simulator, id: string): void {
  const { accounts } = simulator.kept() as { accounts: { eips: { ID: string; labels: Record<string, string> }[] }[] };
  const eip = accounts.flatMap(({ eips }) => eips).find(({ ID }) => ID === id);
  if (eip) eip.labels.autopilot = 'off';
}

function asPromised(days: readonly Report[]): boolean {
  const codes = days.map(({ plan }) => plan.items.map(({ eip, verdict }) => `${eip.id} ${verdict.reason.code}`));
  const [seen = [], warned = [], released = []] = codes;
  const done = [...(days.at(-1)?.outcomes.values() ?? [])].map(({ reason }) => reason.code);
  return (
    seen.includes('eip-idle01 idle') &&
    seen.includes('eip-nat01 in-use') &&
    warned.includes('eip-idle02 idle-warned') &&
    released.includes('eip-idle02 exempt-label') &&
    done.join() === 'released'
  );
}
