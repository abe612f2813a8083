import type { Ask, Exempt, RenewPolicy } from '../model/ask.ts';
import type { Quote, RegionFacts } from '../model/facts.ts';
import type { PlanItem } from '../model/plan.ts';
import { readRenewAsk } from '../plan/auto-renew.ask.ts';
import { planRenewals, renewalsToQuote } from '../plan/auto-renew.ts';
import { quoteRenewals } from './quote.ts';
import type { World } from './world.ts';

/** One function of the product: how its ask is read, what it needs to know, what its rules say. */
export type Job<Policy> = {
  readonly name: string;
  /** @throws RejectedRequest naming every problem */
  readonly readAsk: (input: unknown) => Ask<Policy>;
  readonly exempt: (policy: Policy) => Exempt;
  /** Asks for the prices that the rules will need. */
  readonly quote: (
    facts: readonly RegionFacts[],
    policy: Policy,
    now: Date,
    world: World,
  ) => Promise<ReadonlyMap<string, Quote>>;
  readonly plan: (facts: RegionFacts, quotes: ReadonlyMap<string, Quote>, policy: Policy, now: Date) => PlanItem[];
  /** How long an order is waited for. */
  readonly settleWithinSeconds: (policy: Policy) => number;
};

/** Keeps periodic EIPs from expiring. */
export const autoRenew: Job<RenewPolicy> = {
  name: 'auto-renew',
  readAsk: readRenewAsk,
  exempt: policy => policy.exempt,
  quote: (seen, policy, now, world) => {
    const due = seen.flatMap(facts => renewalsToQuote(facts, policy, now).map(eip => ({ facts, eip })));
    return quoteRenewals(due, policy.cycle, world);
  },
  plan: planRenewals,
  settleWithinSeconds: policy => policy.settleWithinSeconds,
};
