import type { Memo } from '../../ledger/memo.ts';
import type { Binding } from '../../model/binding.ts';
import type { AllowedTarget } from '../../plan/allowed-targets.ts';
import type { Enqueue } from '../work.ts';
import type { World } from '../world.ts';

export const NAME = 'bind-on-webhook';

/** What binding reaches beside what every run reaches. */
export type BindWorld = World & {
  readonly enqueue: Enqueue;
  /** What may be bound, and what an EIP may be taken from. Nothing unless listed. */
  readonly targets: readonly AllowedTarget[];
};

/** A request as it is written, with the version that it was read at. */
export type Held = Memo<Binding>;

/** How long nobody else touches a request after its owner's last word; a call to the cloud is given less (`SEND_MS`). */
export const LEASE_MS = 90_000;
export const SEND_MS = 60_000;
/** How long the EIP is kept from everybody else; renewed with every word, so that nothing forgotten holds it for ever. */
export const LOCK_MS = 30 * 60_000;

export const later = ({ clock }: World, ms: number): Date => new Date(clock.now().getTime() + ms);

export const lockOf = ({ id, order: { request } }: Binding, eipId: string) => ({
  account: request.account,
  region: request.region,
  eipId,
  token: `bind#${id}`,
});

/** The request that a lock's token belongs to; undefined for a purchase. */
export const requestOf = (token: string): string | undefined =>
  token.startsWith('bind#') ? token.slice('bind#'.length) : undefined;

/** True if some other process is at work on the request. */
export const isInHand = ({ owner, leaseUntil }: Binding, { runId, clock }: World): boolean =>
  owner !== runId && leaseUntil > clock.now();
