import type { Ask, RenewPolicy } from '../model/ask.ts';
import type { OrphanPolicy } from '../model/orphans.ts';
import type { Report } from '../model/report.ts';
import type { ScalePolicy } from '../model/scale.ts';
import { readRenewAsk } from '../plan/auto-renew.ask.ts';
import { kindsLookedAt, planRenewals, renewalSettled, renewalsToQuote } from '../plan/auto-renew.ts';
import { useSettled } from '../plan/orphan-witnesses.ts';
import { readOrphansAsk } from '../plan/release-orphans.ask.ts';
import { readScaleAsk } from '../plan/scale-bandwidth.ask.ts';
import { readSettleAsk, type SettlePolicy } from '../plan/settle-orders.ask.ts';
import { ALL_DEEDS } from './all-deeds.ts';
import type { Rules } from './decide.ts';
import type { Deeds } from './deed.ts';
import { judgeOrphans } from './orphans.ts';
import { quoteRenewals } from './quote.ts';
import { rebuying } from './rebuying.ts';
import { releasing } from './releasing.ts';
import { renewing } from './renewing.ts';
import { listerOf } from './resources.ts';
import { run } from './run.ts';
import { scaleRules } from './scale-bandwidth.ts';
import { settleOrders } from './settle-orders.ts';
import type { World } from './world.ts';

/** One function of the product: how its ask is read, and what it does. */
export type Job<Policy> = {
  readonly name: string;
  /** @throws RejectedRequest naming every problem */
  readonly readAsk: (input: unknown) => Ask<Policy>;
  /** The kinds of action that it takes and finishes. */
  readonly deeds: Deeds;
  /** What a message of a fan-out is about: a region, or where nothing is listed by region, an account. */
  readonly spread: 'regions' | 'accounts';
  readonly run: (ask: Ask<Policy>, world: World) => Promise<Report>;
};

/** Finishes what the other functions began. */
export const settle: Job<SettlePolicy> = {
  name: 'settle-orders',
  readAsk: readSettleAsk,
  deeds: ALL_DEEDS,
  spread: 'accounts',
  run: settleOrders,
};

const jobOf = <Policy>(readAsk: Job<Policy>['readAsk'], rules: Rules<Policy>): Job<Policy> => ({
  name: rules.name,
  readAsk,
  deeds: rules.deeds,
  spread: 'regions',
  run: (ask, world) => run(rules, ask, world),
});

/** Keeps periodic EIPs from expiring; where asked to, bandwidths too, and traffic packages from running out. */
export const autoRenew = /* @__PURE__ */ jobOf<RenewPolicy>(readRenewAsk, {
  name: 'auto-renew',
  exempt: policy => policy.exempt,
  lists: policy => kindsLookedAt(policy).map(listerOf),
  settles: async (policy, now) => (eip, where) => renewalSettled(eip, where, policy, now),
  deeds: { renew: renewing, rebuy: rebuying },
  judge: async (seen, policy, now, world) => {
    const due = seen.flatMap(facts => renewalsToQuote(facts, policy, now).map(eip => ({ facts, eip })));
    const quotes = await quoteRenewals(due, policy.cycle, world);
    return seen.flatMap(facts => planRenewals(facts, quotes, policy, now));
  },
  settleWithinSeconds: policy => policy.settleWithinSeconds,
});

/** Raises an EIP's bandwidth when it runs near its limit, and brings it back. @param names what an alarm names */
export const scaleOnAlarm = (names: readonly string[]): Job<ScalePolicy> => jobOf(readScaleAsk, scaleRules(names));
export const scaleBandwidth: Job<ScalePolicy> = /* @__PURE__ */ scaleOnAlarm([]);

/** Gives back on-demand EIPs that nothing uses, after a grace and a warning. */
export const releaseOrphans = /* @__PURE__ */ jobOf<OrphanPolicy>(readOrphansAsk, {
  name: 'release-orphans',
  deeds: { release: releasing },
  exempt: policy => policy.exempt,
  settles: async () => useSettled,
  judge: judgeOrphans,
  settleWithinSeconds: policy => policy.settleWithinSeconds,
});
