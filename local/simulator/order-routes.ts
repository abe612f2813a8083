/** The orders of each product: what is bought, renewed, resized, given back. */
import { newEip, newIpv6Bandwidth, newPackages, newSharedBandwidth } from './new-rows.ts';
import { place, type Wish } from './orders.ts';
import { EIP, FLOW_PACKAGE, IPV6_BANDWIDTH, type Product, SHARED_BANDWIDTH } from './products.ts';
import type { Route } from './route.ts';

type Required = Route['required'];
const TERM = { cycleType: 'string', cycleCount: 'number' } as const;

const order = (path: string, required: Required, wish: Wish, limits: Partial<Route> = {}): Route => ({
  method: 'POST',
  path,
  required: { clientToken: 'string', regionID: 'string', ...required },
  ...limits,
  handle: call => place(call, wish),
});

/** What every kind of bandwidth has in common, the EIP's own included. */
const changes = (path: string, product: Product, mbps?: readonly [number, number]): Route[] => {
  const one = { [product.param]: 'string' } as const;
  return [
    order(`${path}/renew`, { ...one, ...TERM }, { product, kind: 'renew' }),
    order(
      `${path}/modify-spec`,
      { ...one, bandwidth: 'number' },
      { product, kind: 'modify-spec' },
      mbps ? { mbps } : {},
    ),
    order(`${path}/delete`, one, { product, kind: 'delete' }),
  ];
};

const newOne = { cycleType: 'string', name: 'string' } as const;
const SHARED_MBPS = [5, 1000] as const;
const IPV6_MBPS = [1, 1000] as const;
const PACKAGE_TERMS = { MONTH: 1, YEAR: 1 };

export const orderRoutes: readonly Route[] = [
  ...changes('/v4/eip', EIP),
  order('/v4/eip/create', newOne, { product: EIP, kind: 'create', make: newEip }),
  order(
    '/v4/eip/create-with-ipaddress',
    { ...newOne, ipAddress: 'string' },
    { product: EIP, kind: 'create', make: newEip },
  ),
  ...changes('/v4/bandwidth', SHARED_BANDWIDTH, SHARED_MBPS),
  order(
    '/v4/bandwidth/create',
    { ...newOne, bandwidth: 'number' },
    { product: SHARED_BANDWIDTH, kind: 'create', make: newSharedBandwidth },
    { mbps: SHARED_MBPS },
  ),
  ...changes('/v4/ipv6_bandwidth', IPV6_BANDWIDTH, IPV6_MBPS),
  order(
    '/v4/ipv6_bandwidth/create',
    { name: 'string', ...TERM },
    { product: IPV6_BANDWIDTH, kind: 'create', make: newIpv6Bandwidth },
    { mbps: IPV6_MBPS, terms: { month: 11, year: 3 } },
  ),
  order(
    '/v4/flow_package/buy',
    { ...TERM, count: 'number', spec: 'number' },
    { product: FLOW_PACKAGE, kind: 'create', make: newPackages },
    { terms: PACKAGE_TERMS },
  ),
  order(
    '/v4/flow_package/refund',
    { resourceID: 'string' },
    {
      product: FLOW_PACKAGE,
      kind: 'delete',
      // Which id a refund wants is not documented: the package's and its bundle's are taken.
      find: ({ account, params }) =>
        account.flowPackages.find(
          ({ regionID, id, masterResourceBundleId }) =>
            regionID === params.regionID && [id, masterResourceBundleId].includes(params.resourceID),
        ),
    },
  ),
];
