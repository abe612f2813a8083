/** A spike of traffic: the bandwidth is raised in one step, and comes back when the spike is over. */
import { scaleBandwidth } from '../../shared/flow/jobs.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Lang } from '../../shared/report/lang.ts';
import { asPersonAsks, runHere } from '../cli/job.ts';
import type { Session } from '../cli/session.ts';
import type { Embedded } from '../embedded.ts';
import { sampleScaleAsk } from '../sample.ts';
import { loadAt } from '../simulator/metrics.ts';
import type { State } from '../simulator/state.ts';
import { sparkline } from './sparkline.ts';
import { say, shown } from './telling.ts';

const STEPS = {
  'zh-CN': {
    raise: '⑥ 扩容：五十分钟后流量接近带宽上限，一步升到合适的档位；变更前的带宽先记账',
    back: '⑦ 回落：又过一小时，流量已退，带宽自动回到原来的大小',
    chart: '利用率（每五分钟一格，满格 200%）',
    of: (mbps: number) => `占 ${mbps} Mbps`,
  },
  en: {
    raise:
      '6  Raise: fifty minutes on, traffic runs near the limit; one step to the right size, the old size written down first',
    back: '7  Return: an hour later the spike is over, and the bandwidth goes back by itself',
    chart: 'utilisation (a bar for five minutes, the highest is 200%)',
    of: (mbps: number) => `of ${mbps} Mbps`,
  },
} as const;

const FIVE_MINUTES_MS = 300_000;

/** @returns whether all went as the steps say */
export async function scalingTour(session: Session, { simulator }: Embedded, lang: Lang): Promise<boolean> {
  const steps = STEPS[lang];
  const run = () => runHere(scaleBandwidth, asPersonAsks(sampleScaleAsk, true), session, lang);
  simulator.clock.advance(50 * 60);
  const raised = await shown(steps.raise, run(), lang);
  simulator.clock.advance(60 * 60);
  const back = await shown(steps.back, run(), lang);
  const [before, after] = [sizeOf(raised), sizeOf(back)];
  if (!before || !after) return false;
  const loads = lastLoads(simulator.kept() as State, before.eipId, simulator.clock.now());
  const line = (mbps: number): string => {
    const percents = loads.map(load => (100 * load) / mbps);
    return `${steps.of(mbps).padEnd(12)} ${sparkline(percents, 200)}  ${Math.round(Math.max(...percents))}%`;
  };
  say(steps.chart, [before.from, before.to].map(line).join('\n'));
  return after.eipId === before.eipId && after.to === before.from;
}

/** The one change of a run, if it was made. */
function sizeOf({ plan, outcomes }: Report): { eipId: string; from: number; to: number } | undefined {
  const [only, ...more] = plan.items.flatMap(({ verdict }) =>
    verdict.decision === 'act' && verdict.action.kind === 'resize' ? [verdict.action] : [],
  );
  if (!only || more.length > 0 || outcomes.get(only.token)?.state !== 'done') return undefined;
  return { eipId: only.eipId, from: only.expects.bandwidthMbps, to: only.toMbps };
}

/** The traffic of the last two hours, in Mbps, a value for every five minutes. */
function lastLoads({ accounts }: State, eipId: string, now: Date): number[] {
  const eip = accounts.flatMap(({ eips }) => eips).find(({ ID }) => ID === eipId);
  if (!eip) return [];
  return Array.from(
    { length: 24 },
    (_, i) => loadAt(eip, new Date(now.getTime() - (23 - i) * FIVE_MINUTES_MS)).egressMbps,
  );
}
