/** How an EIP is paid: 包年包月 (periodic) or 按需 (on demand). `unknown` where the API does not let us tell. */
export type Billing = 'periodic' | 'on_demand' | 'unknown';

/** What the software looks after besides EIPs. */
export type OtherResource = 'ipv6-bandwidth' | 'shared-bandwidth' | 'traffic-package';
export type ResourceKind = 'eip' | OtherResource;

/** What is in a traffic package (共享流量包). `null`: the API does not say, or says it in a way that is not understood. */
export type Traffic = {
  readonly cycleType: 'MONTH' | 'YEAR' | null;
  /** One of the sizes that can be bought for its cycle. */
  readonly sizeGb: number | null;
  readonly leftGb: number | null;
  /** Ids of all other packages of the region that have the same size and cycle, whatever their state. */
  readonly alike: readonly string[];
};

/**
 * One Elastic IP as CTyun shows it (`/v4/eip/new-list`, `/v4/eip/show`), read tolerantly: what an older region leaves
 * out or prints oddly becomes `null`, and a rule decides what that means. A bandwidth or a traffic package is told in the
 * same words, with its `resource`, so that plans, locks, reports and history need to know only one kind of thing.
 */
export type Eip = {
  /** Left out: an EIP. */
  readonly resource?: OtherResource;
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** The API's word: ACTIVE, DOWN, EXPIRED, … Unknown words are kept as they are. */
  readonly status: string;
  readonly billing: Billing;
  /** `null` when the EIP has no expiry or it cannot be read; `expiryText` is then what the API printed. */
  readonly expiresAt: Date | null;
  readonly expiryText: string | null;
  /** True if anything says that the address is in use. */
  readonly bound: boolean;
  readonly association: { readonly type: string; readonly id: string } | null;
  readonly portId: string | null;
  readonly bandwidthMbps: number | null;
  readonly bandwidthType: string | null;
  /** Set when the EIP shares a bandwidth (共享带宽). */
  readonly sharedBandwidthId: string | null;
  /** Ordered together with a VM. */
  readonly packaged: boolean;
  /** The order system's id of the resource, where the API tells it. */
  readonly resourceId: string | null;
  readonly updatedAt: Date | null;
  /** Of a traffic package only. */
  readonly traffic?: Traffic;
};

export const kindOf = ({ resource }: Pick<Eip, 'resource'>): ResourceKind => resource ?? 'eip';
