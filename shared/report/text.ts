import pc from 'picocolors';
import { kindOf } from '../model/eip.ts';
import { cny, type Fen } from '../model/money.ts';
import type { CrossedCap } from '../model/plan.ts';
import type { Report, TargetReport } from '../model/report.ts';
import { beijingTime } from './format.ts';
import { itemTable } from './items.ts';
import type { Lang } from './lang.ts';
import type { Pen } from './pen.ts';
import { releaseNotes } from './releases.ts';
import { printable } from './table.ts';
import { keptOf, totalsOf } from './totals.ts';
import { entry, type Words, wordsFor } from './words.ts';

/** `width`: columns of the terminal, to which long reasons are wrapped; without it every item is one line. */
export type TextOptions = { readonly lang: Lang; readonly color: boolean; readonly width?: number };

/** The report for a terminal: what matters first, what was left alone counted by its reason. */
export function reportText(report: Report, { lang, color, width }: TextOptions): string {
  const words = wordsFor(lang);
  const pen = pc.createColors(color);
  const sections = [
    headline(report, words, pen),
    notices(report, words, pen),
    problems(report, words, pen),
    caps(report, words, pen),
    itemTable(report, words, pen, width),
    releaseNotes(report, words, pen),
    whatIsLeft(report, words, pen),
    sums(report, words, pen),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n');
}

function headline({ mode, plan }: Report, words: Words, pen: Pen): string[] {
  const title = pen.bold(words.title(printable(plan.function), mode));
  const when = `${beijingTime(plan.madeAt.toISOString())} ${words.beijing}`;
  const changed = { plan: [pen.cyan(words.dryRun)], off: [pen.yellow(words.off)], apply: [] }[mode];
  return [[title, pen.dim(when), ...changed].join('  ')];
}

function problems({ targets }: Report, words: Words, pen: Pen): string[] {
  return targets.flatMap(target => {
    const { problem } = target;
    if (!problem) return [];
    const advice = entry(words.advice, problem.code) ?? words.adviceOtherwise;
    const what = words.problem(fullPlace(target), printable(problem.message));
    return [pen.red(`✗ ${what}`.trim()), `  ${words.todo(advice)}`];
  });
}

const fullPlace = ({ account, region, regionName }: TargetReport): string =>
  printable(`${account}/${region}${regionName ? ` ${regionName}` : ''}`).trim();

/** Why less was done than was asked for. */
function notices({ asked, mode, applyAllowed, ledgerProblem, targets }: Report, words: Words, pen: Pen): string[] {
  const switched = asked === 'apply' && mode === 'plan' && ledgerProblem === null;
  return [
    ...(ledgerProblem === null ? [] : [pen.red(`✗ ${words.ledger(printable(ledgerProblem))}`)]),
    ...(switched ? [pen.yellow(`! ${applyAllowed === false ? words.notAllowed : words.byNobody}`)] : []),
    ...targets.flatMap(target => (target.handedOver ? [pen.dim(words.handedOver(fullPlace(target)))] : [])),
    ...targets.flatMap(target => (target.slot ? [pen.dim(words.slot(fullPlace(target), target.slot))] : [])),
  ];
}

function caps({ plan, approval }: Report, words: Words, pen: Pen): string[] {
  if (plan.held.length === 0) return [];
  const lines = plan.held.map(
    ({ cap, unit, wanted, limit }) =>
      `  - ${words.crossed(entry(words.caps, cap) ?? cap, amount(unit, wanted), amount(unit, limit))}`,
  );
  const until = `${beijingTime(plan.expiresAt.toISOString())} ${words.beijing}`;
  const approve = approval ? [`  ${words.approve(plan.hash, approval.approvers, until)}`] : [];
  return [pen.yellow(`! ${words.held}`), ...lines, `  ${words.heldAdvice}`, ...approve];
}

function amount(unit: CrossedCap['unit'], value: number): string {
  if (unit === 'fen') return `¥${cny(value as Fen)}`;
  return unit === 'percent' ? `${Math.round(value * 10) / 10}%` : String(value);
}

function whatIsLeft({ plan }: Report, words: Words, pen: Pen): string[] {
  const shown = [...keptOf(plan)]
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${entry(words.keptBy, code) ?? code} ${count}`);
  return shown.length > 0 ? [pen.dim(words.kept(shown.join(' · ')))] : [];
}

const COUNTED = ['act', 'done', 'ordered', 'skipped', 'failed', 'unknown', 'hold', 'keep'] as const;

function sums(report: Report, words: Words, pen: Pen): string[] {
  const { mode, plan, targets } = report;
  const totals = totalsOf(report);
  const counts = COUNTED.filter(name => totals[name] > 0).map(name => `${words.counts[name]} ${totals[name]}`);
  const looked = targets.filter(({ problem }) => problem === null);
  const [only] = looked;
  const place = only && targets.length === 1 ? shortPlace(only) : looked.length;
  const onlyEips = plan.items.every(({ eip }) => kindOf(eip) === 'eip');
  const planned = `${words.planned} ¥${cny(totals.planned)}`;
  const spent = `${words.spent} ¥${cny(totals.spent)}`;
  // What a held plan would cost is what a person has to decide on.
  const money = [...(mode === 'plan' || plan.held.length > 0 ? [planned] : []), ...(mode === 'apply' ? [spent] : [])];
  return [[words.seen(totals.seen, place, onlyEips), ...counts, ...money.map(pen.bold)].join(' · ')];
}

const shortPlace = ({ account, region, regionName }: TargetReport): string =>
  printable(`${account}/${regionName ?? region}`).trim();
