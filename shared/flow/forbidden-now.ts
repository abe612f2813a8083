import type { Intent } from '../model/intent.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { deedOf } from './deed.ts';
import { lookAgain, whatMoved } from './look-again.ts';
import { whyOf } from './problem.ts';
import type { World } from './world.ts';

/** Older than this, what was seen last is no ground for what cannot be undone. */
const FRESH_MS = 20_000;

/**
 * The last look before what cannot be undone: everybody else is asked, then the EIP itself. Whatever moved, or could not
 * be seen, or took too long, forbids the order. Undefined = go on, at once.
 */
export async function forbiddenNow({ action }: Intent, world: World): Promise<Outcome | undefined> {
  const { lookAround } = deedOf(action, world);
  if (!lookAround) return undefined;
  const began = world.clock.now().getTime();
  try {
    const forbids = await lookAround(world);
    const eip = await lookAgain(action, world);
    if (eip === 'gone') return outcome('skipped', 'gone');
    const reason = forbids(eip);
    if (reason) return outcome('skipped', reason.code, reason.facts);
    const moved = whatMoved(action, eip, world);
    if (moved.length > 0) return outcome('skipped', 'changed', { what: moved.join(', ') });
  } catch (error) {
    return outcome('skipped', 'unseen', { message: whyOf(error) });
  }
  const ms = world.clock.now().getTime() - began;
  return ms > FRESH_MS ? outcome('skipped', 'look-slow', { seconds: Math.round(ms / 1000) }) : undefined;
}
