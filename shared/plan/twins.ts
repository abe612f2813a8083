import type { PlanItem } from '../model/plan.ts';

/**
 * Holds an EIP that is seen through more than one account: two accounts whose secrets hold the same key would each buy
 * its renewal, with tokens of their own.
 */
export function holdTwins(items: readonly PlanItem[]): PlanItem[] {
  const seenBy = new Map<string, Set<string>>();
  for (const { account, region, eip } of items) {
    const key = `${region}/${eip.id}`;
    seenBy.set(key, (seenBy.get(key) ?? new Set()).add(account));
  }
  return items.map(item => {
    const accounts = seenBy.get(`${item.region}/${item.eip.id}`) ?? new Set();
    if (accounts.size < 2 || item.verdict.decision !== 'act') return item;
    const facts = { accounts: [...accounts].toSorted().join(', ') };
    return { ...item, verdict: { decision: 'hold', reason: { code: 'seen-twice', facts } } };
  });
}
