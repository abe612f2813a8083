import { flowPackageQueryPrice } from '../ctyun/api/flow-package.ts';
import { queryModifyPrice } from '../ctyun/prices.ts';
import { onePackage } from '../ctyun/traffic-packages.ts';
import type { Cycle } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../model/facts.ts';
import type { Fen } from '../model/money.ts';
import type { Rebuy, Renew, Resize } from '../model/plan.ts';
import { whyOf } from './problem.ts';
import { RENEWABLE } from './resources.ts';
import { type World, withProgress } from './world.ts';

type Question = { readonly facts: RegionFacts; readonly eip: Eip };

/**
 * Asks what each renewal would cost, and each traffic package that is to be bought again. What has no answer is held by
 * the rules, alone.
 */
export async function quoteRenewals(
  questions: readonly Question[],
  cycle: Cycle,
  world: World,
): Promise<ReadonlyMap<string, Quote>> {
  const answers = await withProgress(world, 'quote', questions, async question => {
    const { account, region } = question.facts;
    return [eipKey(account, region, question.eip.id), await quoteOf(question, cycle, world)] as const;
  });
  return new Map(answers);
}

function quoteOf({ facts: { account, region }, eip }: Question, cycle: Cycle, world: World): Promise<Quote> {
  const { resource, traffic } = eip;
  if (resource !== 'traffic-package') return quoteRenewal({ account, region, eipId: eip.id, cycle, resource }, world);
  const { cycleType = null, sizeGb = null } = traffic ?? {};
  // The rules buy no package whose size they do not know.
  if (cycleType === null || sizeGb === null) return Promise.resolve({ unavailable: 'the size is not known' });
  return quoteRebuy({ account, region, cycleType, sizeGb }, world);
}

type Renewal = Pick<Renew, 'account' | 'region' | 'eipId' | 'cycle'> & {
  readonly resource?: Renew['resource'] | undefined;
};

/** The price of one renewal, or why there is none. */
export const quoteRenewal = ({ account, cycle, resource, ...at }: Renewal, world: World): Promise<Quote> =>
  quoted(RENEWABLE[resource ?? 'eip'].quote(world.clientOf(account), at, cycle));

/** The price of a traffic package of a size, or why there is none. */
export const quoteRebuy = (
  { account, region, cycleType, sizeGb }: Pick<Rebuy, 'account' | 'region' | 'cycleType' | 'sizeGb'>,
  world: World,
): Promise<Quote> => {
  const wanted = { ...onePackage(region, cycleType, sizeGb), resourceType: 'flow_pkg' } as const;
  return quoted(world.clientOf(account).call(flowPackageQueryPrice, wanted));
};

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
