import type { Fen } from '../model/money.ts';
import type { PlanItem } from '../model/plan.ts';
import type { Outcome, Report, Spending } from '../model/report.ts';
import { totalsOf } from './totals.ts';

/** One figure, or one for each call. README.md beside this file says what each name means. */
export type Metric = {
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds' | 'Percent' | 'None';
  readonly values: readonly number[];
};

/** The tries of a run to call CTyun, repetitions included. `milliseconds`: of each, or of evenly chosen ones. */
export type Calls = {
  readonly tries: number;
  readonly throttled: number;
  readonly milliseconds: readonly number[];
};

const metric = (name: string, unit: Metric['unit'], value: number): Metric => ({ name, unit, values: [value] });
const count = (name: string, value: number): Metric => metric(name, 'Count', value);

/** What a run comes to. What a run cannot know is left out, never told as zero. */
export function runMetrics(report: Report, calls: Calls, runMs: number): readonly Metric[] {
  const { seen, act, hold, done, ordered, failed, unknown } = totalsOf(report);
  const heldWhole = report.plan.held.length > 0 && act > 0;
  const { planned, spent } = moneyOf(report);
  const share = spendOfCapPercent(report);
  const old = oldUnknownOrders(report);
  return [
    count('Looked', seen),
    count('Planned', act),
    count('Acted', done + ordered),
    count('Held', hold + (heldWhole ? act : 0)),
    count('HeldPlans', heldWhole ? 1 : 0),
    count('Failed', failed + report.targets.filter(({ problem }) => problem !== null).length),
    count('Unknown', unknown),
    count('HandedOver', report.targets.filter(isHandedOver).length),
    metric('PlannedCny', 'None', planned / 100),
    metric('SpentCny', 'None', spent / 100),
    ...(share === null ? [] : [metric('SpendOfCapPercent', 'Percent', share)]),
    ...(old === null ? [] : [count('UnknownOldOrders', old)]),
    count('ApiCalls', calls.tries),
    count('ApiThrottles', calls.throttled),
    ...(calls.milliseconds.length === 0
      ? []
      : [{ name: 'ApiMilliseconds', unit: 'Milliseconds' as const, values: calls.milliseconds }]),
    metric('RunMilliseconds', 'Milliseconds', runMs),
    count('Heartbeat', 1),
  ];
}

/** What a run comes to that only sends its targets to the queue: no heartbeat, for that is what their own runs tell. */
export const sentMetrics = (targets: number): readonly Metric[] => [count('HandedOver', targets)];

/** A target that the queue has now: another run looks at it. */
const isHandedOver = (target: object): boolean => 'handedOver' in target && target.handedOver === true;

const SETTLING = 'unsettled';
const isSettling = ({ verdict: { reason } }: PlanItem): boolean => reason.code === SETTLING;

/**
 * In fen. Of an order that an earlier run began, settle-orders tells only what that run could not: so that the sum over
 * all functions is what was spent.
 */
function moneyOf(report: Report): { planned: number; spent: number } {
  const told = new Set(
    report.plan.items.flatMap(({ verdict }) =>
      verdict.decision === 'act' && verdict.reason.facts.state === 'ORDERED' ? [verdict.action.token] : [],
    ),
  );
  const spent = [...report.outcomes].reduce((sum, [token, outcome]) => sum + (told.has(token) ? 0 : outcome.spent), 0);
  return { planned: report.plan.items.some(isSettling) ? 0 : totalsOf(report).planned, spent };
}

/** The highest share of a cap on money that is used, this run included; null where the ledger does not tell. */
function spendOfCapPercent({ spending, ledgerProblem, plan, outcomes }: Report): number | null {
  if (spending === undefined || ledgerProblem !== null || spending.committed.size === 0) return null;
  const used = plan.items.flatMap(({ account, verdict }) => {
    const outcome = verdict.decision === 'act' ? outcomes.get(verdict.action.token) : undefined;
    return verdict.decision === 'act' && outcome ? [{ account, fen: usedBy(outcome, verdict.action.price) }] : [];
  });
  return Math.max(...sharesOf(spending, used));
}

/** Money of an order that may have been placed stays aside. */
const usedBy = ({ state, spent }: Outcome, price: Fen): number =>
  state === 'unknown' ? Math.max(spent, price) : spent;

function sharesOf({ limits, committed }: Spending, used: readonly { account: string; fen: number }[]): number[] {
  const sum = (of: readonly { fen: number }[]): number => of.reduce((total, { fen }) => total + fen, 0);
  const ofAccounts = [...committed].flatMap(([account, { day, month }]) => {
    const now = sum(used.filter(each => each.account === account));
    return [percent(day + now, limits.maxSpendPerDay), percent(month + now, limits.maxSpendPerMonth)];
  });
  const dearest = Math.max(0, ...used.map(({ fen }) => fen));
  return [...ofAccounts, percent(sum(used), limits.maxSpendPerRun), percent(dearest, limits.maxSpendPerAction)];
}

/** Of a cap of nothing, anything is all of it. */
const percent = (used: number, cap: number): number => (cap > 0 ? (100 * used) / cap : used > 0 ? 100 : 0);

const OLD_MS = 3600_000;
const MAYBE_SENT: ReadonlySet<unknown> = new Set(['SENT', 'UNKNOWN']);
const TOLD: ReadonlySet<Outcome['state']> = new Set(['done', 'ordered', 'failed']);

/** Orders of which nobody can tell, begun more than an hour ago; null where the run did not look at open orders. */
function oldUnknownOrders({ plan, outcomes, mode, ledgerProblem }: Report): number | null {
  if (plan.function !== 'settle-orders' || mode === 'off' || ledgerProblem !== null) return null;
  return plan.items.filter(({ verdict }) => {
    if (verdict.decision !== 'act') return false;
    const { since, state } = verdict.reason.facts;
    const outcome = outcomes.get(verdict.action.token);
    const isUnknown = outcome?.state === 'unknown' || (MAYBE_SENT.has(state) && !(outcome && TOLD.has(outcome.state)));
    return isUnknown && plan.madeAt.getTime() - Date.parse(String(since)) > OLD_MS;
  }).length;
}

/** What one request, or one batch of the queue, comes to: what was waited for is counted, what the queue brought only where it failed. */
export function requestMetrics(answered: Answered, milliseconds: number): readonly Metric[] {
  if ('failedMessages' in answered) return [count('Failed', answered.failedMessages)];
  const { status } = answered;
  return [
    count('Requests', 1),
    count('Refused', status !== null && status >= 400 && status < 500 ? 1 : 0),
    count('Failed', status === null || status >= 500 ? 1 : 0),
    metric('RequestMilliseconds', 'Milliseconds', milliseconds),
  ];
}

/** `status` null: it threw, and the caller was told 500. */
export type Answered = { readonly status: number | null } | { readonly failedMessages: number };
