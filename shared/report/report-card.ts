import type { Card, CardButton, CardLine } from '../model/card.ts';
import { cny } from '../model/money.ts';
import type { PlanItem } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';
import { labelled, simpleCard, text } from './card.ts';
import { cardWords } from './card-words.ts';
import { unseenLines } from './eip-card.ts';
import { type Health, healthOf } from './health.ts';
import type { Lang } from './lang.ts';
import { cardId } from './plan-card.ts';
import { totalsOf } from './totals.ts';
import { reasonText, wordsFor } from './words.ts';

const MOST = 40;
const MARKS: Readonly<Record<Outcome['state'], string>> = {
  done: '✓',
  ordered: '…',
  skipped: '-',
  failed: '✗',
  unknown: '?',
};
const TONES: Readonly<Record<Health, Card['tone']>> = { ok: 'good', failed: 'bad', mistake: 'bad' };

/** Whether a run did, would do, holds or could not do anything: what leaves all as it is says nothing. */
export const isWorthTelling = (report: Report): boolean =>
  healthOf(report) !== 'ok' ||
  report.approval !== null ||
  report.plan.items.some(({ verdict }) => verdict.decision !== 'keep');

/** A report as a card: problems first, then every decision that is more than leaving things alone. */
export function reportCard(report: Report, buttons: readonly CardButton[], lang: Lang): Card {
  const { plan, asked, mode, applyAllowed, ledgerProblem, targets, approval } = report;
  const words = wordsFor(lang);
  const items = plan.items.filter(({ verdict }) => verdict.decision !== 'keep');
  const lines = [
    ...(ledgerProblem === null ? [] : [text(words.ledger(ledgerProblem))]),
    ...(asked === 'apply' && applyAllowed === false ? [text(words.notAllowed)] : []),
    ...unseenLines(targets, lang),
    ...(plan.held.length > 0 ? [text(words.held)] : []),
    ...items.slice(0, MOST).map(item => itemLine(item, report, lang)),
    ...(items.length > MOST ? [text(cardWords(lang).more(items.length - MOST))] : []),
  ];
  const health = healthOf(report);
  return simpleCard(lang, words.title(plan.function, mode), lines.length > 0 ? lines : [words.none], {
    tone: approval && health === 'ok' ? 'warning' : TONES[health],
    footer: sums(report, lang),
    buttons,
    id: cardId(plan.hash),
  });
}

function itemLine({ eip, verdict }: PlanItem, { outcomes, plan }: Report, lang: Lang): CardLine {
  const outcome = verdict.decision === 'act' ? outcomes.get(verdict.action.token) : undefined;
  const waits = verdict.decision === 'hold' || plan.held.length > 0 ? '!' : '→';
  const price = verdict.decision === 'act' ? ` · ¥${cny(verdict.action.price)}` : '';
  const why = reasonText(outcome?.reason ?? verdict.reason, wordsFor(lang));
  return labelled(`${outcome ? MARKS[outcome.state] : waits} ${eip.name || eip.id}`, `${eip.address} · ${why}${price}`);
}

/** The report in one line: the card's footer, and a line of a digest. */
export function sums(report: Report, lang: Lang): string {
  const words = wordsFor(lang);
  const totals = totalsOf(report);
  const names = ['act', 'done', 'ordered', 'skipped', 'failed', 'unknown', 'hold'] as const;
  const counts = names.filter(name => totals[name] > 0).map(name => `${words.counts[name]} ${totals[name]}`);
  const money =
    report.mode === 'apply' ? `${words.spent} ¥${cny(totals.spent)}` : `${words.planned} ¥${cny(totals.planned)}`;
  return [words.seen(totals.seen, report.targets.length, true), ...counts, money].join(' · ');
}
