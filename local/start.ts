/**
 * `npm start`: the main job from beginning to end on this machine, with no account and no cloud. A sample account is
 * looked at (plan), looked after (apply), and looked at again: nothing is left to do.
 */
import type { Report } from '../shared/model/report.ts';
import { healthOf } from '../shared/report/health.ts';
import type { Lang } from '../shared/report/lang.ts';
import { reportText } from '../shared/report/text.ts';
import { autoRenewHere, withMode } from './cli/auto-renew.ts';
import { quietSdk, terminalLang, textOptions } from './cli/terminal.ts';
import { startEmbedded } from './embedded.ts';
import { sampleAsk } from './sample.ts';

const STEPS: Readonly<Record<Lang, readonly [string, string, string, string]>> = {
  'zh-CN': [
    '① 计划：看一看示例账户（四十个弹性公网IP，三个资源池），说明每一个的判断，不做任何改动',
    '② 执行：同一份请求，"mode": "apply"；每次下单前再看一眼、再询一次价',
    '③ 再次执行：已续订的不会再买，其余的仍如实说明',
    '以上全部运行在本机的模拟天翼云上，没有花一分钱。',
  ],
  en: [
    '1  Plan: look at the sample account (forty EIPs in three regions), explain every decision, change nothing',
    '2  Apply: the same ask with "mode": "apply"; every order is preceded by a second look and a second quote',
    '3  Apply again: nothing is bought twice, and what is held is still explained',
    'All of this ran against a simulated CTyun on this machine; no money was spent.',
  ],
};

quietSdk();
const lang = terminalLang(process.env);
const [planning, applying, again, closing] = STEPS[lang];
const stack = await startEmbedded();
try {
  await show(planning, false);
  const first = await show(applying, true);
  const second = await show(again, true);
  process.stdout.write(`${closing}\n`);
  process.exitCode = asPromised(first, second) ? 0 : 1;
} finally {
  await stack.close();
}

async function show(title: string, apply: boolean): Promise<Report> {
  const report = await autoRenewHere(withMode(sampleAsk, apply), { lang }, process.env);
  process.stdout.write(`${title}\n\n${reportText(report, textOptions(lang))}\n\n`);
  return report;
}

/** Everything that was due is renewed, once, and the second run finds nothing to order. */
function asPromised(first: Report, second: Report): boolean {
  const renewed = [...first.outcomes.values()].every(({ state }) => state === 'done');
  return (
    first.outcomes.size > 0 &&
    renewed &&
    second.outcomes.size === 0 &&
    stack.simulator.orders().length === first.outcomes.size &&
    healthOf(second) !== 'mistake'
  );
}
