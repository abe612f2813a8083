import { kindOf, type Traffic } from '../model/eip.ts';
import { cny, type Fen } from '../model/money.ts';
import type { Action, CrossedCap, PlanItem, Reason } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';
import { healthOf } from './health.ts';
import { keptOf, totalsOf, unlistedOf } from './totals.ts';

/** The JSON report; its fields are documented in README.md beside this file and only ever added to. */
export type ReportJson = ReturnType<typeof reportJson>;

/** The report as JSON-ready data: instants in ISO 8601 (UTC), money in CNY as decimal strings. */
export function reportJson(report: Report) {
  const { asked, mode, applyAllowed, ledgerProblem, slot, targets, plan, approval, outcomes } = report;
  const { planned, spent, ...counts } = totalsOf(report);
  return {
    schema: 'eip-autopilot/report/1',
    function: plan.function,
    asked,
    mode,
    applyAllowed: applyAllowed !== false,
    health: healthOf(report),
    now: plan.madeAt.toISOString(),
    slot,
    ledgerProblem,
    approval,
    plan: { hash: plan.hash, expiresAt: plan.expiresAt.toISOString(), held: plan.held.map(capJson) },
    totals: { ...counts, planned: cny(planned), spent: cny(spent) },
    kept: Object.fromEntries(keptOf(plan)),
    unlisted: unlistedOf(plan),
    targets: targets.map(({ account, region, regionName, seen, problem, slot: taken, handedOver }) => ({
      account,
      region,
      regionName,
      seen,
      problem,
      slot: taken ?? null,
      handedOver: handedOver ?? false,
    })),
    items: plan.items.map(item => itemJson(item, outcomes)),
  };
}

/** A fact that is itself a `code` (CTyun's, or the network's) is told as `errorCode`, so that neither hides the other. */
function reasonJson({ code, facts: { code: errorCode, ...facts } }: Reason) {
  return { code, ...facts, ...(errorCode === undefined ? {} : { errorCode }) };
}

const capJson = ({ cap, unit, limit, wanted, account }: CrossedCap) =>
  unit === 'fen'
    ? { cap, unit: 'CNY' as const, limit: cny(limit as Fen), wanted: cny(wanted as Fen), account: account ?? null }
    : { cap, unit, limit, wanted, account: account ?? null };

function itemJson({ account, region, eip, verdict }: PlanItem, outcomes: Report['outcomes']) {
  const action = verdict.decision === 'act' ? verdict.action : null;
  const outcome = action ? outcomes.get(action.token) : undefined;
  return {
    account,
    region,
    eip: {
      resource: kindOf(eip),
      id: eip.id,
      name: eip.name,
      address: eip.address,
      status: eip.status,
      billing: eip.billing,
      bound: eip.bound,
      expiresAt: eip.expiresAt?.toISOString() ?? null,
      bandwidthMbps: eip.bandwidthMbps,
      traffic: eip.traffic ? trafficJson(eip.traffic) : null,
    },
    decision: verdict.decision,
    reason: reasonJson(verdict.reason),
    action: action && actionJson(action),
    outcome: outcome ? outcomeJson(outcome) : null,
  };
}

const trafficJson = ({ cycleType, sizeGb, leftGb }: Traffic) => ({ cycleType, sizeGb, leftGb });

function actionJson({ kind, token, price, ...action }: Action) {
  const common = { kind, token, price: cny(price) };
  if ('cycle' in action) return { ...common, cycle: action.cycle };
  if ('sizeGb' in action) return { ...common, cycleType: action.cycleType, sizeGb: action.sizeGb };
  if ('unless' in action) return { ...common, irreversible: true };
  if (!('toMbps' in action)) return common;
  const { toMbps, baselineMbps, expects } = action;
  return { ...common, fromMbps: expects.bandwidthMbps, toMbps, baselineMbps };
}

const outcomeJson = ({ state, reason, orderId, spent, expiresAt }: Outcome) => ({
  state,
  reason: reasonJson(reason),
  orderId,
  spent: cny(spent),
  expiresAt: expiresAt?.toISOString() ?? null,
});
