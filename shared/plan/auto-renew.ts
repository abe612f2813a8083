import type { RenewPolicy } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../model/facts.ts';
import { cny } from '../model/money.ts';
import type { PlanItem, Reason, Renew, Verdict } from '../model/plan.ts';
import { tokenOf } from '../model/token.ts';
import { matchingPattern } from './names.ts';

const DAY_MS = 24 * 3600_000;

type Settled = { decision: 'keep' | 'hold'; reason: Reason };
type Judgement = Settled | { decision: 'due'; reason: Reason; expiresAt: Date };

const keep = (code: string, facts: Reason['facts'] = {}): Settled => ({ decision: 'keep', reason: { code, facts } });
const hold = (code: string, facts: Reason['facts'] = {}): Settled => ({ decision: 'hold', reason: { code, facts } });

/** Which EIPs would be renewed if there were a price: the questions to ask before `planRenewals`. */
export function renewalsToQuote(facts: RegionFacts, policy: RenewPolicy, now: Date): Eip[] {
  return facts.eips.filter(eip => judge(eip, facts, policy, now).decision === 'due');
}

/** The verdict on every EIP of a region, in the order in which they were seen. */
export function planRenewals(
  facts: RegionFacts,
  quotes: ReadonlyMap<string, Quote>,
  policy: RenewPolicy,
  now: Date,
): PlanItem[] {
  const { account, region } = facts;
  return facts.eips.map(eip => {
    const judged = judge(eip, facts, policy, now);
    const quote = quotes.get(eipKey(account, region, eip.id)) ?? { unavailable: 'not asked' };
    return { account, region, eip, verdict: withPrice(judged, facts, eip, quote, policy) };
  });
}

function judge(eip: Eip, facts: RegionFacts, policy: RenewPolicy, now: Date): Judgement {
  const outside = outOfScope(eip, facts, policy);
  if (outside) return outside;
  const expiry = readableExpiry(eip);
  if (!(expiry instanceof Date)) return expiry;
  return judgeTime(eip, expiry, policy, now) ?? judgeState(eip, expiry, facts, policy, now);
}

/** What auto-renew has no business with, in the order in which a person would want to hear it. */
function outOfScope(eip: Eip, { labelled }: RegionFacts, policy: RenewPolicy): Settled | undefined {
  if (eip.status === 'DELETED') return keep('gone', { status: eip.status });
  if (eip.billing === 'on_demand') return keep('on-demand');
  const pattern = matchingPattern(eip.name, policy.exempt.names);
  if (pattern !== undefined) return keep('exempt-name', { pattern });
  if (hasLabel(eip, labelled)) return keep('exempt-label');
  if (eip.packaged && !policy.includePackaged) return keep('packaged');
  if (!eip.bound && policy.onlyBound) return keep('unbound');
  return undefined;
}

// The label calls name a resource by an id that is not documented further: either id of an EIP counts.
const hasLabel = (eip: Eip, labelled: RegionFacts['labelled']): boolean =>
  !('unreadable' in labelled) && (labelled.has(eip.id) || (eip.resourceId !== null && labelled.has(eip.resourceId)));

/** The expiry of a periodic EIP, or why it is not believed. */
function readableExpiry(eip: Eip): Date | Settled {
  if (eip.billing === 'unknown') return hold('billing-unknown');
  if (eip.expiryText === null || eip.expiryText === '') return hold('expiry-missing');
  return eip.expiresAt ?? hold('expiry-unreadable', { text: eip.expiryText });
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
function judgeState(eip: Eip, expiresAt: Date, { labelled }: RegionFacts, policy: RenewPolicy, now: Date): Judgement {
  const facts = expiryFacts(expiresAt, now);
  const lapsed = LAPSED.has(eip.status) || (ORDERABLE.has(eip.status) && daysUntil(expiresAt, now) <= 0);
  if (!ORDERABLE.has(eip.status) && !lapsed) return hold('state', { status: eip.status });
  if (lapsed && policy.expired === 'hold') return hold(eip.status === 'FREEZING' ? 'frozen' : 'expired', facts);
  if ('unreadable' in labelled) return hold('labels-unreadable', { why: labelled.unreadable });
  return { decision: 'due', reason: { code: lapsed ? 'renew-expired' : 'due', facts }, expiresAt };
}

const daysUntil = (expiresAt: Date, now: Date): number => (expiresAt.getTime() - now.getTime()) / DAY_MS;

/** For people: days with two decimals. Decisions are taken on the exact figure. */
const expiryFacts = (expiresAt: Date, now: Date) => ({
  daysLeft: Math.round(daysUntil(expiresAt, now) * 100) / 100,
  expiresAt: expiresAt.toISOString(),
});

function withPrice(judged: Judgement, facts: RegionFacts, eip: Eip, quote: Quote, policy: RenewPolicy): Verdict {
  if (judged.decision !== 'due') return judged;
  const { reason, expiresAt } = judged;
  if ('unavailable' in quote)
    return { decision: 'hold', reason: { code: 'no-quote', facts: { why: quote.unavailable } } };
  const { account, region } = facts;
  const { cycle } = policy;
  const was = { account, region, eipId: eip.id, cycle };
  const action: Renew = {
    kind: 'renew',
    ...was,
    price: quote.price,
    expects: { status: eip.status, bound: eip.bound, expiresAt },
    token: tokenOf('renew', { ...was, expiresAt }),
  };
  return { decision: 'act', reason: { ...reason, facts: { ...reason.facts, price: cny(quote.price) } }, action };
}
