import { queryModifyPrice, queryRenewPrice } from '../ctyun/prices.ts';
import type { Cycle } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../model/facts.ts';
import type { Fen } from '../model/money.ts';
import type { Resize } from '../model/plan.ts';
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
export const quoteRenewal = (
  { account, region, eipId, cycle }: { account: string; region: string; eipId: string; cycle: Cycle },
  world: World,
): Promise<Quote> =>
  quoted(
    world.clientOf(account).call(queryRenewPrice, {
      regionID: region,
      eipID: eipId,
      cycleType: cycle.type,
      cycleCount: cycle.count,
    }),
  );

/** The price of another bandwidth: what is paid at once. */
export const quoteResize = (
  { account, region, eipId, toMbps }: Pick<Resize, 'account' | 'region' | 'eipId' | 'toMbps'>,
  world: World,
): Promise<Quote> =>
  quoted(world.clientOf(account).call(queryModifyPrice, { regionID: region, eipID: eipId, bandwidth: toMbps }));

/** Asks what each new bandwidth would cost, by `eipKey`. */
export async function quoteResizes(
  questions: readonly Parameters<typeof quoteResize>[0][],
  world: World,
): Promise<ReadonlyMap<string, Quote>> {
  const answers = await withProgress(world, 'quote', questions, async question => {
    const { account, region, eipId } = question;
    return [eipKey(account, region, eipId), await quoteResize(question, world)] as const;
  });
  return new Map(answers);
}

async function quoted(asking: Promise<Fen>): Promise<Quote> {
  try {
    return { price: await asking };
  } catch (error) {
    return { unavailable: whyOf(error) };
  }
}
