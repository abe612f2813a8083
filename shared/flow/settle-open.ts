import { openIntents } from '../ledger/intents.ts';
import type { Intent } from '../model/intent.ts';
import type { Outcome } from '../model/report.ts';
import { sweep } from './budgets.ts';
import { isInHand, type Resending, resume } from './resume.ts';
import type { World } from './world.ts';

/**
 * Goes on with everything of an account that is not final, one look each, and gives back money that crashed runs had set
 * aside. Every apply begins with it, so that what was begun is finished before anything new is decided.
 *
 * @throws LedgerError
 */
export async function settleOpen(account: string, resending: Resending, world: World): Promise<Settled[]> {
  const open = await openIntents(world.ledger, account);
  const settled: Settled[] = [];
  for (const intent of open) {
    // Another kind of action is finished by settle-orders, or by the function that takes it.
    if (!world.deeds[intent.action.kind] || isInHand(intent, world)) continue;
    settled.push({ intent, outcome: await resume(intent, resending, 0, world) });
  }
  await sweep(account, world);
  return settled;
}

export type Settled = { readonly intent: Intent; readonly outcome: Outcome };
