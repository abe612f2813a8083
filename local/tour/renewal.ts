/** The main job: a plan over a limit, a second person, what was approved, and a further run that finds nothing to order. */
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan } from '../../shared/flow/approvals.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import { historySince } from '../../shared/ledger/history.ts';
import type { Report } from '../../shared/model/report.ts';
import { healthOf } from '../../shared/report/health.ts';
import { historyText } from '../../shared/report/history.ts';
import type { Lang } from '../../shared/report/lang.ts';
import { asPersonAsks, runHere } from '../cli/job.ts';
import type { Session } from '../cli/session.ts';
import type { Embedded } from '../embedded.ts';
import { sampleAsk } from '../sample.ts';
import { say, shown } from './telling.ts';

type Steps = Readonly<Record<'plan' | 'approve' | 'apply' | 'again' | 'history', string>>;

const STEPS: Readonly<Record<Lang, Steps>> = {
  'zh-CN': {
    plan: '① 计划：看一看示例账户（四十个弹性公网IP，三个资源池），说明每一个的判断；金额超出单次限额，整个计划暂停',
    approve: '② 审批：张伟请求的计划由李娜批准（本人不能批准自己的计划）',
    apply: '③ 执行：只执行批准的清单；每次下单前再看一眼、再询一次价，每笔花费先记账',
    again: '④ 再次执行：已续订的不会再买，其余的仍如实说明',
    history: '⑤ 历史：谁请求、谁批准、花了多少、结果如何',
  },
  en: {
    plan: '1  Plan: look at the sample account (forty EIPs, three regions), explain every decision; it is over a limit, so all of it waits',
    approve: '2  Approve: what zhang-wei asked for, li-na approves (nobody approves his own plan)',
    apply:
      '3  Apply: exactly the approved list; before each order a second look, a second quote, and a line in the ledger',
    again: '4  Apply again: nothing is bought twice, and what is held is still explained',
    history: '5  History: who asked, who approved, what it cost, what became of it',
  },
};

/** Below what the sample's renewals cost together. */
const TIGHT = { ...sampleAsk, limits: { ...sampleAsk.limits, maxSpendPerRun: '3000.00' } };

/** @returns whether all went as the steps say */
export async function renewalTour(session: Session, { simulator }: Embedded, lang: Lang): Promise<boolean> {
  const steps = STEPS[lang];
  const approver = lang === 'en' ? 'li-na' : '李娜';
  const plan = await shown(steps.plan, runHere(autoRenew, asPersonAsks(TIGHT, false), session, lang), lang);
  const { clock } = session.surroundings();
  const { hash } = plan.plan;
  const approved = await approvePlan(hash, { ledger: session.ledger, clock, who: approver });
  say(steps.approve, `${hash.slice(0, 16)}…  ${approved.approvals.map(({ who }) => who).join(', ')} ✓`);
  const applied = await shown(steps.apply, applyPlan(hash, session.world()), lang);
  const again = await shown(steps.again, runHere(autoRenew, asPersonAsks(sampleAsk, true), session, lang), lang);
  const past = await historySince(session.ledger, plan.plan.madeAt, clock.now());
  say(
    steps.history,
    historyText(
      past.filter(one => 'intent' in one),
      lang,
    ),
  );
  return asPromised(plan, applied, again, simulator.orders().length);
}

/** Held, then applied exactly once, and the further run finds nothing to order. */
function asPromised(plan: Report, applied: Report, again: Report, orders: number): boolean {
  const renewed = [...applied.outcomes.values()].every(({ state }) => state === 'done');
  return (
    plan.approval !== null &&
    applied.outcomes.size > 0 &&
    renewed &&
    again.outcomes.size === 0 &&
    orders === applied.outcomes.size &&
    healthOf(again) !== 'mistake'
  );
}
