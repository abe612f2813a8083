import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/**
 * `handed-on`: given to the queue or told to its end, or about to be. `dropped`: it was refused, so it may come again.
 * `in-hand`: a process works on it, and nobody else until then.
 */
type Delivery =
  | { readonly state: 'handed-on' | 'dropped' }
  | { readonly state: 'in-hand'; readonly by: string; readonly until: Date };

const KIND = 'delivery';

/**
 * Takes a delivery, once: the replay store.
 *
 * @param key provider-scoped; @param forgetAt later than the provider's whole retry window
 * @returns false for a repetition
 * @throws LedgerError; the caller then refuses the request
 */
export async function takeDelivery(table: Table, key: string, forgetAt: Date): Promise<boolean> {
  const value: Delivery = { state: 'handed-on' };
  if (await remember(table, KIND, key, { value, version: 0 }, forgetAt)) return true;
  const seen = await recall<Delivery>(table, KIND, key);
  return seen?.value.state === 'dropped' && remember(table, KIND, key, { value, version: seen.version }, forgetAt);
}

/** The delivery could not be handed on: the provider's next try is let in again. */
export async function dropDelivery(table: Table, key: string, forgetAt: Date): Promise<void> {
  const seen = await recall<Delivery>(table, KIND, key);
  const value: Delivery = { state: 'dropped' };
  if (seen) await remember(table, KIND, key, { value, version: seen.version }, forgetAt);
}

/** Who claims, until when nobody else may, and when the record may be forgotten. */
export type Claim = { readonly by: string; readonly now: Date; readonly until: Date; readonly forgetAt: Date };

/**
 * Takes a delivery that is worked on here: what dies with this process is taken by the next one once `until` has passed.
 *
 * @returns `done` for a repetition, `busy` while another process is at work on it
 */
export async function claimDelivery(table: Table, key: string, claim: Claim): Promise<'ours' | 'busy' | 'done'> {
  const { by, now, until, forgetAt } = claim;
  const seen = await recall<Delivery>(table, KIND, key);
  if (seen?.value.state === 'handed-on') return 'done';
  if (seen?.value.state === 'in-hand' && seen.value.until > now) return 'busy';
  const value: Delivery = { state: 'in-hand', by, until };
  return (await remember(table, KIND, key, { value, version: seen?.version ?? 0 }, forgetAt)) ? 'ours' : 'busy';
}

/** What was claimed is done, or let go of for another try; where somebody else has it by now it stays as it is. */
export async function endClaim(
  table: Table,
  key: string,
  { by, forgetAt }: Claim,
  state: 'handed-on' | 'dropped',
): Promise<void> {
  const seen = await recall<Delivery>(table, KIND, key);
  if (seen?.value.state !== 'in-hand' || seen.value.by !== by) return;
  await remember(table, KIND, key, { value: { state }, version: seen.version }, forgetAt);
}
