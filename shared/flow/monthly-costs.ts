import { queryMonthlyCost } from '../ctyun/hourly-price.ts';
import type { Eip } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { MonthlyCost } from '../model/orphans.ts';
import { unseen } from './problem.ts';
import type { World } from './world.ts';

/** Paid by the hour of its own bandwidth: no other kind has a price that a query tells. */
const isPriced = ({ billing, bandwidthType, sharedBandwidthId, bandwidthMbps }: Eip): boolean =>
  billing === 'on_demand' && bandwidthType !== 'upflowc' && sharedBandwidthId === null && bandwidthMbps !== null;

/** What idle EIPs cost in a month, by id; one question for each bandwidth. What cannot be told is null, never a guess. */
export async function monthlyCosts(
  { account, region }: RegionFacts,
  idle: readonly Eip[],
  world: World,
): Promise<ReadonlyMap<string, MonthlyCost>> {
  const asked = new Map<number, Promise<MonthlyCost>>();
  const costOf = (mbps: number): Promise<MonthlyCost> => {
    const cost = asked.get(mbps) ?? monthlyCost(account, region, mbps, world);
    asked.set(mbps, cost);
    return cost;
  };
  const costs = idle.map(
    async eip =>
      [eip.id, isPriced(eip) && eip.bandwidthMbps !== null ? await costOf(eip.bandwidthMbps) : null] as const,
  );
  return new Map(await Promise.all(costs));
}

async function monthlyCost(account: string, region: string, mbps: number, world: World): Promise<MonthlyCost> {
  try {
    return await world.clientOf(account).call(queryMonthlyCost, {
      regionID: region,
      name: 'price-query',
      cycleType: 'on_demand',
      bandwidth: mbps,
      demandBillingType: 'bandwidth',
    });
  } catch (error) {
    return unseen(error, null);
  }
}
