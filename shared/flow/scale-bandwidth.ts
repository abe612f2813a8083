import { eipKey, type RegionFacts } from '../model/facts.ts';
import type { ScalePolicy } from '../model/scale.ts';
import { type Known, planSizes, sizeSettled, sizesToQuote, toMeasure } from '../plan/scale-bandwidth.ts';
import { nothing, type Rules } from './decide.ts';
import { observeLoads } from './loads.ts';
import { quoteResizes } from './quote.ts';
import { resizing } from './resizing.ts';
import { noteSizes, recallSizes } from './sizes.ts';

/**
 * Gives EIPs the bandwidth that their traffic needs.
 *
 * @param names ids and addresses that an alarm names: where they name an EIP that is seen, only those are looked at
 */
export const scaleRules = (names: readonly string[] = []): Rules<ScalePolicy> => ({
  name: 'scale-bandwidth',
  deeds: { resize: resizing },
  exempt: policy => policy.exempt,
  settles: async (policy, _now, accounts, world) => {
    // Which EIPs an alarm names is known when all have been seen.
    if (names.length > 0) return () => undefined;
    const memories = await recallSizes(accounts, world);
    return (eip, where) => sizeSettled(eip, where, memories, policy);
  },
  judge: async (seen, policy, now, world, mode) => {
    const memories = await recallSizes([...new Set(seen.map(({ account }) => account))], world);
    const named = namedOf(seen, names);
    const measured = seen.map(facts => ({ ...facts, eips: toMeasure(facts, named, policy) }));
    const known: Known = { memories, named, loads: await observeLoads(measured, policy, now, world) };
    const wanted = seen.flatMap(facts => {
      const { account, region } = facts;
      return sizesToQuote(facts, known, policy, now).map(size => ({ account, region, ...size }));
    });
    const quotes = await quoteResizes(wanted, world);
    const items = seen.flatMap(facts => planSizes(facts, known, quotes, policy, now));
    const note = (): Promise<void> => noteSizes(items, now, world);
    return { items, before: mode === 'apply' ? note : nothing, after: nothing };
  },
  settleWithinSeconds: policy => policy.settleWithinSeconds,
});

/** An alarm that names nothing that is seen is a reason to look at everything. */
function namedOf(seen: readonly RegionFacts[], names: readonly string[]): Known['named'] {
  const wanted = new Set(names);
  const keys = seen.flatMap(({ account, region, eips }) =>
    eips
      .filter(({ id, address }) => wanted.has(id) || wanted.has(address))
      .map(({ id }) => eipKey(account, region, id)),
  );
  return keys.length > 0 ? new Set(keys) : null;
}
