/** What can be ordered, as data: where it is kept, what its fields are called, which states allow which orders. */
import { type Answer, failure } from './answers.ts';
import type { OrderKind } from './records.ts';
import type { Row } from './resource-state.ts';
import type { SimAccount } from './state.ts';

export type Product = {
  /** In the codes that no document tells: `Sim.Eip.StateInvalid`. */
  readonly label: string;
  readonly list: 'eips' | 'sharedBandwidths' | 'ipv6Bandwidths' | 'flowPackages';
  /** Its id as a field, and as a parameter. */
  readonly key: 'ID' | 'id';
  readonly param: 'eipID' | 'bandwidthID' | 'resourceID';
  readonly expiry: 'expiredAt' | 'expireAt' | 'expiredTime' | 'expireTime';
  readonly notFound: string;
  /** The states that a term can run out in, and the one that follows. */
  readonly alive: readonly unknown[];
  readonly expired: unknown;
  /** The state while an order runs, where there is one. */
  readonly passing: Readonly<Partial<Record<OrderKind, string>>>;
  /** The states that allow an order: an inference (FACTS D1). */
  readonly allowed: Readonly<Partial<Record<OrderKind, readonly unknown[]>>>;
  /** Whether something uses it: then it cannot be deleted. */
  readonly used: (account: SimAccount, row: Row) => boolean;
};

/** Whether anything but the EIP itself says that it is in use. */
const isReferred = (account: SimAccount, { ID, eipAddress }: Row): boolean => {
  const { natGateways, loadBalancers, havips, ports, instances } = account;
  const text = JSON.stringify([natGateways, loadBalancers, havips, ports, instances.map(one => one.floatingIP)]);
  return text.includes(`"${String(ID)}"`) || text.includes(`"${String(eipAddress)}"`);
};

export const EIP: Product = {
  ...{ label: 'Eip', list: 'eips', key: 'ID', param: 'eipID', expiry: 'expiredAt', notFound: 'Openapi.Eip.NotFound' },
  ...{ alive: ['ACTIVE', 'DOWN'], expired: 'EXPIRED', passing: { 'modify-spec': 'UPDATING', delete: 'DELETING' } },
  allowed: {
    renew: ['ACTIVE', 'DOWN', 'EXPIRED', 'FREEZING'],
    'modify-spec': ['ACTIVE', 'DOWN'],
    delete: ['DOWN', 'EXPIRED', 'FREEZING'],
    'change-to-cycle': ['ACTIVE', 'DOWN'],
  },
  used: (account, row) => Boolean(row.associationID) || isReferred(account, row),
};

const BANDWIDTH = {
  key: 'id',
  param: 'bandwidthID',
  alive: ['ACTIVE'],
  expired: 'EXPIRED',
  passing: {},
  allowed: {
    renew: ['ACTIVE', 'EXPIRED', 'FREEZING'],
    'modify-spec': ['ACTIVE'],
    delete: ['ACTIVE', 'EXPIRED', 'FREEZING'],
    'change-to-cycle': ['ACTIVE'],
  },
} satisfies Partial<Product>;

export const SHARED_BANDWIDTH: Product = {
  ...{ ...BANDWIDTH, label: 'Sharedbandwidth', list: 'sharedBandwidths', expiry: 'expireAt' },
  notFound: 'Openapi.Sharedbandwidth.NotFound',
  used: (account, row) => account.eips.some(eip => eip.bandwidthID === row.id),
};

export const IPV6_BANDWIDTH: Product = {
  ...{ ...BANDWIDTH, label: 'Ipv6Bandwidth', list: 'ipv6Bandwidths', expiry: 'expiredTime' },
  notFound: 'Sim.Ipv6Bandwidth.NotFound',
  used: (_, row) => Boolean(row.ipAddress),
};

/** Status numbers: 1 valid, 5 unsubscribed, 6 expired. */
export const FLOW_PACKAGE: Product = {
  ...{ label: 'FlowPackage', list: 'flowPackages', key: 'id', param: 'resourceID', expiry: 'expireTime' },
  ...{ notFound: 'Sim.FlowPackage.NotFound', alive: [1], expired: 6, passing: {}, allowed: { delete: [1] } },
  used: () => false,
};

export const PRODUCTS: readonly Product[] = [EIP, SHARED_BANDWIDTH, IPV6_BANDWIDTH, FLOW_PACKAGE];

export const rowsOf = (account: SimAccount, product: Product): Row[] => account[product.list];

/** @returns the account's thing of this id in this region */
export const found = (account: SimAccount, product: Product, regionID: unknown, id: unknown): Row | undefined =>
  rowsOf(account, product).find(row => row.regionID === regionID && row[product.key] === id);

export const notFound = (product: Product): Answer => failure(product.notFound, `${product.label} not found`);

/** A refusal for which no document tells the code. */
export const refused = (product: Product, what: string, message: string): Answer =>
  failure(`Sim.${product.label}.${what}`, message);

export const isPeriodic = (product: Product, row: Row): boolean =>
  product === EIP ? row.billingMethod === 'periodic' : row[product.expiry] !== null;

/** Where a thing comes to rest: an EIP is ACTIVE where it is bound, DOWN where it is not. */
export const restingStatus = (product: Product, row: Row): unknown =>
  product === EIP && !row.associationID ? 'DOWN' : product.alive[0];
