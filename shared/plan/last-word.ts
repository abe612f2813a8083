import type { Eip } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { DnsFacts, Uses, Watch } from '../model/orphans.ts';
import type { Reason, Release } from '../model/plan.ts';
import { guarded } from './orphan-guards.ts';
import { kept } from './orphan-scope.ts';
import { useOf } from './orphan-witnesses.ts';

/** What everybody says right before a release. */
export type LastFacts = {
  readonly labelled: RegionFacts['labelled'];
  readonly uses: Uses;
  readonly dns: DnsFacts;
  /** What the ledger remembers of the EIP by now. */
  readonly watch: Watch | undefined;
};

/** What forbids a release at the last moment, or undefined. The same rules as those of the plan, on fresh facts. */
export function lastWord(eip: Eip, { labelled, uses, dns, watch }: LastFacts, action: Release): Reason | undefined {
  const { account, region, unless, expects } = action;
  const seen = { account, region, eips: [eip], labelled };
  const use = useOf(eip, uses);
  if (use) return { code: 'in-use', facts: { ...use } };
  const said = kept(eip, seen, unless) ?? guarded(eip, { seen, uses, dns }, unless);
  if (said) return said.reason;
  // A run in between may have seen it in use: then its clock started again.
  const same = watch?.firstSeen.getTime() === expects.firstSeen.getTime();
  return same ? undefined : { code: 'changed', facts: { what: 'idle period' } };
}
