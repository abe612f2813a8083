import { findBinding, latestOf, saveLatest } from '../../ledger/bindings.ts';
import type { Begun, Binding } from '../../model/binding.ts';
import type { BindWorld } from './world.ts';
import { lockOf } from './world.ts';

const TRIES = 10;
/** Of whom somebody still has to know; older ones have long ended. */
const REMEMBERED = 10;

/**
 * Makes a request the one whose word on the EIP counts, unless a later one has come: by the webhook's timestamp, and
 * within the same second by who came last.
 *
 * @returns whom it has overtaken, the last one first; undefined if it is overtaken itself
 */
export async function becomeLatest(binding: Binding, eipId: string, world: BindWorld) {
  const { id, sentAt } = binding;
  const eip = lockOf(binding, eipId);
  for (let tries = 0; tries < TRIES; tries++) {
    const known = await latestOf(world.ledger, eip);
    if (known?.value.id === id) return known.value.before;
    // Whoever has been the latest and is no more was overtaken, also by one of the same second.
    if (known && (known.value.sentAt > sentAt || known.value.before.includes(id))) return undefined;
    const before = known ? [known.value.id, ...known.value.before].slice(0, REMEMBERED) : [];
    const value = { id, sentAt, before };
    if (await saveLatest(world.ledger, eip, { value, version: known?.version ?? 0 }, world.clock.now())) return before;
  }
  throw new Error(`the word on ${eipId} is being taken by others over and over`);
}

/** True once a later request for the same EIP has come. */
export async function isOvertaken(binding: Binding, eipId: string, world: BindWorld): Promise<boolean> {
  const known = await latestOf(world.ledger, lockOf(binding, eipId));
  return known !== undefined && known.value.id !== binding.id;
}

/**
 * What an overtaken request has left half done: the later one puts the EIP back to where it was before both of them, and
 * may take it from where the overtaken one has put it.
 */
export async function leftBy(ids: readonly string[], world: BindWorld): Promise<Begun | null> {
  for (const id of ids) {
    const other = (await findBinding(world.ledger, id))?.value;
    if (!other?.begun) continue;
    if (other.end?.outcome !== 'overtaken') return null;
    if (other.steps.length > 0) return other.begun;
  }
  return null;
}
