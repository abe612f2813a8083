import type { RenewPolicy } from '../model/ask.ts';
import { type Eip, kindOf, type ResourceKind } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts, type Where } from '../model/facts.ts';
import { cny } from '../model/money.ts';
import type { PlanItem, Reason, Renew, Verdict } from '../model/plan.ts';
import { tokenOf } from '../model/token.ts';
import { exemption } from './exemption.ts';
import { daysUntil, expiryFacts, readableExpiry } from './expiry.ts';
import { planRebuys, rebuysToQuote } from './rebuys.ts';
import { hold, keep, type Settled } from './settled.ts';

type Judgement = Settled | { decision: 'due'; reason: Reason; expiresAt: Date };

/** What would be renewed, or bought again, if there were a price: the questions to ask before `planRenewals`. */
export function renewalsToQuote(facts: RegionFacts, policy: RenewPolicy, now: Date): Eip[] {
  const due = facts.eips.filter(eip => isRenewable(eip) && judge(eip, facts, policy, now).decision === 'due');
  return [...due, ...rebuysToQuote(facts, policy, now)];
}

/** Why it is left alone, where the list and its labels tell; traffic packages are judged together. */
export function renewalSettled(eip: Eip, where: Where, policy: RenewPolicy, now: Date): string | undefined {
  if (!isRenewable(eip)) return undefined;
  const { decision, reason } = judge(eip, where, policy, now);
  return decision === 'keep' ? reason.code : undefined;
}

const isRenewable = (eip: Eip): boolean => kindOf(eip) !== 'traffic-package';

/** What auto-renew has to see for a policy. */
export const kindsLookedAt = ({ resources, trafficPackage }: RenewPolicy): readonly ResourceKind[] =>
  trafficPackage ? [...resources, 'traffic-package'] : resources;

/** The verdict on everything of a region, in the order in which it was seen. */
export function planRenewals(
  facts: RegionFacts,
  quotes: ReadonlyMap<string, Quote>,
  policy: RenewPolicy,
  now: Date,
): PlanItem[] {
  const { account, region } = facts;
  const renewals = facts.eips.filter(isRenewable).map((eip): PlanItem => {
    const judged = judge(eip, facts, policy, now);
    const quote = quotes.get(eipKey(account, region, eip.id)) ?? { unavailable: 'not asked' };
    return { account, region, eip, verdict: withPrice(judged, facts, eip, quote, policy) };
  });
  return [...renewals, ...planRebuys(facts, quotes, policy, now)];
}

function judge(eip: Eip, facts: Where, policy: RenewPolicy, now: Date): Judgement {
  const outside = outOfScope(eip, facts, policy);
  if (outside) return outside;
  const expiry = readableExpiry(eip);
  if (!(expiry instanceof Date)) return expiry;
  return judgeTime(eip, expiry, policy, now) ?? judgeState(eip, expiry, facts, policy, now);
}

/** What auto-renew has no business with, in the order in which a person would want to hear it. */
function outOfScope(eip: Eip, facts: Where, policy: RenewPolicy): Settled | undefined {
  if (eip.status === 'DELETED') return keep('gone', { status: eip.status });
  if (eip.billing === 'on_demand') return keep('on-demand');
  const exempt = exemption(eip, facts, policy.exempt);
  if (exempt) return exempt;
  if (eip.packaged && !policy.includePackaged) return keep('packaged');
  if (!eip.bound && policy.onlyBound) return keep('unbound');
  return undefined;
}

/** Whether the time has come. */
function judgeTime(eip: Eip, expiry: Date, policy: RenewPolicy, now: Date): Settled | undefined {
  const left = daysUntil(expiry, now);
  const { daysLeft, expiresAt } = expiryFacts(expiry, now);
  if (eip.status === 'EXPIRED' && left > 0) return hold('expiry-contradicts-state', { status: eip.status, expiresAt });
  if (left > policy.withinDays) return keep('not-due', { daysLeft, expiresAt });
  const { notBeforeDays } = policy;
  if (notBeforeDays !== null && left > notBeforeDays) return keep('console-first', { daysLeft, notBeforeDays });
  return undefined;
}

const ORDERABLE = new Set(['ACTIVE', 'DOWN']);
const LAPSED = new Set(['EXPIRED', 'FREEZING']);

/** Whether an order can run and may be placed. A lapsed EIP's renewal starts a new term, so it needs a person's word. */
function judgeState(eip: Eip, expiresAt: Date, { labelled }: Where, policy: RenewPolicy, now: Date): Judgement {
  const facts = expiryFacts(expiresAt, now);
  const lapsed = LAPSED.has(eip.status) || (ORDERABLE.has(eip.status) && daysUntil(expiresAt, now) <= 0);
  if (!ORDERABLE.has(eip.status) && !lapsed) return hold('state', { status: eip.status });
  if (lapsed && policy.expired === 'hold') return hold(eip.status === 'FREEZING' ? 'frozen' : 'expired', facts);
  if ('unreadable' in labelled) return hold('labels-unreadable', { why: labelled.unreadable });
  return { decision: 'due', reason: { code: lapsed ? 'renew-expired' : 'due', facts }, expiresAt };
}

function withPrice(judged: Judgement, facts: RegionFacts, eip: Eip, quote: Quote, policy: RenewPolicy): Verdict {
  if (judged.decision !== 'due') return judged;
  const { reason, expiresAt } = judged;
  if ('unavailable' in quote)
    return { decision: 'hold', reason: { code: 'no-quote', facts: { why: quote.unavailable } } };
  const { account, region } = facts;
  const { cycle } = policy;
  // An EIP names no resource: its tokens are those that they always were.
  const resource = eip.resource === undefined || eip.resource === 'traffic-package' ? {} : { resource: eip.resource };
  const was = { account, region, eipId: eip.id, cycle, ...resource };
  const action: Renew = {
    kind: 'renew',
    ...was,
    price: quote.price,
    expects: { status: eip.status, bound: eip.bound, expiresAt },
    token: tokenOf('renew', { ...was, expiresAt }),
  };
  return { decision: 'act', reason: { ...reason, facts: { ...reason.facts, price: cny(quote.price) } }, action };
}
