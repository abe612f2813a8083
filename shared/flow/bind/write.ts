import { recordBinding, saveBinding } from '../../ledger/bindings.ts';
import { freeEip } from '../../ledger/intents.ts';
import type { BindEnd, Binding } from '../../model/binding.ts';
import { Overtaken } from '../progress.ts';
import { type BindWorld, type Held, LEASE_MS, later, lockOf } from './world.ts';

type Change = Partial<Omit<Binding, 'id' | 'asked' | 'order'>>;

/** Writes a request's next state, and stays its owner. @throws Overtaken where another process went on with it */
export async function write({ value, version }: Held, change: Change, world: BindWorld): Promise<Held> {
  const next = { ...value, owner: world.runId, leaseUntil: later(world, LEASE_MS), ...change };
  const written = await saveBinding(world.ledger, { value: next, version });
  if (!written) throw new Overtaken(value.id);
  return written;
}

/** Leaves a request that has not ended to whoever comes next. */
export const leave = (held: Held, world: BindWorld): Promise<Held> =>
  write(held, { leaseUntil: world.clock.now() }, world);

/** Ends a request: its answer first, which is then given for ever, then the history and the lock. */
export async function finish(held: Held, end: BindEnd, world: BindWorld): Promise<Held> {
  const ended = await write(held, { end, endedAt: world.clock.now(), leaseUntil: world.clock.now() }, world);
  await tidy(ended.value, world);
  return ended;
}

/** What follows an end; done again by whoever finds the EIP held by a request that has ended. */
export async function tidy(binding: Binding, world: BindWorld): Promise<void> {
  await recordBinding(world.ledger, binding);
  if (binding.begun) await freeEip(world.ledger, lockOf(binding, binding.begun.eip.id));
}
