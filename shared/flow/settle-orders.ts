import pLimit from 'p-limit';
import { LedgerError } from '../ledger/errors.ts';
import { openIntents } from '../ledger/intents.ts';
import type { Ask, Target } from '../model/ask.ts';
import { strictest } from '../model/control.ts';
import type { Intent } from '../model/intent.ts';
import { makePlan, type PlanItem } from '../model/plan.ts';
import { type Outcome, outcome, type Report, type TargetReport } from '../model/report.ts';
import type { SettlePolicy } from '../plan/settle-orders.ask.ts';
import { sweep } from './budgets.ts';
import { problemOf } from './problem.ts';
import { resume } from './resume.ts';
import { switchOf } from './switch.ts';
import { type World, withProgress } from './world.ts';

const NAME = 'settle-orders';
const AT_ONCE = 4;
/** One that starts later than this before the deadline could be cut off. */
const NEEDED_MS = 15_000;

/**
 * Finishes what other runs began: every intent that is not final is looked at, and its order sent again where its answer
 * was lost, within the bounds. What nobody can tell is told to a person, run after run, until somebody has looked.
 */
export async function settleOrders(ask: Ask<SettlePolicy>, world: World): Promise<Report> {
  const now = world.clock.now();
  const { mode: allowed, problem } = await switchOf(NAME, world);
  const mode = strictest(ask.mode, allowed);
  const state = { asked: ask.mode, mode, slot: ask.slot, approval: null, ledgerProblem: problem };
  if (mode === 'off') return { ...state, targets: [], plan: makePlan(NAME, now, [], []), outcomes: new Map() };
  const found = await Promise.all(ask.targets.map(target => unsettled(target, world)));
  const open = [...new Map(found.flatMap(({ intents }) => intents).map(intent => [intent.token, intent])).values()];
  const plan = makePlan(NAME, now, open.map(itemOf), []);
  const atOnce = pLimit(AT_ONCE);
  const settled =
    mode === 'apply'
      ? await withProgress(world, 'act', open, intent => atOnce(() => settleOne(intent, ask.policy, world)))
      : [];
  const unswept = mode === 'apply' ? await sweepAll(ask.targets, world) : null;
  const ledgerProblem = problem ?? found.find(({ failed }) => failed)?.failed ?? unswept;
  return { ...state, ledgerProblem, targets: found.map(({ target }) => target), plan, outcomes: new Map(settled) };
}

type Found = { readonly target: TargetReport; readonly intents: readonly Intent[]; readonly failed?: string };

async function unsettled({ account, regions }: Target, { ledger }: World): Promise<Found> {
  const target = { account, region: regions.join(','), regionName: null, seen: 0, problem: null };
  try {
    const all = await openIntents(ledger, account);
    const intents = all.filter(({ action }) => regions.includes('*') || regions.includes(action.region));
    return { target: { ...target, seen: intents.length }, intents };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { target, intents: [], failed: error.message };
  }
}

function itemOf({ action, eip, state, orderId, createdAt }: Intent): PlanItem {
  const facts = { state, orderId, since: createdAt.toISOString() };
  const { account, region } = action;
  return { account, region, eip, verdict: { decision: 'act', reason: { code: 'unsettled', facts }, action } };
}

async function settleOne(intent: Intent, policy: SettlePolicy, world: World): Promise<readonly [string, Outcome]> {
  const { token, origin } = intent;
  if (world.deadline.getTime() - world.clock.now().getTime() < NEEDED_MS)
    return [token, outcome('skipped', 'out-of-time')];
  try {
    // Sending again is the business of the function that sent first: its switch decides.
    const { mode } = await switchOf(origin.function, world);
    const resending = policy.resend && mode === 'apply' ? 'may-resend' : 'only-look';
    return [token, await resume(intent, resending, policy.settleWithinSeconds * 1000, world)];
  } catch (error) {
    if (error instanceof LedgerError) return [token, outcome('unknown', 'ledger-failed', { message: error.message })];
    return [token, outcome('unknown', 'unseen', { message: problemOf(error).message })];
  }
}

async function sweepAll(targets: readonly Target[], world: World): Promise<string | null> {
  try {
    for (const account of new Set(targets.map(target => target.account))) await sweep(account, world);
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return error.message;
    throw error;
  }
}
