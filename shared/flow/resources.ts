import { ipv6BandwidthRenew } from '../ctyun/api/ipv6-bandwidth.ts';
import { ipv6BandwidthQueryRenewPrice } from '../ctyun/api/ipv6-price.ts';
import { bandwidthRenew } from '../ctyun/api/shared-bandwidth.ts';
import { bandwidthQueryRenewPrice } from '../ctyun/api/shared-bandwidth-query.ts';
import {
  listIpv6Bandwidths,
  listSharedBandwidths,
  showIpv6Bandwidth,
  showSharedBandwidth,
} from '../ctyun/bandwidths.ts';
import type { CtyunClient } from '../ctyun/client.ts';
import { showEip } from '../ctyun/eips.ts';
import { gatherEips, inOnePage, type Lister } from '../ctyun/list-eips.ts';
import { renewEip } from '../ctyun/orders.ts';
import { queryRenewPrice } from '../ctyun/prices.ts';
import { listTrafficPackages } from '../ctyun/traffic-packages.ts';
import type { Cycle } from '../model/ask.ts';
import type { Eip, ResourceKind } from '../model/eip.ts';
import type { Fen } from '../model/money.ts';

/** Which resource of an account. */
export type Located = { readonly region: string; readonly eipId: string };

/** How one kind of resource is seen, priced and renewed. A new kind is one more entry. */
type Renewable = {
  readonly list: Lister;
  /** @throws CtyunError; kind `not-found` once it is gone */
  readonly show: (client: CtyunClient, at: Located) => Promise<Eip | 'gone'>;
  /** What one more term costs. */
  readonly quote: (client: CtyunClient, at: Located, cycle: Cycle) => Promise<Fen>;
  /** Orders it. @returns the order's id */
  readonly renew: (client: CtyunClient, at: Located, cycle: Cycle, token: string, until: Date) => Promise<string>;
};

const term = ({ type, count }: Cycle) => ({ cycleType: type, cycleCount: count });
const eip = ({ region, eipId }: Located) => ({ regionID: region, eipID: eipId });
const bandwidth = ({ region, eipId }: Located) => ({ regionID: region, bandwidthID: eipId });

export const RENEWABLE: Readonly<Record<Exclude<ResourceKind, 'traffic-package'>, Renewable>> = {
  eip: {
    list: gatherEips,
    show: (client, at) => client.call(showEip, eip(at)),
    quote: (client, at, cycle) => client.call(queryRenewPrice, { ...eip(at), ...term(cycle) }),
    renew: async (client, at, cycle, token, until) =>
      (await client.call(renewEip, { ...eip(at), ...term(cycle) }, token, until)).orderId,
  },
  'ipv6-bandwidth': {
    list: /* @__PURE__ */ inOnePage(listIpv6Bandwidths),
    show: (client, { region, eipId }) => showIpv6Bandwidth(client, region, eipId),
    quote: (client, at, cycle) => client.call(ipv6BandwidthQueryRenewPrice, { ...bandwidth(at), ...term(cycle) }),
    renew: async (client, at, cycle, token, until) =>
      (await client.call(ipv6BandwidthRenew, { ...bandwidth(at), ...term(cycle) }, token, until)).orderId,
  },
  'shared-bandwidth': {
    list: /* @__PURE__ */ inOnePage(listSharedBandwidths),
    show: (client, { region, eipId }) => showSharedBandwidth(client, region, eipId),
    quote: (client, at, cycle) => client.call(bandwidthQueryRenewPrice, { ...bandwidth(at), ...term(cycle) }),
    renew: async (client, at, cycle, token, until) =>
      (await client.call(bandwidthRenew, { ...bandwidth(at), ...term(cycle) }, token, until)).orderId,
  },
};

const listTraffic = /* @__PURE__ */ inOnePage(listTrafficPackages);

export const listerOf = (kind: ResourceKind): Lister =>
  kind === 'traffic-package' ? listTraffic : RENEWABLE[kind].list;
