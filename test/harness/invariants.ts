/** What must hold once everything has come to rest, whatever happened before. */

import { historySince } from '../../shared/ledger/history.ts';
import { budgetsAt, readBudget } from '../../shared/ledger/spend.ts';
import { clientTokenOf, type Intent, isFinal } from '../../shared/model/intent.ts';
import { fenOf } from '../../shared/model/money.ts';
import { START, type Stage } from './stage.ts';

/** Codes of outcomes that a person is told and has to act upon: nothing is forgotten. */
const TOLD = new Set(['ask-a-person', 'unconfirmed', 'settling-long', 'order-awaits-person', 'other-order']);

/** @param meddled resources that somebody else has bought for: their expiry may have moved without us. @returns what is broken */
export async function brokenPromises(stage: Stage, meddled: ReadonlySet<string> = new Set()): Promise<string[]> {
  const now = stage.room.now();
  // A clock that jumps back may write before the beginning.
  const past = await historySince(stage.ledger, new Date(START.getTime() - 86_400_000), now);
  const intents = past.flatMap(one => ('intent' in one ? [one.intent] : []));
  return [
    ...stage.room.failures.map(error => `a process threw: ${error instanceof Error ? error.stack : String(error)}`),
    ...boughtTwice(stage, meddled),
    ...intents.flatMap(intent => notTold(intent)),
    ...intents.flatMap(intent => wrongMoney(stage, intent, meddled)),
    ...(await wrongBooks(stage, intents)),
  ];
}

const isOurs = (token: string): boolean => !token.startsWith('theirs');

/**
 * After a purchase an EIP or bandwidth is not due for weeks, so that a second order of ours can only be a double. Where somebody else
 * bought as well, one for each term that we decided upon.
 */
function boughtTwice(stage: Stage, meddled: ReadonlySet<string>): string[] {
  const bought = stage.orders().filter(({ clientToken, status }) => isOurs(clientToken) && status !== '5');
  const terms = new Map<string, number>();
  for (const { product, resourceID, clientToken, kind } of bought) {
    // What is bought anew has an id of its own. A package that was bought again is full, so that none is due after it.
    const id = product === 'flowPackages' ? 'the traffic package' : resourceID;
    // A size comes and goes: there a decision is a token, and not an EIP.
    const eachToken = meddled.has(id) || kind === 'modify-spec';
    const term = eachToken ? `${id} ${clientToken.replace(/(-[0-9a-f]{48})-\d+$/, '$1')}` : id;
    terms.set(term, (terms.get(term) ?? 0) + 1);
  }
  return [...terms].filter(([, count]) => count > 1).map(([term, count]) => `bought ${count} times: ${term}`);
}

function notTold(intent: Intent): string[] {
  if (isFinal(intent)) return intent.outcome ? [] : [`${intent.token} ended as ${intent.state} without a word`];
  const code = intent.outcome?.reason.code ?? 'nothing';
  return TOLD.has(code) ? [] : [`${intent.token} is left in ${intent.state}, telling ${code}`];
}

/** What the cloud took for an intent is what the intent says it spent. */
function wrongMoney(stage: Stage, intent: Intent, meddled: ReadonlySet<string>): string[] {
  if (!isFinal(intent)) return [];
  const tokens = new Set(
    Array.from({ length: intent.attempt }, (_, i) => clientTokenOf({ ...intent, attempt: i + 1 })),
  );
  const taken = stage
    .orders()
    .filter(({ clientToken, status }) => tokens.has(clientToken) && status !== '5')
    .reduce((sum, { price }) => sum + fenOf(price), 0);
  const said = intent.outcome?.spent ?? 0;
  // Where the expiry moved by somebody else's order while the answer to ours was lost, ours is believed to have acted:
  // a budget is then charged too much, never too little.
  const fits = meddled.has(intent.action.eipId) ? said >= taken : said === taken;
  return fits ? [] : [`${intent.token} says it spent ${said}, the cloud took ${taken}`];
}

/** The books add up: what is booked is what the intents spent, and nothing is set aside that nobody will use. */
async function wrongBooks(stage: Stage, intents: readonly Intent[]): Promise<string[]> {
  const spent = intents.filter(isFinal).reduce((sum, { outcome }) => sum + (outcome?.spent ?? 0), 0);
  const open = new Set(intents.filter(intent => !isFinal(intent)).map(({ token }) => token));
  const booked = { day: 0, month: 0 };
  const broken: string[] = [];
  for (const budget of budgetsUntil(stage.room.now())) {
    const { committed, booked: here, held } = await readBudget(stage.ledger, { account: 'main', budget });
    booked[budget.startsWith('day') ? 'day' : 'month'] += here;
    const aside = Object.values(held).reduce((sum, { amount }) => sum + amount, 0);
    if (committed !== here + aside) broken.push(`${budget}: committed ${committed} is not ${here} + ${aside}`);
    for (const id of Object.keys(held)) if (!open.has(id)) broken.push(`${budget}: ${id} is still set aside`);
  }
  if (booked.day !== spent) broken.push(`the days have booked ${booked.day}, the intents spent ${spent}`);
  if (booked.month !== spent) broken.push(`the months have booked ${booked.month}, the intents spent ${spent}`);
  return broken;
}

function budgetsUntil(now: Date): ReadonlySet<string> {
  const budgets = new Set<string>();
  for (let at = START.getTime() - 86_400_000; at <= now.getTime() + 86_400_000; at += 43_200_000) {
    const { day, month } = budgetsAt(new Date(at));
    budgets.add(day).add(month);
  }
  return budgets;
}
