import { queryRenewPrice } from '../ctyun/prices.ts';
import type { Cycle } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../model/facts.ts';
import { whyOf } from './problem.ts';
import { type World, withProgress } from './world.ts';

type Question = { readonly facts: RegionFacts; readonly eip: Eip };

/** Asks what each renewal would cost. An EIP without an answer is held by the rules, alone. */
export async function quoteRenewals(
  questions: readonly Question[],
  cycle: Cycle,
  world: World,
): Promise<ReadonlyMap<string, Quote>> {
  const answers = await withProgress(world, 'quote', questions, async ({ facts: { account, region }, eip }) => {
    const quote = await quoteRenewal({ account, region, eipId: eip.id, cycle }, world);
    return [eipKey(account, region, eip.id), quote] as const;
  });
  return new Map(answers);
}

/** The price of one renewal, or why there is none. */
export async function quoteRenewal(
  change: { account: string; region: string; eipId: string; cycle: Cycle },
  world: World,
): Promise<Quote> {
  try {
    const price = await world.clientOf(change.account).call(queryRenewPrice, {
      regionID: change.region,
      eipID: change.eipId,
      cycleType: change.cycle.type,
      cycleCount: change.cycle.count,
    });
    return { price };
  } catch (error) {
    return { unavailable: whyOf(error) };
  }
}
