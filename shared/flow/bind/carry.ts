import { lockEip } from '../../ledger/intents.ts';
import type { Begun, BindEnd } from '../../model/binding.ts';
import type { Eip } from '../../model/eip.ts';
import { type Move, nextMove } from '../../plan/bind-on-webhook.ts';
import { unseen } from '../problem.ts';
import { switchOf } from '../switch.ts';
import { isOvertaken } from './latest.ts';
import { refused, show } from './resolve.ts';
import { send } from './send.ts';
import { type BindWorld, type Held, LOCK_MS, later, lockOf, NAME } from './world.ts';
import { finish, leave, write } from './write.ts';

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 3_000;
/** A cloud that cannot be seen for so long is a person's business. */
const BLIND_MS = 6 * 3600_000;
/** The message that goes on where this process dies: after its lease. */
const WATCH_SECONDS = 100;

/**
 * Brings a request that has begun nearer to its end: looks, decides, does one thing, looks again.
 *
 * @param until how long it is waited for; one look is taken and what it asks for is sent in any case
 */
export async function carry(begun: Held, until: Date, world: BindWorld): Promise<Held> {
  let held = begun;
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS)) {
    const move = await decide(held, world);
    if (move.next === 'end') return finish(held, move.end, world);
    const done = move.next === 'wait' ? undefined : await act(held, move, world);
    if (done?.value.end) return done;
    if (done) {
      held = done;
      continue;
    }
    const left = until.getTime() - world.clock.now().getTime();
    if (left <= 0) return leave(held, world);
    await world.clock.sleep(Math.min(pause, left));
  }
}

async function decide({ value: binding }: Held, world: BindWorld): Promise<Move> {
  const { begun, order } = binding;
  if (begun === null) return { next: 'wait' };
  const eip = await look(order.request.account, order.request.region, begun.eip.id, world);
  const now = world.clock.now();
  if (eip === undefined) return blind(begun, now);
  return nextMove({ ...binding, begun }, eip, await isOvertaken(binding, begun.eip.id, world), now);
}

async function look(
  account: string,
  region: string,
  eipId: string,
  world: BindWorld,
): Promise<Eip | 'gone' | undefined> {
  try {
    return await show(world.clientOf(account), region, eipId);
  } catch (error) {
    return unseen(error, undefined);
  }
}

function blind({ at }: Begun, now: Date): Move {
  if (now.getTime() - at.getTime() < BLIND_MS) return { next: 'wait' };
  const end: BindEnd = { outcome: 'unknown', reason: { code: 'unseen', facts: {} } };
  return { next: 'end', end };
}

/** Undefined where it must wait: the lock has run out and somebody else works on the EIP. */
async function act(
  held: Held,
  move: Exclude<Move, { next: 'wait' | 'end' }>,
  world: BindWorld,
): Promise<Held | undefined> {
  const { value: binding } = held;
  if (move.next === 'turn-back') return write(held, { back: move.why }, world);
  const lock = lockOf(binding, binding.begun?.eip.id ?? '');
  if ((await lockEip(world.ledger, lock, later(world, LOCK_MS), world.clock.now())) !== undefined) return undefined;
  // What has begun is brought to its end or back: a switch that stops in the middle would leave the EIP nowhere.
  if (binding.steps.length === 0) {
    const { mode } = await switchOf(NAME, world);
    if (mode !== 'apply') return finish(held, refused('switched-off', { mode }), world);
    await world.enqueue({ kind: NAME, id: binding.id }, WATCH_SECONDS);
  }
  return send(held, move.deed, move.again, world);
}
