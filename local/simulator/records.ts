/** What happened: orders and calls, as the control routes and tests read them. */
import type { Product } from './products.ts';

export type OrderKind = 'create' | 'renew' | 'modify-spec' | 'delete' | 'change-to-cycle';

export type OrderRecord = {
  readonly masterOrderID: string;
  readonly masterOrderNO: string;
  readonly masterResourceID: string;
  readonly account: string;
  readonly kind: OrderKind;
  readonly product: Product['list'];
  readonly regionID: string;
  /** What it is about; of several things that are made at once, the first. */
  readonly resourceID: string;
  /** The same where it is an EIP, otherwise empty. */
  readonly eipID: string;
  /** Empty for the calls that take none. */
  readonly clientToken: string;
  /** CNY, two decimals. */
  readonly price: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  /** When it will end, on the simulator's clock; null = never. */
  readonly endsAt: Date | null;
  readonly fails: boolean;
  /** `14` provisioning, `3` finished, `5` failed. */
  status: '14' | '3' | '5';
  finishedAt: Date | null;
};

export type CallRecord = {
  readonly at: string;
  readonly account: string | null;
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  readonly eopDate: string;
  readonly clientToken?: string;
  readonly regionID?: string;
  readonly eipID?: string;
  readonly bandwidthID?: string;
  readonly httpStatus: number | null;
  readonly statusCode: string | null;
  readonly fault?: string;
};
