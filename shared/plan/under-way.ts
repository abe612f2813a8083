import { eipKey } from '../model/facts.ts';
import type { Intent } from '../model/intent.ts';
import type { PlanItem } from '../model/plan.ts';

/**
 * Holds an EIP on which an order runs: one of ours that is not settled, or one that we met and that is not ours. Only one
 * thing at a time is done to an EIP.
 */
export function holdUnderWay(items: readonly PlanItem[], open: readonly Intent[]): PlanItem[] {
  const running = new Map(open.map(intent => [keyOf(intent.action), intent]));
  return items.map(item => {
    const intent = running.get(keyOf({ ...item, eipId: item.eip.id }));
    if (!intent || item.verdict.decision !== 'act') return item;
    const { state, orderId, createdAt } = intent;
    const code = state === 'BLOCKED' ? 'other-order' : 'under-way';
    const facts = { state, orderId, since: createdAt.toISOString() };
    return { ...item, verdict: { decision: 'hold', reason: { code, facts } } };
  });
}

const keyOf = ({ account, region, eipId }: { account: string; region: string; eipId: string }): string =>
  eipKey(account, region, eipId);
