/** What comes into being with an order. */
import { type Answer, badParameters } from './answers.ts';
import { addCycle, isoSeconds } from './clock.ts';
import { hex } from './new-order.ts';
import { packagePrice, packageProblem } from './packages.ts';
import { EIP, found, notFound, refused, SHARED_BANDWIDTH } from './products.ts';
import type { Row } from './resource-state.ts';
import type { Call } from './route.ts';
import { EIP_DEFAULTS } from './state.ts';

/** When a term that begins now will end. */
const ends = (now: Date, { cycleType, cycleCount }: Call['params']): string =>
  isoSeconds(addCycle(now, String(cycleType).toLowerCase(), Number(cycleCount ?? 1)));

const isOnDemand = ({ params }: Call): boolean => params.cycleType === 'on_demand';

/** True if any account of the cloud has the address. */
export const isTaken = ({ cloud }: Call, address: unknown): boolean =>
  cloud.state.accounts.some(({ eips }) => eips.some(eip => eip.eipAddress === address));

export function newEip(call: Call): readonly Row[] | Answer {
  const { cloud, params, account } = call;
  const { ipAddress, bandwidthID, regionID } = params;
  if (ipAddress !== undefined && isTaken(call, ipAddress)) return refused(EIP, 'AddressTaken', 'the address is taken');
  if (bandwidthID && !isOnDemand(call)) return badParameters(['bandwidthID goes with on_demand only']);
  if (bandwidthID && !found(account, SHARED_BANDWIDTH, regionID, bandwidthID)) return notFound(SHARED_BANDWIDTH);
  const now = cloud.clock.now();
  const free = Array.from({ length: 256 }, (_, last) => `198.51.100.${last}`).find(address => !isTaken(call, address));
  return [
    {
      ...EIP_DEFAULTS,
      regionID: String(regionID),
      ID: `eip-${hex(5)}`,
      eipAddress: ipAddress ?? free ?? '192.0.2.1',
      name: params.name,
      bandwidth: Number(params.bandwidth ?? 1),
      bandwidthID: bandwidthID ?? '',
      lineType: params.lineType ?? '163',
      createdAt: isoSeconds(now),
      updatedAt: isoSeconds(now),
      expiredAt: isOnDemand(call) ? null : ends(now, params),
      billingMethod: isOnDemand(call) ? 'on_demand' : 'periodic',
      labels: {},
      omit: [],
    },
  ];
}

export function newSharedBandwidth(call: Call): readonly Row[] {
  const { cloud, params } = call;
  const now = cloud.clock.now();
  const own = { regionID: String(params.regionID), id: `bandwidth-${hex(5)}`, name: params.name, projectID: '0' };
  const expireAt = isOnDemand(call) ? null : ends(now, params);
  const { bandwidth } = params;
  return [{ ...own, status: 'ACTIVE', bandwidth, createdAt: isoSeconds(now), expireAt, labels: {} }];
}

export function newIpv6Bandwidth({ cloud, params }: Call): readonly Row[] {
  const now = cloud.clock.now();
  const own = { regionID: String(params.regionID), id: `bandwidth-${hex(5)}`, name: params.name, labels: {} };
  const spec = { status: 'ACTIVE', bandwidth: Number(params.bandwidth ?? 1), resourceSpec: 'standalone' };
  const term = { paymentType: 'periodic', createdTime: isoSeconds(now), expiredTime: ends(now, params) };
  return [{ ...own, ...spec, ...term, ipAddress: '', ipv6GatewayID: '' }];
}

export function newPackages(call: Call): readonly Row[] | Answer {
  const { cloud, params } = call;
  const problem = packageProblem(params);
  if (problem) return badParameters([problem]);
  const now = cloud.clock.now();
  const volume = String(params.spec);
  return Array.from({ length: Number(params.count) }, () => ({
    ...{ regionID: String(params.regionID), id: `sdp-${hex(5)}`, packageName: `共享流量包-${volume}GB` },
    ...{ status: 1, cycleType: params.cycleType, effectiveTime: isoSeconds(now), expireTime: ends(now, params) },
    ...{ totalVolumn: volume, leftVolumn: volume, masterResourceBundleId: hex(16), labels: {}, deductions: [] },
    price: packagePrice(call, 1).toFixed(2),
  }));
}
