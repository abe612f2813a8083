import type { RenewPolicy } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../model/facts.ts';
import { cny } from '../model/money.ts';
import type { PlanItem, Rebuy, Verdict } from '../model/plan.ts';
import { tokenOf } from '../model/token.ts';
import { hold } from './settled.ts';
import { judgePackages, type PackageJudgement } from './traffic-package.ts';

/** Which traffic packages would be bought again if there were a price. */
export const rebuysToQuote = (facts: RegionFacts, policy: RenewPolicy, now: Date): Eip[] =>
  judgePackages(facts, policy, now).flatMap(([eip, { decision }]) => (decision === 'due' ? [eip] : []));

/** The verdict on every traffic package of a region, in the order in which they were seen. */
export function planRebuys(
  facts: RegionFacts,
  quotes: ReadonlyMap<string, Quote>,
  policy: RenewPolicy,
  now: Date,
): PlanItem[] {
  const { account, region } = facts;
  return judgePackages(facts, policy, now).map(([eip, judged]) => {
    const quote = quotes.get(eipKey(account, region, eip.id)) ?? { unavailable: 'not asked' };
    return { account, region, eip, verdict: withPrice(judged, facts, quote) };
  });
}

/**
 * The token says which package is replaced, not what is left in it: that falls by the hour, and a second token would be a
 * second purchase. So one package is bought again once in its life.
 */
function withPrice(judged: PackageJudgement, { account, region }: RegionFacts, quote: Quote): Verdict {
  if (judged.decision !== 'due') return judged;
  if ('unavailable' in quote) return hold('no-quote', { why: quote.unavailable });
  const { eip, cycleType, sizeGb, expiresAt, alike } = judged.pack;
  const was = { account, region, eipId: eip.id, cycleType, sizeGb };
  const action: Rebuy = {
    kind: 'rebuy',
    ...was,
    price: quote.price,
    expects: { status: eip.status, bound: eip.bound, expiresAt, alike },
    token: tokenOf('rebuy', { ...was, expiresAt }),
  };
  const { code, facts } = judged.reason;
  return { decision: 'act', reason: { code, facts: { ...facts, price: cny(quote.price) } }, action };
}
