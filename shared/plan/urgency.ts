import type { PlanItem } from '../model/plan.ts';

/** The order of work and of reports: what expires first comes first, what never expires last. */
export const byUrgency = (a: PlanItem, b: PlanItem): number => expiryOf(a) - expiryOf(b) || compare(a.eip.id, b.eip.id);

const expiryOf = ({ eip }: PlanItem): number => eip.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
