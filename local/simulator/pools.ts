/** EIPs in shared bandwidths: inside, an EIP shows the pool's bandwidth; when it leaves, it has its own again (FACTS D4). */
import type { Row } from './resource-state.ts';
import type { SimAccount } from './state.ts';

/** What an EIP falls back to that was made inside a pool. */
const MADE_INSIDE_MBPS = 1;

export function joinPool(eip: Row, pool: Row): void {
  eip.own = { bandwidth: eip.bandwidth };
  eip.bandwidthID = pool.id;
  eip.bandwidth = pool.bandwidth;
}

export function leavePool(eip: Row): void {
  const own = eip.own as { bandwidth?: unknown } | undefined;
  eip.bandwidthID = '';
  eip.bandwidth = own?.bandwidth ?? MADE_INSIDE_MBPS;
  delete eip.own;
}

/** All members show the pool's new bandwidth. */
export function resizePool(account: SimAccount, pool: Row): void {
  for (const eip of account.eips) if (eip.bandwidthID === pool.id) eip.bandwidth = pool.bandwidth;
}

/** An EIP that is made inside a pool has no bandwidth of its own. */
export function settleInPool(account: SimAccount, eip: Row): void {
  const pool = account.sharedBandwidths.find(({ id }) => id === eip.bandwidthID);
  if (pool) eip.bandwidth = pool.bandwidth;
}
