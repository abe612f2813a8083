import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Settles, type Sifted, sifting } from '../../shared/flow/sift.ts';
import type { Eip } from '../../shared/model/eip.ts';
import { countOf, type RegionFacts, summed } from '../../shared/model/facts.ts';
import type { PlanItem } from '../../shared/model/plan.ts';
import { planRenewals, renewalSettled } from '../../shared/plan/auto-renew.ts';
import { useSettled } from '../../shared/plan/orphan-witnesses.ts';
import { planReleases } from '../../shared/plan/release-orphans.ts';
import { planSizes, sizeSettled } from '../../shared/plan/scale-bandwidth.ts';
import { orphanPolicy, watched } from '../plan/orphan-samples.ts';
import { eip, facts, inDays, NOW, policy, quotesFor } from '../plan/samples.ts';
import { egress, memory, scalePolicy } from '../plan/scale-samples.ts';

type Cut = { readonly pageSize: number; readonly room: number };

/** What is left of a list that comes in pages. */
async function sifted(whole: RegionFacts, settles: Settles, { pageSize, room }: Cut): Promise<RegionFacts> {
  const { take, end } = sifting({ settles, where: async () => whole, room: { left: room }, keepIds: false })();
  for (let from = 0; from < whole.eips.length; from += pageSize) await take(whole.eips.slice(from, from + pageSize));
  return { ...whole, ...end() };
}

/** What a plan does and holds, and how much it leaves alone for which reason. */
function gist(items: readonly PlanItem[], seen: RegionFacts) {
  const kept = items.filter(({ verdict }) => verdict.decision === 'keep');
  const listed = kept.map(({ verdict }) => new Map([[verdict.reason.code, 1]]));
  const counts = summed([...listed, seen.counted?.byReason ?? new Map()]);
  return {
    decided: items.filter(({ verdict }) => verdict.decision !== 'keep'),
    kept: [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    total: items.length + countOf(seen),
  };
}

const change = fc.record<Partial<Eip>>({
  name: fc.constantFrom('web', 'keep-me'),
  status: fc.constantFrom('ACTIVE', 'DOWN', 'EXPIRED', 'FREEZING', 'UPDATING', 'DELETED'),
  billing: fc.constantFrom('periodic', 'on_demand', 'unknown'),
  expiresAt: fc.constantFrom(inDays(-1), inDays(3), inDays(90), null),
  bound: fc.boolean(),
  association: fc.constantFrom({ type: 'INSTANCE', id: 'vm-1' }, null),
  packaged: fc.boolean(),
  sharedBandwidthId: fc.constantFrom('pool-1', null),
  bandwidthMbps: fc.constantFrom(10, null),
});
const accounts = fc
  .array(change, { maxLength: 60 })
  .map(changes => changes.map((each, index) => eip({ ...each, id: `eip-${index}`, address: `203.0.113.${index}` })));
const labels = fc.constantFrom<RegionFacts['labelled']>(new Set(), new Set(['eip-1', 'eip-4']), { unreadable: 'no' });
const cuts = fc.record({ pageSize: fc.integer({ min: 1, max: 60 }), room: fc.integer({ min: 0, max: 20 }) });

/** Holds a plan of what was sifted against the plan of the whole list. */
const isTheSame = (settles: (whole: RegionFacts) => Settles, planOf: (seen: RegionFacts) => PlanItem[]) =>
  fc.assert(
    fc.asyncProperty(accounts, labels, cuts, async (eips, labelled, cut) => {
      const whole = facts(eips, labelled);
      const part = await sifted(whole, settles(whole), cut);
      expect(gist(planOf(part), part)).toEqual(gist(planOf(whole), whole));
      const settled = (seen: RegionFacts): number =>
        seen.eips.filter(each => settles(whole)(each, whole) !== undefined).length;
      expect(settled(part)).toBe(Math.min(cut.room, settled(whole)));
    }),
    { numRuns: 300 },
  );

describe('what is judged page by page is decided as the whole list is, for any pages and any room', () => {
  it.each([
    ['the usual policy', {}],
    ['bound ones only', { onlyBound: true }],
    ['packaged and lapsed ones, too', { includePackaged: true, expired: 'renew' }],
    ['left to the console first', { notBeforeDays: 2 }],
  ] as const)('auto-renew: %s', (_sentence, more) => {
    const asked = policy(more);
    return isTheSame(
      () => (each, where) => renewalSettled(each, where, asked, NOW),
      seen => planRenewals(seen, quotesFor(seen), asked, NOW),
    );
  });

  it.each(['never', 'up'] as const)('scale-bandwidth, periodic: %s', periodic => {
    const asked = scalePolicy({ periodic });
    const memories = new Map([['main/r1/eip-2', memory()]]);
    const loads = new Map(Array.from({ length: 60 }, (_, i) => [`main/r1/eip-${i}`, egress(9, 9, 9)] as const));
    return isTheSame(
      () => (each, where) => sizeSettled(each, where, memories, asked),
      seen => planSizes(seen, { loads, memories, named: null }, quotesFor(seen), asked, NOW),
    );
  });

  it('scale-bandwidth: what is remembered of an EIP is looked at, whatever the list says', () => {
    const [idle] = facts([eip({ bound: false })]).eips;
    const settled = (memories: Parameters<typeof sizeSettled>[2]) =>
      sizeSettled(idle!, facts([]), memories, scalePolicy());
    expect([settled(new Map()), settled(new Map([[`main/r1/${idle!.id}`, memory()]]))]).toEqual(['unbound', undefined]);
  });

  it.each([1, 20])('release-orphans, with an inventory of at least %i', inventoryFloor => {
    const rest = {
      uses: new Map([['eip-3', { witness: 'nat', by: 'nat-1' } as never]]),
      memory: {
        watched: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`eip-${i}`, watched()])),
        share: { percent: 40, at: NOW },
      },
      dns: { pointers: new Map(), reverse: new Map() },
      costs: new Map(),
    };
    return isTheSame(
      () => useSettled,
      seen => planReleases({ seen, ...rest }, orphanPolicy({ inventoryFloor }), NOW, 'apply'),
    );
  });
});

describe('a list that is sifted', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => eip({ id: `eip-${i}` }));
  const shape = ({ eips, counted }: Sifted) => [eips.length, [...counted.byReason], counted.ids.size];
  it('gives back the room of a reading that was void, so that the next one lists as many', async () => {
    const room = { left: 5 };
    const begin = sifting({ settles: () => 'not-due', where: async () => facts([]), room, keepIds: false });
    const first = begin();
    await first.take(twenty.slice(0, 9));
    const second = begin();
    await second.take(twenty);
    expect(shape(second.end())).toEqual([5, [['not-due', 15]], 0]);
    expect(room.left).toBe(0);
  });
  it('keeps the ids of what it counts where they have to be known', async () => {
    const { take, end } = sifting({
      settles: ({ id }) => (id === 'eip-7' ? undefined : 'not-due'),
      where: async () => facts([]),
      room: { left: 0 },
      keepIds: true,
    })();
    await take(twenty);
    expect(shape(end())).toEqual([1, [['not-due', 19]], 19]);
  });
  it('asks for nothing where there is nothing', async () => {
    const where = () => Promise.reject(new Error('asked'));
    const { take, end } = sifting({ settles: () => undefined, where, room: { left: 0 }, keepIds: false })();
    await take([]);
    expect(shape(end())).toEqual([0, [], 0]);
  });
});
