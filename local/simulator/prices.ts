/** What things cost. A made-up price book: figures are plausible, not CTyun's. */
import { eipNotFound, failure, PLACEHOLDER, success } from './answers.ts';
import type { Call, Params, Route } from './route.ts';
import type { Prices } from './state.ts';

const round = (cny: number): number => Math.round(cny * 100) / 100;

/** CNY for a bandwidth over a term. */
export function termPrice(prices: Prices, mbps: number, cycleType: string, count: number): number {
  const low = Math.min(mbps, prices.tierMbps) * prices.perMbpsMonth;
  const high = Math.max(0, mbps - prices.tierMbps) * prices.perMbpsMonthAbove;
  return round((low + high) * (cycleType === 'year' ? prices.monthsPerYear : 1) * count);
}

/** CNY for the change that an order's parameters describe, at today's discount; NaN where it has no price. */
export function changePrice(call: Call, path: string): number {
  const { cloud, account, params } = call;
  const { prices } = cloud.state;
  const factor = Number(call.fault('price-changes')?.factor ?? 1) * prices.discount;
  const eip = cloud.eip(account, params.regionID, params.eipID);
  const term = (mbps: unknown): number =>
    termPrice(prices, Number(mbps), String(params.cycleType), Number(params.cycleCount ?? 1));
  if (path.endsWith('create') || path.endsWith('create-price')) {
    const mbps = Number(params.bandwidth ?? 1);
    return round((params.cycleType === 'on_demand' ? mbps * prices.perMbpsHour : term(mbps)) * factor);
  }
  if (path.includes('modify')) {
    const added = Math.max(0, Number(params.bandwidth) - Number(eip?.bandwidth));
    const month =
      termPrice(prices, Number(eip?.bandwidth) + added, 'month', 1) -
      termPrice(prices, Number(eip?.bandwidth), 'month', 1);
    return eip?.billingMethod === 'on_demand' ? 0 : round(month * factor);
  }
  return path.includes('renew') ? round(term(eip?.bandwidth) * factor) : 0;
}

function quote(call: Call, path: string) {
  const total = changePrice(call, path);
  if (call.fault('price-error') || Number.isNaN(total)) return failure(PLACEHOLDER.price, 'no price');
  const prices = { totalPrice: total, finalPrice: total };
  const orderItemPrices = [{ resourceType: 'NETWORK', ...prices }];
  return success({
    discountPrice: total,
    ...prices,
    subOrderPrices: [{ ...prices, serviceTag: 'OVMS', orderItemPrices }],
  });
}

const needsEip = ({ cloud, account, params }: Call): boolean =>
  cloud.eip(account, params.regionID, params.eipID) !== undefined;

const priceRoute = (path: string, required: Route['required'], ofEip: boolean): Route => ({
  method: 'POST',
  path,
  required: { clientToken: 'string', regionID: 'string', ...required },
  handle: call => (!ofEip || needsEip(call) ? quote(call, path) : eipNotFound()),
});

export const priceRoutes: readonly Route[] = [
  priceRoute('/v4/eip/query-create-price', { cycleType: 'string', name: 'string' }, false),
  priceRoute('/v4/eip/query-modify-price', { eipID: 'string', bandwidth: 'number' }, true),
  priceRoute('/v4/eip/query-renew-price', { eipID: 'string', cycleType: 'string', cycleCount: 'number' }, true),
];

/** The parameters of an order but its token: what must be the same when a token comes again. */
export const withoutToken = ({ clientToken: _, ...rest }: Params): Params => rest;
