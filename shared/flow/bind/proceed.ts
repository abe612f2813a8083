import { CtyunError } from '../../ctyun/errors.ts';
import { findBinding } from '../../ledger/bindings.ts';
import type { BindEnd, Binding } from '../../model/binding.ts';
import { type Begun, placeOf } from '../../model/binding.ts';
import { ConfigError } from '../../model/errors.ts';
import { nextMove } from '../../plan/bind-on-webhook.ts';
import { problemOf } from '../problem.ts';
import { Overtaken } from '../progress.ts';
import { switchOf } from '../switch.ts';
import { begin } from './begin.ts';
import { carry } from './carry.ts';
import { conflict } from './conflict.ts';
import { refused } from './resolve.ts';
import { type Wish, wishOf } from './wish.ts';
import { type BindWorld, type Held, NAME } from './world.ts';
import { finish, leave } from './write.ts';

/** After so many seconds another process goes on with what was left. */
const GO_ON_SECONDS = 5;

/** Brings a request that is ours as far as the time allows; what is left then is put into the queue. */
export async function proceed(held: Held, until: Date, world: BindWorld): Promise<Binding> {
  try {
    const { value } = await goOn(held, until, world);
    if (value.end === null) await world.enqueue({ kind: NAME, id: value.id }, GO_ON_SECONDS);
    return value;
  } catch (error) {
    const now = (await findBinding(world.ledger, held.value.id)) ?? held;
    // Another process was quicker; what it has made of the request is the answer.
    if (error instanceof Overtaken) return now.value;
    if (!(error instanceof CtyunError)) throw error;
    // The cloud could not be seen just when the EIP was taken: nothing was sent.
    await leave(now, world);
    await world.enqueue({ kind: NAME, id: held.value.id }, GO_ON_SECONDS);
    return now.value;
  }
}

async function goOn(held: Held, until: Date, world: BindWorld): Promise<Held> {
  if (held.value.begun) return carry(held, until, world);
  const wish = await seen(held, world);
  if ('version' in wish) return wish;
  const { mode } = await switchOf(NAME, world);
  if (mode === 'off') return finish(held, refused('switched-off', { mode }), world);
  if (mode === 'plan') return finish(held, await planned(held.value, wish, world), world);
  const begun = await begin(held, wish, until, world);
  return begun.value.begun && begun.value.end === null ? carry(begun, until, world) : begun;
}

/** What the request speaks of; or the request itself, ended or left, where that cannot be told. */
async function seen(held: Held, world: BindWorld): Promise<Wish | Held> {
  try {
    const wish = await wishOf(held.value, world);
    return 'outcome' in wish ? finish(held, wish, world) : wish;
  } catch (error) {
    if (error instanceof ConfigError) await leave(held, world);
    if (!(error instanceof CtyunError)) throw error;
    const { code, message, mistake } = problemOf(error);
    const tooLate = world.clock.now().getTime() - held.value.receivedAt.getTime() > 600_000;
    if (!mistake && !tooLate) return leave(held, world);
    return finish(held, { outcome: 'failed', reason: { code, facts: { message } } }, world);
  }
}

/** What would be done, by the same rule that would do it. */
export async function planned(
  binding: Pick<Binding, 'order'>,
  { eip, goal }: Wish,
  world: BindWorld,
): Promise<BindEnd> {
  const here = placeOf(eip);
  const begun: Begun = { eip, goal, from: here, before: here, at: world.clock.now() };
  const no = await conflict(binding, begun, null, world);
  if (no) return no;
  const move = nextMove({ begun, steps: [], back: null }, eip, false, world.clock.now());
  if (move.next === 'end') return move.end;
  const first = move.next === 'send' ? move.deed : 'wait';
  const deeds = first === 'unbind' && goal !== null ? 'unbind, bind' : first;
  return { outcome: 'planned', reason: { code: 'would', facts: { deeds } }, where: here };
}
