import { findIntent } from '../ledger/intents.ts';
import { RejectedRequest } from '../model/errors.ts';
import { isFinal } from '../model/intent.ts';
import { cny, ZERO } from '../model/money.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { advance, finish } from './progress.ts';
import { isInHand } from './resume.ts';
import type { World } from './world.ts';

/**
 * Ends an intent that the software cannot: a person has looked in the console and says what became of the order.
 *
 * @throws RejectedRequest where there is nothing to end
 */
export async function settleByHand(token: string, bought: boolean, world: World): Promise<Outcome> {
  const intent = await findIntent(world.ledger, token);
  if (!intent) throw new RejectedRequest(`intent ${token}`, ['there is none; `history` lists them']);
  if (isFinal(intent)) throw new RejectedRequest(`intent ${token}`, [`it has ended already: ${intent.state}`]);
  if (isInHand(intent, world)) throw new RejectedRequest(`intent ${token}`, ['a run is at work on it; wait a minute']);
  const ours = await advance(intent, intent.state, {}, world, `by hand: ${world.who}`);
  const facts = { who: world.who, ...(bought ? { price: cny(intent.price) } : {}) };
  const told = outcome(bought ? 'done' : 'failed', bought ? 'bought-says-person' : 'not-bought-says-person', facts);
  return finish(ours, bought ? 'DONE' : 'FAILED', { ...told, spent: bought ? intent.price : ZERO }, world);
}
