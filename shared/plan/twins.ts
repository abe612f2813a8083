import type { RegionFacts } from '../model/facts.ts';
import type { PlanItem } from '../model/plan.ts';

/**
 * Holds an EIP that is seen through more than one account: two accounts whose secrets hold the same key would each buy
 * its renewal, with tokens of their own.
 *
 * @param seen whose counted EIPs have been seen, too, though they are not among the items
 */
export function holdTwins(items: readonly PlanItem[], seen: readonly RegionFacts[] = []): PlanItem[] {
  const seenBy = new Map<string, Set<string>>();
  for (const { account, region, eip } of items) {
    const key = `${region}/${eip.id}`;
    seenBy.set(key, (seenBy.get(key) ?? new Set()).add(account));
  }
  return items.map(item => {
    if (item.verdict.decision !== 'act') return item;
    const counting = seen.filter(({ region, counted }) => region === item.region && counted?.ids.has(item.eip.id));
    const listing = seenBy.get(`${item.region}/${item.eip.id}`) ?? new Set();
    const accounts = new Set([...listing, ...counting.map(({ account }) => account)]);
    if (accounts.size < 2) return item;
    const facts = { accounts: [...accounts].toSorted().join(', ') };
    return { ...item, verdict: { decision: 'hold', reason: { code: 'seen-twice', facts } } };
  });
}
