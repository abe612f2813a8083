import { cny, fenOf, sumFen } from '../model/money.ts';
import type { PlanItem } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Pen } from './pen.ts';
import type { Words } from './words.ts';

const IDLE: ReadonlySet<string> = new Set(['orphan', 'idle', 'idle-warned', 'seen-once']);

const isRelease = ({ verdict }: PlanItem): boolean => verdict.decision === 'act' && verdict.action.kind === 'release';

/** What some idle EIPs cost in a month, in CNY; `unknown` of them have no price. */
export function monthlyOf(items: readonly PlanItem[]): { readonly perMonth: string; readonly unknown: number } {
  const prices = items.map(({ verdict }) => verdict.reason.facts.perMonth);
  const known = prices.filter(price => typeof price === 'string').map(price => fenOf(price));
  return { perMonth: cny(sumFen(known)), unknown: prices.length - known.length };
}

/** What a person must know before an address is given back, and how to keep one. */
export function releaseNotes({ plan, outcomes }: Report, words: Words, pen: Pen): string[] {
  const idle = plan.items.filter(({ verdict }) => IDLE.has(verdict.reason.code));
  if (idle.length === 0) return [];
  const releases = idle.filter(isRelease);
  const done = releases.filter(
    ({ verdict }) => verdict.decision === 'act' && outcomes.get(verdict.action.token)?.state === 'done',
  );
  return [
    words.releases.idle(idle.length, monthlyOf(idle)),
    ...(releases.length > 0 && done.length < releases.length
      ? [pen.yellow(`! ${words.releases.noUndo(releases.length, monthlyOf(releases))}`)]
      : []),
    ...(done.length > 0 ? [words.releases.saved(done.length, monthlyOf(done))] : []),
    pen.dim(words.releases.keep),
  ];
}
