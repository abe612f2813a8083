import type { PlanItem } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';

/** ok: nothing needs anyone now. failed: something failed, is held by a cap, or cannot be trusted. mistake: a person must mend the ask, a setting or a key. */
export type Health = 'ok' | 'failed' | 'mistake';

/** Holds that mean "the data could not be trusted", unlike those of an EIP that only is in a passing state. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'billing-unknown',
  'expiry-missing',
  'expiry-unreadable',
  'expiry-contradicts-state',
  'package-unreadable',
  'labels-unreadable',
  'seen-twice',
  'no-quote',
  'witness-unreadable',
  'memory-unreadable',
  'dns-unreadable',
  'inventory-floor',
  'unbound-jump',
  'bandwidth-unreadable',
  'metrics-unavailable',
  'metrics-unreadable',
  'metrics-implausible',
]);

/** Outcomes that end without failure and still need someone. */
const NEEDS_SOMEONE: ReadonlySet<string> = new Set([
  'order-awaits-person',
  'settling-long',
  'out-of-time',
  'no-quote',
  'cap-reached',
  'witness-unreadable',
  'labels-unreadable',
  'dns-unreadable',
  'unseen',
  'look-slow',
]);

/** How a run went; decides the exit code of the terminal and whether a scheduled function raises an alarm. */
export function healthOf({ asked, mode, ledgerProblem, targets, plan, outcomes }: Report): Health {
  if (targets.some(({ problem }) => problem?.mistake)) return 'mistake';
  if (targets.some(({ problem }) => problem !== null)) return 'failed';
  // What was to change the cloud could not, for want of a ledger.
  if (asked === 'apply' && ledgerProblem !== null) return 'failed';
  // A plan did what it was asked for: it tells what it sees.
  if (mode !== 'apply') return 'ok';
  const heldByCap = plan.held.length > 0 && plan.items.some(({ verdict }) => verdict.decision === 'act');
  const failed = heldByCap || plan.items.some(isUntrusted) || [...outcomes.values()].some(needsSomeone);
  return failed ? 'failed' : 'ok';
}

const isUntrusted = ({ verdict }: PlanItem): boolean =>
  verdict.decision === 'hold' && UNTRUSTED.has(verdict.reason.code);

const needsSomeone = ({ state, reason }: Outcome): boolean =>
  state === 'failed' || state === 'unknown' || NEEDS_SOMEONE.has(reason.code);
