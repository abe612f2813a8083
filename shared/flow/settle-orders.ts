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
import { lateAgain } from './hand-over.ts';
import { problemOf } from './problem.ts';
import { resume } from './resume.ts';
import { leftMs, NEEDED_MS, settleMs, tooLate } from './round.ts';
import { forbidden, switchOf } from './switch.ts';
import { type World, withProgress } from './world.ts';

const NAME = 'settle-orders';
const AT_ONCE = 4;

/**
 * Finishes what other runs began: every intent that is not final is looked at, and its order sent again where its answer
 * was lost, within the bounds. What nobody can tell is told to a person, run after run, until somebody has looked.
 */
export async function settleOrders(ask: Ask<SettlePolicy>, world: World): Promise<Report> {
  const now = world.clock.now();
  const { mode: allowed, problem } = await switchOf(NAME, world);
  const mode = strictest(ask.mode, allowed);
  const state = { asked: ask.mode, mode, ...forbidden(world), slot: ask.slot, approval: null, ledgerProblem: problem };
  if (mode === 'off') return { ...state, targets: [], plan: makePlan(NAME, now, [], []), outcomes: new Map() };
  const found = await Promise.all(ask.targets.map(target => unsettled(target, world)));
  const all = new Map(found.flatMap(({ intents }) => intents).map(intent => [intent.token, intent]));
  // Those first that nobody has looked at for longest: the rest of a run without time is the beginning of the next.
  const open = [...all.values()].toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime());
  const plan = makePlan(NAME, now, open.map(itemOf), []);
  const atOnce = pLimit(AT_ONCE);
  const settled =
    mode === 'apply'
      ? await withProgress(world, 'act', open, intent => atOnce(() => settleOne(intent, ask.policy, world)))
      : [];
  const unswept = mode === 'apply' ? await sweepAll(ask.targets, world) : null;
  const ledgerProblem = problem ?? found.find(({ failed }) => failed)?.failed ?? unswept;
  const targets = found.map(({ target }) => target);
  const done = await handOverIntents(ask.targets, { targets, outcomes: new Map(settled) }, world);
  return { ...state, ledgerProblem, ...done, plan };
}

/** What there was no time to look at is found again by its account; what has ended meanwhile is no longer open. */
async function handOverIntents(asked: readonly Target[], done: Done, { round }: World): Promise<Done> {
  const ends = [...done.outcomes.values()];
  const left = ends.filter(({ reason }) => reason.code === 'handed-over').length;
  if (left === 0 || !round?.handOver) return done;
  const taken = await round.handOver({ targets: asked, seenBefore: 0, progress: left < ends.length });
  if (!taken) return { ...done, outcomes: lateAgain(done.outcomes) };
  return { ...done, targets: done.targets.map(target => ({ ...target, handedOver: true as const })) };
}
type Done = Pick<Report, 'targets' | 'outcomes'>;

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
  if (leftMs(world) < NEEDED_MS) return [token, outcome('skipped', tooLate(world))];
  try {
    // Sending again is the business of the function that sent first: its switch decides.
    const { mode } = await switchOf(origin.function, world);
    const resending = policy.resend && mode === 'apply' ? 'may-resend' : 'only-look';
    return [token, await resume(intent, resending, settleMs(policy.settleWithinSeconds, world), world)];
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
