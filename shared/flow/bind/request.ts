import { findBinding, saveBinding } from '../../ledger/bindings.ts';
import type { Binding, BindOrder } from '../../model/binding.ts';
import { digest } from '../../model/token.ts';
import { switchOf } from '../switch.ts';
import { proceed } from './proceed.ts';
import { type BindWorld, type Held, isInHand, LEASE_MS, later, NAME } from './world.ts';
import { tidy } from './write.ts';

/** A request as the doorway has verified and read it. `sentAt` is null where its scheme has no time. */
export type Incoming = {
  readonly id: string;
  readonly sentAt: Date | null;
  readonly order: BindOrder;
};

/** The switch is off, so that nothing was taken; or the id belongs to a request that asked for something else. */
export type NotTaken = 'off' | 'other-body';

/** Left of the run for ending it. */
const RESERVE_MS = 3_000;
const AGAIN_SECONDS = 20;

/**
 * Takes a request and does what it asks, once: whoever comes with the same id gets the same answer.
 *
 * @returns the request as it then stands; without an end it goes on from the queue
 * @throws LedgerError, ConfigError; nothing is forgotten, the same id goes on
 */
export async function bindByWebhook(incoming: Incoming, world: BindWorld): Promise<Binding | NotTaken> {
  const asked = digest(incoming.order);
  const held = await claim(incoming, asked, world);
  if (held === 'off') return held;
  const { value } = held;
  if (value.asked !== asked) return 'other-body';
  if (value.end !== null || isInHand(value, world)) return value;
  const until = later(world, incoming.order.request.waitSeconds * 1000);
  return goOnWith(held, until, world);
}

/** The request of this id: new, if nobody has come with it before. */
async function claim({ id, sentAt, order }: Incoming, asked: string, world: BindWorld): Promise<Held | 'off'> {
  const before = await findBinding(world.ledger, id);
  if (before) return before;
  if ((await switchOf(NAME, world)).mode === 'off') return 'off';
  const now = world.clock.now();
  const value: Binding = {
    ...{ id, asked, order, who: world.who, receivedAt: now, sentAt: sentAt ?? now },
    ...{ begun: null, steps: [], back: null, end: null, endedAt: null },
    ...{ owner: world.runId, leaseUntil: later(world, LEASE_MS) },
  };
  const claimed = await saveBinding(world.ledger, { value, version: 0 });
  return claimed ?? (await findBinding(world.ledger, id)) ?? claim({ id, sentAt, order }, asked, world);
}

async function goOnWith(held: Held, until: Date, world: BindWorld): Promise<Binding> {
  const last = new Date(world.deadline.getTime() - RESERVE_MS);
  const ours = held.value.owner === world.runId ? held : await takeOver(held, world);
  if (ours === undefined) return (await findBinding(world.ledger, held.value.id))?.value ?? held.value;
  return proceed(ours, until < last ? until : last, world);
}

async function takeOver({ value, version }: Held, world: BindWorld): Promise<Held | undefined> {
  const leaseUntil = later(world, LEASE_MS);
  return saveBinding(world.ledger, { value: { ...value, owner: world.runId, leaseUntil }, version });
}

/** Goes on with a request that some process has left or lost: for each message of the queue. Twice or late does no harm. */
export async function continueBinding(id: string, world: BindWorld): Promise<void> {
  const held = await findBinding(world.ledger, id);
  if (held === undefined) return;
  if (held.value.end !== null) return tidy(held.value, world);
  if (isInHand(held.value, world)) return world.enqueue({ kind: NAME, id }, AGAIN_SECONDS);
  await goOnWith(held, world.deadline, world);
}
