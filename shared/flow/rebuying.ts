import { flowPackageBuy } from '../ctyun/api/flow-package.ts';
import { listTrafficPackages, onePackage } from '../ctyun/traffic-packages.ts';
import type { Eip } from '../model/eip.ts';
import type { Rebuy } from '../model/plan.ts';
import type { Deed } from './deed.ts';
import { quoteRebuy } from './quote.ts';

/**
 * Buying a package once more. Nothing of the old package tells that it has happened: it has when there is a package of
 * the same size and cycle that was not there before.
 */
export function rebuying(action: Rebuy): Deed {
  const { region, expects, sizeGb, cycleType } = action;
  const newOnes = (eip: Eip | 'gone'): readonly string[] =>
    eip === 'gone' ? [] : (eip.traffic?.alike ?? []).filter(id => !expects.alike.includes(id));
  const isSame = ({ traffic }: Eip): boolean => traffic?.sizeGb === sizeGb && traffic.cycleType === cycleType;
  return {
    show: async client => {
      // Only the whole list tells which packages are alike, and so whether one has been bought.
      const all = await listTrafficPackages(client, region);
      return all.find(({ id }) => id === action.eipId) ?? 'gone';
    },
    quote: world => quoteRebuy(action, world),
    moved: eip => [
      ...(eip.expiresAt?.getTime() === expects.expiresAt.getTime() ? [] : ['expiry']),
      ...(isSame(eip) ? [] : ['size']),
      ...(newOnes(eip).length === 0 ? [] : ['packages']),
    ],
    isDone: eip => newOnes(eip).length > 0,
    order: async (client, token, until) =>
      (await client.call(flowPackageBuy, onePackage(region, cycleType, sizeGb), token, until)).orderId,
    done: eip => ({ code: 'rebought', facts: { sizeGb, before: action.eipId, after: newOnes(eip).join(', ') } }),
  };
}
