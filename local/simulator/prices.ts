/** What things cost. A made-up price book: figures are plausible, not CTyun's. */
import { type Answer, badParameters, failure, PLACEHOLDER, success } from './answers.ts';
import { packagePrice, packageProblem } from './packages.ts';
import {
  EIP,
  FLOW_PACKAGE,
  found,
  IPV6_BANDWIDTH,
  isPeriodic,
  notFound,
  type Product,
  SHARED_BANDWIDTH,
} from './products.ts';
import type { OrderKind } from './records.ts';
import type { Row } from './resource-state.ts';
import type { Call, Route } from './route.ts';
import type { Prices } from './state.ts';

const round = (cny: number): number => Math.round(cny * 100) / 100;

/** CNY for a bandwidth over a term. */
export function termPrice(prices: Prices, mbps: number, cycleType: string, count: number): number {
  const low = Math.min(mbps, prices.tierMbps) * prices.perMbpsMonth;
  const high = Math.max(0, mbps - prices.tierMbps) * prices.perMbpsMonthAbove;
  return round((low + high) * (cycleType === 'year' ? prices.monthsPerYear : 1) * count);
}

/** CNY for the change that an order's parameters describe, at today's discount; NaN where it has no price. */
export function changePrice(call: Call, kind: OrderKind, product: Product, row: Row | undefined): number {
  const { cloud, params, fault } = call;
  const { prices } = cloud.state;
  const factor = Number(fault('price-changes')?.factor ?? 1) * prices.discount;
  const hour = (mbps: number): number => mbps * prices.perMbpsHour;
  const term = (mbps: number): number =>
    termPrice(prices, mbps, String(params.cycleType), Number(params.cycleCount ?? 1));
  if (kind === 'delete') return 0;
  if (kind === 'create' && product === FLOW_PACKAGE) return packagePrice(call, Number(params.count));
  if (kind === 'create') {
    const mbps = Number(params.bandwidth ?? 1);
    return round((params.cycleType === 'on_demand' ? hour(mbps) : term(mbps)) * factor);
  }
  const now = Number(row?.bandwidth);
  if (kind !== 'modify-spec') return round(term(now) * factor);
  const added =
    termPrice(prices, Math.max(now, Number(params.bandwidth)), 'month', 1) - termPrice(prices, now, 'month', 1);
  return row && isPeriodic(product, row) ? round(added * factor) : 0;
}

/** The price of an on-demand hour of a thing, in CNY. */
export const hourPrice = ({ cloud }: Call, row: Row): number =>
  round(Number(row.bandwidth) * cloud.state.prices.perMbpsHour);

/** The answer of every price query. */
export function quoted(
  call: Call,
  total: number,
  resourceType = 'NETWORK',
  extra: object = {},
  item: object = {},
): Answer {
  if (call.fault('price-error') || Number.isNaN(total)) return failure(PLACEHOLDER.price, 'no price');
  const prices = { totalPrice: total, finalPrice: total };
  const orderItemPrices = [{ resourceType, ...prices, ...item }];
  return success({ ...extra, ...prices, subOrderPrices: [{ ...prices, serviceTag: 'OVMS', orderItemPrices }] });
}

function quote(call: Call, kind: OrderKind, product: Product): Answer {
  const { account, params } = call;
  const row = kind === 'create' ? undefined : found(account, product, params.regionID, params[product.param]);
  if (kind !== 'create' && !row) return notFound(product);
  const total = changePrice(call, kind, product, row);
  return quoted(call, total, 'NETWORK', { discountPrice: total });
}

type Required = Route['required'];
const TERM = { cycleType: 'string', cycleCount: 'number' } as const;

function priceRoutesOf(path: string, product: Product, create: Required, mbps?: readonly [number, number]): Route[] {
  const one = { [product.param]: 'string' } as const;
  const route = (name: string, kind: OrderKind, required: Required): Route => ({
    method: 'POST',
    path: `${path}/query-${name}-price`,
    required: { clientToken: 'string', regionID: 'string', ...required },
    ...(mbps ? { mbps } : {}),
    handle: call => quote(call, kind, product),
  });
  return [
    route('create', 'create', create),
    route('modify', 'modify-spec', { ...one, bandwidth: 'number' }),
    route('renew', 'renew', { ...one, ...TERM }),
  ];
}

export const priceRoutes: readonly Route[] = [
  ...priceRoutesOf('/v4/eip', EIP, { cycleType: 'string', name: 'string' }),
  ...priceRoutesOf('/v4/bandwidth', SHARED_BANDWIDTH, { cycleType: 'string', bandwidth: 'number' }, [5, 1000]),
  ...priceRoutesOf('/v4/ipv6_bandwidth', IPV6_BANDWIDTH, { ...TERM, name: 'string', bandwidth: 'number' }, [1, 1000]),
  {
    method: 'POST',
    path: '/v4/flow_package/query-price',
    required: { regionID: 'string', resourceType: 'string', ...TERM, count: 'number', spec: 'number' },
    terms: { MONTH: 1, YEAR: 1 },
    handle: call => {
      const problem = packageProblem(call.params);
      if (problem) return badParameters([problem]);
      const total = packagePrice(call, Number(call.params.count));
      return quoted(call, total, 'flow_pkg', { isSucceed: true }, { itemId: '1' });
    },
  },
];
