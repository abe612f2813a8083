import type { Mode } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { countOf, eipKey, type RegionFacts } from '../model/facts.ts';
import { ZERO } from '../model/money.ts';
import type { DnsFacts, MonthlyCost, OrphanPolicy, RegionMemory, Uses, Watch } from '../model/orphans.ts';
import type { PlanItem, Release, Verdict } from '../model/plan.ts';
import { tokenOf } from '../model/token.ts';
import { sighted } from './orphan-clock.ts';
import { guarded } from './orphan-guards.ts';
import { inventoryProblem } from './orphan-inventory.ts';
import { hold, type Judged } from './orphan-judged.ts';
import { kept, unfit } from './orphan-scope.ts';
import { idle } from './orphan-time.ts';
import { useOf } from './orphan-witnesses.ts';

/** All that is known of one region when it is judged. */
export type OrphanFacts = {
  readonly seen: RegionFacts;
  readonly uses: Uses;
  /** What the ledger kept; or why it could not be read. */
  readonly memory: RegionMemory | { readonly unreadable: string };
  readonly dns: DnsFacts;
  /** By EIP: what it costs in a month. */
  readonly costs: ReadonlyMap<string, MonthlyCost>;
};

/** The verdict on every EIP of a region, in the order in which they were seen. */
export function planReleases(facts: OrphanFacts, policy: OrphanPolicy, now: Date, mode: Mode): PlanItem[] {
  const { account, region, eips } = facts.seen;
  const inventory = { total: eips.length + countOf(facts.seen), unused: unusedOf(facts).length };
  const share = 'unreadable' in facts.memory ? null : facts.memory.share;
  const unsound = inventoryProblem(inventory, share, policy);
  return eips.map(eip => {
    const judged = judge(eip, facts, policy, now, mode, unsound);
    return { account, region, eip, verdict: verdictOf(judged, facts, eip, policy) };
  });
}

/** The EIPs of a region that no witness says is in use. */
export const unusedOf = ({ seen, uses }: Pick<OrphanFacts, 'seen' | 'uses'>): Eip[] =>
  seen.eips.filter(eip => !useOf(eip, uses) && eip.status !== 'DELETED');

/** Those whose names and prices are asked for: unused, and not left alone whatever happens. */
export const idleOf = (facts: Pick<OrphanFacts, 'seen' | 'uses'>, policy: OrphanPolicy): Eip[] =>
  unusedOf(facts).filter(eip => !kept(eip, facts.seen, policy));

function judge(
  eip: Eip,
  facts: OrphanFacts,
  policy: OrphanPolicy,
  now: Date,
  mode: Mode,
  unsound: ReturnType<typeof inventoryProblem>,
): Judged {
  const use = useOf(eip, facts.uses);
  if (use) return { decision: 'keep', reason: { code: 'in-use', facts: { ...use } } };
  const outside = kept(eip, facts.seen, policy) ?? guarded(eip, facts, policy) ?? unfit(eip, policy, now);
  if (outside) return outside;
  if (unsound) return { decision: 'hold', reason: unsound };
  if ('unreadable' in facts.memory) return hold('memory-unreadable', { why: facts.memory.unreadable });
  const watch = sighted(facts.memory.watched[eip.id], now, policy);
  return idle(eip, watch, facts.costs.get(eip.id) ?? null, policy, now, mode);
}

function verdictOf(judged: Judged, { seen }: OrphanFacts, eip: Eip, policy: OrphanPolicy): Verdict {
  if (judged.decision !== 'release') return judged;
  const action = releaseOf(seen, eip, judged.watch, policy);
  return { decision: 'act', reason: judged.reason, action };
}

/** The token is that of one idle period: what is bound and idle again is another. */
function releaseOf({ account, region }: RegionFacts, eip: Eip, { firstSeen }: Watch, policy: OrphanPolicy): Release {
  const { exempt, dns } = policy;
  const { names, resolvers, timeoutSeconds } = dns;
  const was = { account, region, eipId: eip.id };
  return {
    kind: 'release',
    ...was,
    price: ZERO,
    expects: { status: eip.status, bound: false, address: eip.address, updatedAt: eip.updatedAt, firstSeen },
    unless: { exempt, dns: { names, resolvers, timeoutSeconds } },
    token: tokenOf('release', { eip: eipKey(account, region, eip.id), address: eip.address, firstSeen }),
  };
}
