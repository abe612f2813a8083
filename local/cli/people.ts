import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan, rejectPlan } from '../../shared/flow/approvals.ts';
import { settleByHand } from '../../shared/flow/by-hand.ts';
import { readControl, turnSwitch } from '../../shared/ledger/control.ts';
import { historyOf, historySince } from '../../shared/ledger/history.ts';
import { findProposal, openProposals } from '../../shared/ledger/proposals.ts';
import type { Switch } from '../../shared/model/control.ts';
import { RejectedRequest } from '../../shared/model/errors.ts';
import type { Report } from '../../shared/model/report.ts';
import { historyJson, historyText } from '../../shared/report/history.ts';
import { planJson, plansText, wholePlanJson } from '../../shared/report/plans.ts';
import { reasonText, wordsFor } from '../../shared/report/words.ts';
import { exactly, type Options } from './options.ts';
import type { Session } from './session.ts';

/** What a command prints: for a person, and as JSON. */
export type Said = { readonly text: string; readonly json: unknown };

const DEFAULT_SINCE_MS = 7 * 86_400_000;
export const SWITCHED = [
  'auto-renew',
  'scale-bandwidth',
  'release-orphans',
  'bind-on-webhook',
  'chat-ops',
  'settle-orders',
] as const;

export async function plans(options: Options, { ledger }: Session): Promise<Said> {
  const [hash] = options.args;
  if (hash === undefined) {
    const waiting = await openProposals(ledger);
    return { text: plansText(waiting, options.lang), json: waiting.map(planJson) };
  }
  const plan = await findProposal(ledger, await wholeHash(hash, { ledger }));
  if (!plan) throw new RejectedRequest(`plan ${hash}`, ['there is no such plan']);
  return { text: JSON.stringify(wholePlanJson(plan), null, 2), json: wholePlanJson(plan) };
}

export const approve = (options: Options, session: Session): Promise<Said> => decided(options, session, approvePlan);
export const reject = (options: Options, session: Session): Promise<Said> => decided(options, session, rejectPlan);

async function decided(options: Options, session: Session, decide: typeof approvePlan): Promise<Said> {
  const [given = ''] = exactly(1, options, "a plan's hash");
  const hash = await wholeHash(given, session);
  const plan = await decide(hash, { ledger: session.ledger, who: session.who, clock: session.surroundings().clock });
  const words = wordsFor(options.lang).plans;
  const text = `${hash}: ${words.states[plan.state]} (${plan.approvals.length}/${plan.approvers})`;
  return { text, json: planJson(plan) };
}

export async function apply(options: Options, session: Session): Promise<Report> {
  const [given = ''] = exactly(1, options, "a plan's hash");
  return applyPlan(await wholeHash(given, session), session.world());
}

/** People copy the beginning of a hash: it stands for the waiting plan that alone begins so. */
async function wholeHash(given: string, { ledger }: Pick<Session, 'ledger'>): Promise<string> {
  const hash = given.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  if (!/^[0-9a-f]{8,63}$/.test(hash))
    throw new RejectedRequest(`plan ${given}`, ['a hash has 8 to 64 digits, 0-9 a-f']);
  const fits = (await openProposals(ledger)).filter(({ plan }) => plan.hash.startsWith(hash));
  const [only] = fits;
  if (only && fits.length === 1) return only.plan.hash;
  throw new RejectedRequest(`plan ${given}`, [
    only ? 'several plans begin so; give more digits' : 'no waiting plan begins so',
  ]);
}

const isSwitch = (word: string | undefined): word is Switch => word === 'off' || word === 'plan' || word === 'apply';

export async function mode({ args }: Options, session: Session): Promise<Said> {
  const to = args.at(-1);
  const fn = args.length === 2 ? args[0] : undefined;
  const problems = [
    ...(args.length > 2 ? [`unexpected: ${args.slice(2).join(' ')}`] : []),
    ...(args.length > 0 && !isSwitch(to) ? [`"${to}" is none of off, plan, apply`] : []),
    ...(fn !== undefined && !(SWITCHED as readonly string[]).includes(fn)
      ? [`there is no function "${fn}" (${SWITCHED.join(', ')})`]
      : []),
  ];
  if (problems.length > 0) throw new RejectedRequest('the command line', problems);
  const { clock } = session.surroundings();
  const control = isSwitch(to)
    ? await turnSwitch(session.ledger, fn ?? null, to, session.who, clock.now())
    : await readControl(session.ledger);
  const lines = [`all: ${control.all}`, ...Object.entries(control.functions).map(([name, at]) => `${name}: ${at}`)];
  const by = control.changed ? [`(${control.changed.who}, ${control.changed.at.toISOString()})`] : [];
  return { text: [...lines, ...by].join('\n'), json: control };
}

export async function history(options: Options, session: Session): Promise<Said> {
  exactly(0, options, 'nothing');
  const now = session.surroundings().clock.now();
  const since = options.since ?? new Date(now.getTime() - DEFAULT_SINCE_MS);
  const past =
    options.eip === undefined
      ? await historySince(session.ledger, since, now)
      : await historyOf(session.ledger, options.eip, since);
  return { text: historyText(past, options.lang), json: historyJson(past) };
}

export async function resolve(options: Options, session: Session): Promise<Said> {
  const [token = ''] = exactly(1, options, "an intent's token");
  if (options.bought === undefined)
    throw new RejectedRequest('the command line', ['say --bought or --not-bought, after looking in the console']);
  const { state, reason } = await settleByHand(token, options.bought, session.world());
  return { text: `${token}: ${reasonText(reason, wordsFor(options.lang))}`, json: { token, state, reason } };
}
