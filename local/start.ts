/**
 * `npm start`: the main job from beginning to end on this machine, with no account and no cloud. A sample account is
 * looked at; its plan is over a limit, so it waits for a second person; what was approved is applied, exactly; a further
 * run finds nothing left to do; and the history tells it all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlan } from '../shared/flow/apply-plan.ts';
import { approvePlan } from '../shared/flow/approvals.ts';
import { autoRenew } from '../shared/flow/jobs.ts';
import { historySince } from '../shared/ledger/history.ts';
import type { Report } from '../shared/model/report.ts';
import { healthOf } from '../shared/report/health.ts';
import { historyText } from '../shared/report/history.ts';
import type { Lang } from '../shared/report/lang.ts';
import { reportText } from '../shared/report/text.ts';
import { asPersonAsks, runHere } from './cli/job.ts';
import { localLedger, type Session, sessionOf } from './cli/session.ts';
import { quietSdk, terminalLang, textOptions } from './cli/terminal.ts';
import { startEmbedded } from './embedded.ts';
import { startLedger } from './ledger/server.ts';
import { sampleAsk } from './sample.ts';
import { orphansScene } from './tour/orphans.ts';

type Steps = Readonly<Record<'plan' | 'approve' | 'apply' | 'again' | 'history' | 'end', string>>;

const STEPS: Readonly<Record<Lang, Steps>> = {
  'zh-CN': {
    plan: '① 计划：看一看示例账户（四十个弹性公网IP，三个资源池），说明每一个的判断；金额超出单次限额，整个计划暂停',
    approve: '② 审批：张伟请求的计划由李娜批准（本人不能批准自己的计划）',
    apply: '③ 执行：只执行批准的清单；每次下单前再看一眼、再询一次价，每笔花费先记账',
    again: '④ 再次执行：已续订的不会再买，其余的仍如实说明',
    history: '⑤ 历史：谁请求、谁批准、花了多少、结果如何',
    end: '以上全部运行在本机的模拟天翼云上，没有花一分钱。',
  },
  en: {
    plan: '1  Plan: look at the sample account (forty EIPs, three regions), explain every decision; it is over a limit, so all of it waits',
    approve: '2  Approve: what zhang-wei asked for, li-na approves (nobody approves his own plan)',
    apply:
      '3  Apply: exactly the approved list; before each order a second look, a second quote, and a line in the ledger',
    again: '4  Apply again: nothing is bought twice, and what is held is still explained',
    history: '5  History: who asked, who approved, what it cost, what became of it',
    end: 'All of this ran against a simulated CTyun on this machine; no money was spent.',
  },
};

/** Below what the sample's renewals cost together. */
const TIGHT = { ...sampleAsk, limits: { ...sampleAsk.limits, maxSpendPerRun: '3000.00' } };

quietSdk();
const lang = terminalLang(process.env);
const [asker, approver] = lang === 'en' ? ['zhang-wei', 'li-na'] : ['张伟', '李娜'];
const steps = STEPS[lang];
const folder = mkdtempSync(join(tmpdir(), 'eip-autopilot-'));
const ledger = await startLedger(folder);
const stack = await startEmbedded();
try {
  const session = sessionOf(asker, localLedger(ledger.url), async () => undefined);
  process.exitCode = (await tour(session)) && (await orphansScene(say, lang)) ? 0 : 1;
} finally {
  await Promise.all([stack.close(), ledger.close()]);
  rmSync(folder, { recursive: true, force: true });
}

async function tour(session: Session): Promise<boolean> {
  const plan = await shown(steps.plan, runHere(autoRenew, asPersonAsks(TIGHT, false), session, lang));
  const { clock } = session.surroundings();
  const { hash } = plan.plan;
  const approved = await approvePlan(hash, { ledger: session.ledger, clock, who: approver });
  say(steps.approve, `${hash.slice(0, 16)}…  ${approved.approvals.map(({ who }) => who).join(', ')} ✓`);
  const applied = await shown(steps.apply, applyPlan(hash, session.world()));
  const again = await shown(steps.again, runHere(autoRenew, asPersonAsks(sampleAsk, true), session, lang));
  const past = await historySince(session.ledger, plan.plan.madeAt, clock.now());
  say(
    steps.history,
    historyText(
      past.filter(one => 'intent' in one),
      lang,
    ),
  );
  process.stdout.write(`${steps.end}\n`);
  return asPromised(plan, applied, again);
}

function say(title: string, text: string): void {
  process.stdout.write(`${title}\n\n${text}\n\n`);
}

async function shown(title: string, running: Promise<Report>): Promise<Report> {
  const report = await running;
  say(title, reportText(report, textOptions(lang)));
  return report;
}

/** Held, then applied exactly once, and the further run finds nothing to order. */
function asPromised(plan: Report, applied: Report, again: Report): boolean {
  const renewed = [...applied.outcomes.values()].every(({ state }) => state === 'done');
  return (
    plan.approval !== null &&
    applied.outcomes.size > 0 &&
    renewed &&
    again.outcomes.size === 0 &&
    stack.simulator.orders().length === applied.outcomes.size &&
    healthOf(again) !== 'mistake'
  );
}
