import type { CtyunClient } from '../ctyun/client.ts';
import { CtyunError, outcomeUnknown } from '../ctyun/errors.ts';
import { renewEip } from '../ctyun/orders.ts';
import { ConfigError } from '../model/errors.ts';
import { cny } from '../model/money.ts';
import type { Renew } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { lookAgain, whatMoved } from './look-again.ts';
import { problemOf, whyOf } from './problem.ts';
import { quoteRenewal } from './quote.ts';
import { type Settling, settle } from './settle.ts';
import type { World } from './world.ts';

/** An order whose answer is lost is sent again this often at most, with the same token and body, after looking. */
const SENDINGS = 3;

/**
 * Buys one term: looks again, asks the price again, orders with the plan's token, waits for the order, confirms by the
 * expiry. Where the facts or the price have moved it does nothing and says so; the next run will see them.
 *
 * @param settleMs how long the order is waited for
 */
export async function renew(action: Renew, settleMs: number, world: World): Promise<Outcome> {
  const client = world.clientOf(action.account);
  try {
    const eip = await lookAgain(client, action);
    if (eip === 'gone') return outcome('skipped', 'gone');
    const moved = whatMoved(action, eip);
    if (moved.length > 0) return outcome('skipped', 'changed', { what: moved.join(', ') });
  } catch (error) {
    return refused(error);
  }
  const quote = await quoteRenewal(action, world);
  if ('unavailable' in quote) return outcome('skipped', 'no-quote', { why: quote.unavailable });
  if (quote.price > action.price) {
    return outcome('skipped', 'price-rose', { planned: cny(action.price), now: cny(quote.price) });
  }
  const settling: Settling = { action, client, world, price: quote.price, until: inMs(world, settleMs) };
  return order(settling);
}

async function order(settling: Settling): Promise<Outcome> {
  const { client, action, world } = settling;
  let lost: CtyunError | undefined;
  for (let sending = 1; sending <= SENDINGS; sending++) {
    try {
      return await settle(settling, { orderId: await place(client, action), ours: true });
    } catch (error) {
      if (!(error instanceof CtyunError)) return lost ? settle(settling, { lost: lost.code }) : refused(error);
      // After a lost answer, a running order may well be the one that we sent.
      if (error.kind === 'in-progress')
        return settle(settling, { orderId: error.details.orderId, ours: lost !== undefined });
      if (!outcomeUnknown(error.kind)) return lost ? settle(settling, { lost: lost.code }) : refused(error);
      lost = error;
    }
    const found = await settle({ ...settling, until: world.clock.now() }, { lost: lost.code });
    if (found.state === 'done') return found;
    await world.clock.sleep(1000 * sending);
  }
  return settle(settling, { lost: lost?.code ?? 'LOST' });
}

async function place(client: CtyunClient, { region, eipId, cycle, token }: Renew): Promise<string> {
  const params = { regionID: region, eipID: eipId, cycleType: cycle.type, cycleCount: cycle.count };
  return (await client.call(renewEip, params, token)).orderId;
}

/** Nothing was ordered. */
function refused(error: unknown): Outcome {
  if (error instanceof ConfigError) return outcome('failed', 'credentials', { code: whyOf(error) });
  if (!(error instanceof CtyunError)) throw error;
  if (error.kind === 'not-found') return outcome('skipped', 'gone');
  if (error.kind === 'credentials') return outcome('failed', 'credentials', { code: error.code });
  if (error.kind === 'refused' || problemOf(error).mistake) {
    return outcome('failed', 'refused', { code: error.code, message: error.details.message });
  }
  return outcome('failed', 'not-sent', { code: error.code });
}

const inMs = ({ clock }: World, ms: number): Date => new Date(clock.now().getTime() + ms);
