import pc from 'picocolors';
import { cny, type Fen } from '../model/money.ts';
import type { CrossedCap, PlanItem } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';
import { beijingTime } from './format.ts';
import type { Lang } from './lang.ts';
import { cut, printable, table } from './table.ts';
import { totalsOf } from './totals.ts';
import { reasonText, type Words, wordsFor } from './words.ts';

export type TextOptions = { readonly lang: Lang; readonly color: boolean };
type Pen = ReturnType<typeof pc.createColors>;
type Tone = 'good' | 'bad' | 'wait' | 'plain';

const NAME_WIDTH = 24;

/** The report for a terminal: what matters first, what was left alone counted by its reason. */
export function reportText(report: Report, { lang, color }: TextOptions): string {
  const words = wordsFor(lang);
  const pen = pc.createColors(color);
  const sections = [
    headline(report, words, pen),
    problems(report, words, pen),
    caps(report, words, pen),
    whatMatters(report, words, pen),
    whatIsLeft(report, words, pen),
    sums(report, words, pen),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n');
}

function headline({ mode, plan }: Report, words: Words, pen: Pen): string[] {
  const title = pen.bold(words.title(plan.function, mode === 'apply'));
  const when = `${beijingTime(plan.madeAt.toISOString())} ${words.beijing}`;
  return [[title, pen.dim(when), ...(mode === 'plan' ? [pen.cyan(words.dryRun)] : [])].join('  ')];
}

function problems({ targets }: Report, words: Words, pen: Pen): string[] {
  return targets.flatMap(({ account, region, regionName, problem }) => {
    if (!problem) return [];
    const place = `${account}/${region}${regionName ? ` ${printable(regionName)}` : ''}`;
    const advice = words.advice[problem.code] ?? words.adviceOtherwise;
    return [pen.red(`✗ ${place} ${words.problem}: ${printable(problem.message)}`), `  ${words.todo}: ${advice}`];
  });
}

function caps({ plan }: Report, words: Words, pen: Pen): string[] {
  if (plan.held.length === 0) return [];
  const lines = plan.held.map(
    cap => `  - ${words.caps[cap.cap] ?? cap.cap}: ${words.wanted(amount(cap, cap.wanted), amount(cap, cap.limit))}`,
  );
  return [pen.yellow(`! ${words.held}`), ...lines, `  ${words.heldAdvice}`];
}

const amount = ({ unit }: CrossedCap, value: number): string =>
  unit === 'fen' ? `¥${cny(value as Fen)}` : unit === 'percent' ? `${Math.round(value * 10) / 10}%` : String(value);

function whatMatters(report: Report, words: Words, pen: Pen): string[] {
  const items = report.plan.items.filter(({ verdict }) => verdict.decision !== 'keep');
  if (items.length === 0) return report.plan.items.length > 0 ? [words.none] : [];
  const { name, address, id, place, expires, left, price, why } = words.columns;
  const text = (title: string) => ({ title, align: 'left' as const });
  const figure = (title: string) => ({ title, align: 'right' as const });
  const columns = [
    text(''),
    text(name),
    text(address),
    text(id),
    text(place),
    text(expires),
    figure(left),
    figure(price),
    text(why),
  ];
  const shown = items.map(item => shownItem(item, report, words));
  const paint = (cell: string, row: number, column: number): string => {
    if (row < 0) return pen.dim(cell);
    const tone = shown[row]?.tone ?? 'plain';
    return column === 0 || column === 8 ? toned(cell, tone, pen) : cell;
  };
  return table(
    columns,
    shown.map(({ cells }) => cells),
    paint,
  );
}

function shownItem(item: PlanItem, report: Report, words: Words): { cells: string[]; tone: Tone } {
  const { account, region, eip, verdict } = item;
  const outcome = verdict.decision === 'act' ? report.outcomes.get(verdict.action.token) : undefined;
  const target = report.targets.find(seen => seen.account === account && seen.region === region);
  const severalAccounts = new Set(report.targets.map(seen => seen.account)).size > 1;
  const place = target?.regionName ?? (region.length > 12 ? `${region.slice(0, 8)}…` : region);
  const exactDays = eip.expiresAt && (eip.expiresAt.getTime() - report.plan.madeAt.getTime()) / 86_400_000;
  // Rounded as in the reason's facts, so that column and sentence agree.
  const daysLeft = exactDays === null ? null : Math.round(exactDays * 100) / 100;
  const [mark, tone] = markOf(verdict.decision, outcome, report);
  const cells = [
    mark,
    cut(printable(eip.name), NAME_WIDTH),
    printable(eip.address),
    printable(eip.id),
    printable(severalAccounts ? `${account}/${place}` : place),
    eip.expiresAt ? beijingTime(eip.expiresAt.toISOString()) : '?',
    daysLeft === null ? '?' : words.days(daysLeft),
    verdict.decision === 'act' ? cny(verdict.action.price) : '',
    printable(reasonText(outcome?.reason ?? verdict.reason, words)),
  ];
  return { cells, tone };
}

const MARKS: Readonly<Record<Outcome['state'], [string, Tone]>> = {
  done: ['✓', 'good'],
  ordered: ['…', 'wait'],
  skipped: ['-', 'wait'],
  failed: ['✗', 'bad'],
  unknown: ['?', 'bad'],
};

function markOf(decision: string, outcome: Outcome | undefined, { plan }: Report): [string, Tone] {
  if (outcome) return MARKS[outcome.state];
  return decision === 'hold' || plan.held.length > 0 ? ['!', 'wait'] : ['→', 'plain'];
}

const toned = (text: string, tone: Tone, pen: Pen): string =>
  ({ good: pen.green, bad: pen.red, wait: pen.yellow, plain: (same: string) => same })[tone](text);

function whatIsLeft({ plan }: Report, words: Words, pen: Pen): string[] {
  const kept = plan.items
    .filter(({ verdict }) => verdict.decision === 'keep')
    .map(({ verdict }) => verdict.reason.code);
  const counts = [...new Set(kept)].map(code => ({ code, count: kept.filter(other => other === code).length }));
  const shown = counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ code, count }) => `${words.keptBy[code] ?? code} ${count}`);
  return shown.length > 0 ? [pen.dim(`${words.kept}: ${shown.join(' · ')}`)] : [];
}

function sums(report: Report, words: Words, pen: Pen): string[] {
  const totals = totalsOf(report);
  const order = ['act', 'done', 'ordered', 'skipped', 'failed', 'unknown', 'hold', 'keep'] as const;
  const counts = order.filter(name => totals[name] > 0).map(name => `${words.counts[name]} ${totals[name]}`);
  const looked = report.targets.filter(({ problem }) => problem === null).length;
  const acted = report.mode === 'apply' && report.plan.held.length === 0;
  const money = acted ? `${words.spent} ¥${cny(totals.spent)}` : `${words.planned} ¥${cny(totals.planned)}`;
  return [[words.seen(totals.seen, looked), ...counts, pen.bold(money)].join(' · ')];
}
