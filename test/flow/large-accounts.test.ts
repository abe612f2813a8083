import { afterAll, describe, expect, it } from 'vitest';
import { gatherEips } from '../../shared/ctyun/list-eips.ts';
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan } from '../../shared/flow/approvals.ts';
import { observe } from '../../shared/flow/observe.ts';
import { LISTED } from '../../shared/flow/sift.ts';
import { reportJson } from '../../shared/report/json.ts';
import { reportText } from '../../shared/report/text.ts';
import { ask, closeStands, due, REGION, stand } from '../stand.ts';

afterAll(closeStands);

const MANY = LISTED + 300;
/** `MANY` that are not due, and some besides. */
const large = (...besides: ReturnType<typeof due>[]) => [
  ...Array.from({ length: MANY }, (_, index) => due(`eip-${index}`, { expiredAt: '+90d' })),
  ...besides,
];
const others = [
  due('eip-due'),
  due('eip-label', { labels: { autopilot: 'off' } }),
  due('eip-lapsed', { expiredAt: '-1d', status: 'EXPIRED' }),
];
const EXEMPT = { renew: { ...ask().renew, exempt: { labels: { autopilot: 'off' } } } };

describe('an account with more EIPs than a report lists', () => {
  it('is planned whole: what acts or is held is listed, what is left alone is counted by its reason', async () => {
    const open = await stand(large(...others));
    const report = await open.autoRenew({ mode: 'plan', ...EXEMPT });
    const json = reportJson(report);
    expect(json.totals).toMatchObject({ seen: MANY + 3, act: 1, hold: 1, keep: MANY + 1 });
    expect(json.kept).toEqual({ 'not-due': MANY, 'exempt-label': 1 });
    expect(json.items).toHaveLength(LISTED + 2);
    expect(json.unlisted).toBe(MANY + 1 - LISTED);
    expect(json.targets).toMatchObject([{ region: REGION, seen: MANY + 3, problem: null }]);
    const decided = json.items.filter(({ decision }) => decision !== 'keep').map(({ eip }) => eip.id);
    expect(decided.toSorted()).toEqual(['eip-due', 'eip-lapsed']);
    expect(reportText(report, { lang: 'en', color: false })).toContain(`not due ${MANY}`);
  });

  it('is acted upon as a small one is, and its share is one of all', async () => {
    const open = await stand(large(...others));
    const share = await open.autoRenew({
      limits: { maxActions: 50, maxSharePercent: (100 * 1.01) / (MANY + 3) },
      ...EXEMPT,
    });
    expect(share.plan.held).toEqual([]);
    expect(open.orders().map(({ eipID }) => eipID)).toEqual(['eip-due']);
    const less = await stand(large(...others));
    const held = await less.autoRenew({
      limits: { maxActions: 50, maxSharePercent: (100 * 0.99) / (MANY + 3) },
      ...EXEMPT,
    });
    expect(held.plan.held).toMatchObject([{ cap: 'maxSharePercent', wanted: 100 / (MANY + 3) }]);
    expect(less.orders()).toEqual([]);
    await approvePlan(held.plan.hash, less.world('bob'));
    const applied = reportJson(await applyPlan(held.plan.hash, less.world('alice')));
    expect(applied.totals).toMatchObject({ seen: MANY + 3, act: 1, keep: 0, done: 1 });
    expect(less.orders().map(({ eipID }) => eipID)).toEqual(['eip-due']);
  });

  it('is never acted upon where its list does not add up', async () => {
    const open = await stand(large(...others));
    open.simulator.faults([{ kind: 'wrong-count', delta: 1 }]);
    const report = await open.autoRenew(EXEMPT);
    expect(report.targets).toMatchObject([{ seen: 0, problem: { code: 'INVENTORY_MISMATCH' } }]);
    expect([report.plan.items, report.plan.unlisted]).toEqual([[], undefined]);
    expect(open.orders()).toEqual([]);
  });

  it('is read anew where its list does not add up, and then lists and counts the same', async () => {
    const open = await stand(large(...others));
    const pages = Math.ceil((MANY + 3) / 50);
    open.simulator.faults([{ kind: 'short-page', path: '/v4/eip/new-list', after: 3, times: 1 }]);
    const json = reportJson(await open.autoRenew({ mode: 'plan', ...EXEMPT }));
    expect([json.items.length, json.unlisted]).toEqual([LISTED + 2, MANY + 1 - LISTED]);
    expect(open.simulator.calls().filter(({ path }) => path === '/v4/eip/new-list').length).toBeGreaterThanOrEqual(
      2 * pages,
    );
  });

  it('is known by its ids where two accounts see one region, and only there', async () => {
    const open = await stand(large());
    const region = { id: REGION, name: null };
    const look = { labels: {}, lists: [gatherEips], settles: () => 'not-due' };
    const idsOf = async (...accounts: string[]): Promise<(number | undefined)[]> => {
      const places = accounts.map(account => ({ account, region }));
      const { facts } = await observe(places, look, open.world('schedule'));
      return facts.map(({ counted }) => counted?.ids.size);
    };
    expect(await idsOf('main')).toEqual([0]);
    const both = await idsOf('main', 'other');
    expect(both[0]! + both[1]!).toBe(2 * MANY - LISTED);
  });
});
