import { findBinding } from '../../ledger/bindings.ts';
import { freeEip, lockEip } from '../../ledger/intents.ts';
import { type Begun, type BindEnd, type Binding, placeOf, samePlace } from '../../model/binding.ts';
import type { Eip } from '../../model/eip.ts';
import { isPassing } from '../../plan/bind-on-webhook.ts';
import { Overtaken } from '../progress.ts';
import { carry } from './carry.ts';
import { conflict } from './conflict.ts';
import { becomeLatest, leftBy } from './latest.ts';
import { refused, show } from './resolve.ts';
import type { Wish } from './wish.ts';
import { type BindWorld, type Held, isInHand, LOCK_MS, later, lockOf, requestOf } from './world.ts';
import { finish, leave, write } from './write.ts';

const OVERTAKEN: BindEnd = { outcome: 'overtaken', reason: { code: 'overtaken', facts: {} } };
const PAUSE_MS = 1_000;
/** What could not be begun for so long is given up: a webhook is about now. */
const GIVE_UP_MS = 10 * 60_000;

/**
 * Takes the EIP for a request, and writes down where it is and where it is to be. Nothing of the cloud is changed.
 *
 * @returns the request begun, ended, or left where its time was over
 */
export async function begin(held: Held, wish: Wish, until: Date, world: BindWorld): Promise<Held> {
  const { value: binding } = held;
  const eipId = wish.eip.id;
  for (;;) {
    const overtook = await becomeLatest(binding, eipId, world);
    if (overtook === undefined) return finish(held, OVERTAKEN, world);
    if (await taken(binding, eipId, world)) {
      const begun = await beginNow(held, wish, overtook, world);
      if (begun) return begun;
    }
    const now = world.clock.now();
    if (now.getTime() - binding.receivedAt.getTime() > GIVE_UP_MS) {
      await freeEip(world.ledger, lockOf(binding, eipId));
      return finish(held, refused('busy'), world);
    }
    if (now >= until) return leave(held, world);
    await world.clock.sleep(Math.min(PAUSE_MS, until.getTime() - now.getTime()));
  }
}

/** True once the EIP is ours. A request that we have overtaken and that nobody works on is brought to its end here. */
async function taken(binding: Binding, eipId: string, world: BindWorld): Promise<boolean> {
  const lock = lockOf(binding, eipId);
  const holder = await lockEip(world.ledger, lock, later(world, LOCK_MS), world.clock.now());
  if (holder === undefined) return true;
  const id = requestOf(holder);
  const other = id === undefined ? undefined : await findBinding(world.ledger, id);
  if (other === undefined) return false;
  if (other.value.end === null) await endOvertaken(other, world);
  else await freeEip(world.ledger, lockOf(other.value, eipId));
  return false;
}

async function endOvertaken(other: Held, world: BindWorld): Promise<void> {
  if (isInHand(other.value, world)) return;
  try {
    if (other.value.begun) await carry(other, world.clock.now(), world);
    else await finish(other, OVERTAKEN, world);
  } catch (error) {
    // Somebody else brings it to its end.
    if (!(error instanceof Overtaken)) throw error;
  }
}

/** Undefined while the EIP is between two states, where nobody can tell what it is bound to. */
async function beginNow(held: Held, wish: Wish, overtook: readonly string[], world: BindWorld) {
  const { value: binding } = held;
  const { account, region } = binding.order.request;
  const eip = await show(world.clientOf(account), region, wish.eip.id);
  if (eip !== 'gone' && isPassing(eip)) return undefined;
  if (eip === 'gone') return released(held, wish.eip.id, refused('eip-not-found', { id: wish.eip.id }), world);
  const left = await leftBy(overtook, world);
  const begun = begunOf(eip, wish, left, world);
  const no = await conflict(binding, begun, left, world);
  return no ? released(held, eip.id, no, world) : write(held, { begun }, world);
}

function begunOf(eip: Eip, { goal }: Wish, left: Begun | null, { clock }: BindWorld): Begun {
  const from = placeOf(eip);
  const itsWork = left !== null && (from === null || samePlace(left.goal, from));
  return { eip, goal, from, before: itsWork ? left.before : from, at: clock.now() };
}

async function released(held: Held, eipId: string, end: Parameters<typeof finish>[1], world: BindWorld): Promise<Held> {
  const ended = await finish(held, end, world);
  await freeEip(world.ledger, lockOf(held.value, eipId));
  return ended;
}
