import type { Mode } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import { cny } from '../model/money.ts';
import type { MonthlyCost, OrphanPolicy, Watch } from '../model/orphans.ts';
import { hoursOf, LEAST_SIGHTINGS } from './orphan-clock.ts';
import { hold, type Judged } from './orphan-judged.ts';

/** Whether the time of an idle EIP is over. Only an apply warns: a plan announces nothing that will happen. */
export function idle(
  { updatedAt }: Eip,
  watch: Watch,
  cost: MonthlyCost,
  policy: OrphanPolicy,
  now: Date,
  mode: Mode,
): Judged {
  const hours = hoursOf(watch, updatedAt, policy, now);
  const facts = {
    since: hours.since.toISOString(),
    ageHours: hours.ageHours,
    deadline: hours.deadline.toISOString(),
    warnedAt: watch.warnedAt?.toISOString() ?? null,
    perMonth: cost === null ? null : cny(cost),
  };
  const warning = policy.warnHours > 0 && now >= hours.warnFrom;
  if (warning && watch.warnedAt === null) return hold(mode === 'apply' ? 'idle-warned' : 'idle', facts);
  if (now < hours.deadline) return hold(watch.warnedAt && warning ? 'idle-warned' : 'idle', facts);
  if (watch.sightings < LEAST_SIGHTINGS) return hold('seen-once', facts);
  return { decision: 'release', reason: { code: 'orphan', facts }, watch };
}
