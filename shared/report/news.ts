import type { Fen } from '../model/money.ts';
import type { PlanItem, Reason } from '../model/plan.ts';
import type { Outcome, Report, TargetReport } from '../model/report.ts';
import { type Health, healthOf } from './health.ts';
import { type Totals, totalsOf } from './totals.ts';

/** One decision that is more than leaving things alone. */
export type NewsItem = {
  readonly name: string;
  readonly address: string;
  /** What became of it; `act` where nothing has been done yet, `wait` where it is held. */
  readonly state: Outcome['state'] | 'act' | 'wait';
  readonly why: Reason;
  /** What it costs, in fen; null where nothing would be bought. */
  readonly price: Fen | null;
};

/**
 * What a chat is told of a run: a report made small. It has no words yet, since whoever posts it knows the channel's
 * language, and it is bounded, since it goes through a queue.
 */
export type News = {
  readonly function: string;
  readonly mode: Report['mode'];
  readonly health: Health;
  readonly madeAt: Date;
  readonly plan: { readonly hash: string; readonly expiresAt: Date };
  readonly held: boolean;
  readonly approval: Report['approval'];
  readonly ledgerProblem: string | null;
  /** An apply was asked for, which is not allowed here. */
  readonly notAllowed: boolean;
  /** How many targets were looked at. */
  readonly targets: number;
  readonly problems: readonly Pick<TargetReport, 'account' | 'region' | 'regionName' | 'problem'>[];
  readonly totals: Totals;
  readonly items: readonly NewsItem[];
  /** Items and problems that are only counted. */
  readonly left: number;
};

const MOST_ITEMS = 40;
const MOST_PROBLEMS = 40;
/** Characters of any text of the cloud. */
const MOST_TEXT = 300;
/** As JSON. Packed for the queue it is at most twice as long: within the 256 KB that a message may have. */
const MOST_BYTES = 90_000;

/** A report as news, within `MOST_BYTES`: what does not fit is left out from the end and counted. */
export function newsOf(report: Report): News {
  const { plan, asked, applyAllowed, mode, ledgerProblem, targets, approval } = report;
  const unseen = targets.filter(({ problem }) => problem !== null);
  const wanted = plan.items.filter(({ verdict }) => verdict.decision !== 'keep');
  const problems = fitting(unseen.slice(0, MOST_PROBLEMS).map(problemOf), MOST_BYTES / 2);
  const items = fitting(
    wanted.slice(0, MOST_ITEMS).map(item => itemOf(item, report)),
    MOST_BYTES - sizeOf(problems),
  );
  return {
    function: plan.function,
    mode,
    health: healthOf(report),
    madeAt: plan.madeAt,
    plan: { hash: plan.hash, expiresAt: plan.expiresAt },
    held: plan.held.length > 0,
    approval,
    ledgerProblem: ledgerProblem === null ? null : short(ledgerProblem),
    notAllowed: asked === 'apply' && applyAllowed === false,
    targets: targets.length,
    problems,
    totals: totalsOf(report),
    items,
    left: wanted.length - items.length + unseen.length - problems.length,
  };
}

/** Whether a run did, would do, holds or could not do anything: what leaves all as it is says nothing. */
export const isWorthTelling = ({ health, approval, totals }: News): boolean =>
  health !== 'ok' || approval !== null || totals.act + totals.hold > 0;

/** Whether somebody is needed now: that does not wait for a digest. */
export const isUrgent = ({ health, approval }: News): boolean => health !== 'ok' || approval !== null;

const short = (text: string): string => {
  const all = Array.from(text.toWellFormed());
  return all.length <= MOST_TEXT ? text : `${all.slice(0, MOST_TEXT - 1).join('')}…`;
};

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** As many of the first as there is room for, in bytes. */
function fitting<T>(all: readonly T[], room: number): T[] {
  let bytes = 0;
  const end = all.findIndex(each => {
    bytes += sizeOf(each) + 1;
    return bytes > room;
  });
  return end < 0 ? [...all] : all.slice(0, end);
}

function problemOf({ account, region, regionName, problem }: TargetReport): News['problems'][number] {
  const told = problem && { ...problem, message: short(problem.message) };
  return { account: short(account), region: short(region), regionName: regionName && short(regionName), problem: told };
}

function itemOf({ eip, verdict }: PlanItem, { plan, outcomes }: Report): NewsItem {
  const action = verdict.decision === 'act' ? verdict.action : null;
  const outcome = action ? outcomes.get(action.token) : undefined;
  const waits = action === null || plan.held.length > 0;
  return {
    name: short(eip.name || eip.id),
    address: short(eip.address),
    state: outcome?.state ?? (waits ? 'wait' : 'act'),
    why: reasonOf(outcome?.reason ?? verdict.reason),
    price: action?.price ?? null,
  };
}

const reasonOf = ({ code, facts }: Reason): Reason => ({
  code,
  facts: Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? short(fact) : fact]),
  ),
});
