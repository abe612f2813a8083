import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/** `handed-on`: given to the queue, or about to be. `dropped`: the queue refused it, so it may come again. */
type Delivery = { readonly state: 'handed-on' | 'dropped' };

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
