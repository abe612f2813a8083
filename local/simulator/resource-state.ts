/** What a state may say of everything but EIPs; times may be relative to the clock, as those of EIPs. */
import * as z from 'zod/mini';
import { instantText } from './clock.ts';
import { id } from './eip-state.ts';

const text = (otherwise = '') => z._default(z.string(), otherwise);
const isTime = (value: unknown): boolean => !Number.isNaN(Date.parse(String(instantText(value, new Date(0)))));
const at = z.string().check(z.refine(isTime, 'must be a time'));
const since = (otherwise: string) => z._default(at, otherwise);
const labels = z._default(z.record(z.string(), z.string()), {});
const mbps = (least: number) => z._default(z.int().check(z.gte(1)), least);
const gigabytes = z.string().check(z.regex(/^\d+(\.\d+)?$/, 'must be GB as a decimal string'));

/** The EIPs of a shared bandwidth are those that name it in `bandwidthID`. */
export const sharedBandwidth = z.strictObject({
  ...{ regionID: id, id, name: text(), status: text('ACTIVE'), bandwidth: mbps(5), projectID: text('0'), labels },
  ...{ createdAt: since('-30d'), expireAt: z._default(z.nullable(at), null), resourceID: z.optional(z.string()) },
  autoToNeed: z.optional(z.boolean()),
});

export const ipv6Bandwidth = z.strictObject({
  ...{
    regionID: id,
    id,
    name: text(),
    status: text('ACTIVE'),
    bandwidth: mbps(1),
    resourceSpec: text('standalone'),
    labels,
  },
  ...{ paymentType: text('periodic'), createdTime: since('-30d'), expiredTime: since('+30d') },
  ...{ ipAddress: text(), ipv6GatewayID: text(), resourceID: z.optional(z.string()) },
});

/** `deductions` are what the usage query answers; `price` is what was paid, in CNY. */
export const flowPackage = z.strictObject({
  ...{ regionID: id, id, packageName: text('共享流量包'), status: z._default(z.int(), 1), cycleType: text('MONTH') },
  ...{ effectiveTime: since('-1d'), expireTime: since('+29d'), totalVolumn: z._default(gigabytes, '100') },
  ...{ leftVolumn: z.optional(gigabytes), masterResourceBundleId: text(), price: text('0.00'), labels },
  deductions: z._default(z.array(z.strictObject({ deductTime: z.int(), deductAmount: z.number() })), []),
});

export const ipv4Gateway = z.strictObject({
  ...{ regionID: id, id, name: text(), description: text(), vpcID: text('vpc-1'), routeTableID: text() },
  ...{ createdAt: since('-30d'), updatedAt: since('-30d') },
});

export const ipv6Gateway = z.strictObject({
  ...{ regionID: id, ipv6GatewayID: id, name: text(), status: text('ACTIVE'), projectIdEcs: text('0') },
  ...{ vpcID: text('vpc-1'), vpcCidr: text('192.168.0.0/16'), vpcName: text(), creationTime: since('-30d') },
});

export const ipv6 = z.strictObject({
  ...{ regionID: id, ID: id, ipAddress: id, vpcID: text('vpc-1'), subnetID: text('subnet-1') },
  ...{ associationID: text(), associationType: z._default(z.int(), 1), bandwidthID: text() },
  ...{ createdAt: since('-30d'), updatedAt: since('-30d') },
});

const eipRef = z.strictObject({ eipID: text(), ipAddress: text() });

/** A NAT gateway with its rules. */
export const natGateway = z.strictObject({
  ...{ regionID: id, natGatewayID: id, name: text(), vpcID: text('vpc-1'), creationTime: since('-30d') },
  snats: z._default(z.array(z.strictObject({ sNatID: id, eips: z._default(z.array(eipRef), []) })), []),
  dnats: z._default(z.array(z.strictObject({ dNatID: id, externalID: text(), externalIp: text() })), []),
});

export const loadBalancer = z.strictObject({
  ...{ regionID: id, ID: id, name: text(), vpcID: text('vpc-1'), resourceType: text('external') },
  eipInfo: z._default(z.array(z.strictObject({ eipID: text() })), []),
});

export const havip = z.strictObject({
  ...{ regionID: id, id, ipv4: text(), vpcID: text('vpc-1') },
  networkInfo: z._default(z.array(z.strictObject({ eipID: text() })), []),
  instanceInfo: z._default(z.array(z.strictObject({ id: text(), publicIp: text() })), []),
});

/** A NIC; the list of NICs tells its EIP only where a state gives one. */
export const port = z.strictObject({
  ...{ regionID: id, networkInterfaceID: id, instanceID: text(), vpcID: text('vpc-1') },
  associatedEip: z.optional(z.strictObject({ id })),
});

/** The lists of an account beside its EIPs. */
export const LISTS = {
  sharedBandwidths: z._default(z.array(sharedBandwidth), []),
  ipv6Bandwidths: z._default(z.array(ipv6Bandwidth), []),
  flowPackages: z._default(z.array(flowPackage), []),
  ipv4Gateways: z._default(z.array(ipv4Gateway), []),
  ipv6Gateways: z._default(z.array(ipv6Gateway), []),
  ipv6s: z._default(z.array(ipv6), []),
  natGateways: z._default(z.array(natGateway), []),
  loadBalancers: z._default(z.array(loadBalancer), []),
  havips: z._default(z.array(havip), []),
  ports: z._default(z.array(port), []),
};
export type ListName = keyof typeof LISTS;

/** Anything that the cloud holds, as the API prints it, with what is the simulator's own. */
export type Row = Record<string, unknown> & { regionID: string };
export type Lists = Record<ListName, Row[]>;

const TIMES = [
  'createdAt',
  'updatedAt',
  'expireAt',
  'createdTime',
  'expiredTime',
  'effectiveTime',
  'expireTime',
  'creationTime',
];

/** Relative times become times, and a full package has all of its volume left. */
export function completedLists(lists: Record<ListName, readonly object[]>, now: Date): Lists {
  const completed = (row: object): Row => {
    const full = { leftVolumn: 'totalVolumn' in row ? row.totalVolumn : undefined, ...row } as unknown as Row;
    if (full.leftVolumn === undefined) delete full.leftVolumn;
    for (const name of TIMES) if (name in full) full[name] = instantText(full[name], now);
    return full;
  };
  const names = Object.keys(LISTS) as ListName[];
  return Object.fromEntries(names.map(name => [name, lists[name].map(completed)])) as Lists;
}
