import type { Eip } from '../../shared/model/eip.ts';
import { fenOf } from '../../shared/model/money.ts';
import type { OrphanPolicy, Use, Watch } from '../../shared/model/orphans.ts';
import type { OrphanFacts } from '../../shared/plan/release-orphans.ts';
import { eip, facts, NOW } from './samples.ts';

/** An instant so many hours after NOW. */
export const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3600_000);

/** An on-demand EIP that nothing uses, changed as a test needs. */
export const idleEip = (change: Partial<Eip> = {}): Eip =>
  eip({
    ...{ status: 'DOWN', bound: false, association: null, billing: 'on_demand', expiresAt: null },
    ...change,
  });

export const orphanPolicy = (change: Partial<OrphanPolicy> = {}): OrphanPolicy => ({
  graceHours: 168,
  warnHours: 24,
  billing: ['on_demand'],
  periodic: 'report',
  expiringDays: 2,
  exempt: { names: ['keep-*'], addresses: [], labels: { autopilot: 'off' } },
  dns: { names: [], resolvers: [], timeoutSeconds: 3, zones: [] },
  inventoryFloor: 1,
  maxUnboundJumpPercent: 25,
  settleWithinSeconds: 20,
  ...change,
});

/** Seen unused for 200 hours, an hour ago the last time, and warned of a day and an hour ago. */
export const watched = (change: Partial<Watch> = {}): Watch => ({
  firstSeen: inHours(-200),
  lastSeen: inHours(-1),
  sightings: 9,
  warnedAt: inHours(-25),
  ...change,
});

export type Known = {
  readonly use?: Use;
  readonly watch?: Watch | null;
  readonly facts?: Partial<OrphanFacts>;
  readonly labelled?: OrphanFacts['seen']['labelled'];
};

/** What is known where one EIP is seen; everybody was asked and nobody uses it, unless a test says so. */
export function orphanFacts(one: Eip, { use, watch = watched(), labelled, facts: other }: Known = {}): OrphanFacts {
  return {
    seen: facts([one], labelled),
    uses: new Map(use ? [[one.id, use]] : []),
    memory: { watched: watch ? { [one.id]: watch } : {}, share: null },
    dns: { pointers: new Map(), reverse: new Map() },
    costs: new Map([[one.id, fenOf('219.00')]]),
    ...other,
  };
}
