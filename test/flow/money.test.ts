import { afterAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan } from '../../shared/flow/approvals.ts';
import { settleByHand } from '../../shared/flow/by-hand.ts';
import { turnSwitch } from '../../shared/ledger/control.ts';
import { historyOf, historySince } from '../../shared/ledger/history.ts';
import { openIntents } from '../../shared/ledger/intents.ts';
import { budgetsAt, readBudget } from '../../shared/ledger/spend.ts';
import type { Table } from '../../shared/ledger/table.ts';
import { closeStands, due, outcomeOf, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const RENEW = '/v4/eip/renew';
const spentToday = async (ledger: Table) => {
  const { day, month } = budgetsAt(new Date());
  const read = async (budget: string) => (await readBudget(ledger, { account: 'main', budget })).committed;
  return [await read(day), await read(month)];
};
const limits = (more: object) => ({ limits: { maxActions: 50, maxSharePercent: 100, ...more } });

describe('the budget of a day', () => {
  it('is added up over runs: the next plan that would cross it is held, whole', async () => {
    const { autoRenew, ledger, orders } = await stand([
      due('eip-a', { expiredAt: '+1d' }),
      due('eip-bb', { expiredAt: '+20d' }),
      due('eip-ccc', { expiredAt: '+21d' }),
    ]);
    await autoRenew(limits({ maxSpendPerDay: '300.00' }));
    expect([orders().length, await spentToday(ledger)]).toEqual([1, [11_500, 11_500]]);
    const renew = { withinDays: 25, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 };
    const plan = await autoRenew({ mode: 'plan', renew, ...limits({ maxSpendPerDay: '300.00' }) });
    expect(plan.plan.held).toEqual([
      { cap: 'maxSpendPerDay', unit: 'fen', limit: 30_000, wanted: 34_500, account: 'main' },
    ]);
    const applied = await autoRenew({ renew, ...limits({ maxSpendPerDay: '300.00' }) });
    expect([applied.plan.held.length, orders().length, applied.health]).toEqual([1, 1, 'failed']);
    await autoRenew({ renew, ...limits({ maxSpendPerDay: '345.00' }) });
    expect([orders().length, await spentToday(ledger)]).toEqual([3, [34_500, 34_500]]);
  });
  it('holds two runs at once together: both plans whole, or one', async () => {
    const open = await stand([due('eip-a'), due('eip-bb')]);
    const cap = limits({ maxSpendPerDay: '230.00' });
    await Promise.all([open.autoRenew(cap), open.autoRenew(cap), open.autoRenew(cap)]);
    await open.autoRenew(cap);
    expect([open.orders().length, await spentToday(open.ledger)]).toEqual([2, [23_000, 23_000]]);
  });
  it('may be passed by what people have approved, and by nothing else', async () => {
    const open = await stand([due('eip-a'), due('eip-bb')]);
    const held = await open.autoRenew(limits({ maxSpendPerDay: '200.00' }));
    await approvePlan(held.plan.hash, open.world('bob'));
    await applyPlan(held.plan.hash, open.world('alice'));
    expect(await spentToday(open.ledger)).toEqual([23_000, 23_000]);
  });
  it('that others have used up after the approval holds the plan, and the approval stays', async () => {
    const open = await stand([due('eip-a'), due('eip-bb')]);
    // Held by the number of actions only: the money of the day is not lifted.
    const held = await open.autoRenew(limits({ maxActions: 1, maxSpendPerDay: '230.00' }));
    await approvePlan(held.plan.hash, open.world('bob'));
    const { day } = budgetsAt(new Date());
    const key = { pk: 'spend#main', sk: day };
    await open.ledger.put({ ...key, committed: 5_000, booked: 5_000, held: {} });
    const tried = await applyPlan(held.plan.hash, open.world('alice'));
    expect([tried.plan.held.map(({ cap }) => cap), open.orders()]).toEqual([['maxSpendPerDay'], []]);
    await open.ledger.put({ ...key, committed: 0, booked: 0, held: {} });
    await applyPlan(held.plan.hash, open.world('alice'));
    expect(open.orders()).toHaveLength(2);
  });
  it('counts nothing for an order that was refused, failed or skipped', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'business-error', path: RENEW, code: 'X' }]);
    await open.autoRenew();
    open.simulator.faults([{ kind: 'failed-order' }]);
    await open.autoRenew();
    expect(await spentToday(open.ledger)).toEqual([0, 0]);
  });
  it('counts the price that was paid, not the higher one that was planned', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'price-changes', factor: 0.5, after: 1 }]);
    await open.autoRenew();
    expect([open.orders()[0]?.price, await spentToday(open.ledger)]).toEqual(['57.50', [5_750, 5_750]]);
  });
});

describe('the kill switch', () => {
  it.each([
    ['off', 'off', 'ok'],
    ['plan', 'plan', 'ok'],
  ] as const)('on "%s" leaves an apply no more than that', async (to, mode, health) => {
    const open = await stand([due('eip-a')]);
    await turnSwitch(open.ledger, 'auto-renew', to, 'carol', new Date());
    const report = await open.autoRenew();
    expect([report.mode, report.asked, report.health, open.orders()]).toEqual([mode, 'apply', health, []]);
    expect(open.simulator.calls().length > 0).toBe(to === 'plan');
    await turnSwitch(open.ledger, 'auto-renew', 'apply', 'carol', new Date());
    expect(outcomeOf(await open.autoRenew(), 'eip-a')).toBe('done: renewed');
  });
  it('for all is stricter than one that allows a function', async () => {
    const open = await stand([due('eip-a')]);
    await turnSwitch(open.ledger, null, 'off', 'carol', new Date());
    await turnSwitch(open.ledger, 'auto-renew', 'apply', 'carol', new Date());
    expect((await open.autoRenew()).mode).toBe('off');
    expect((await open.settle()).mode).toBe('off');
  });
  it('never makes an apply of a plan', async () => {
    const open = await stand([due('eip-a')]);
    await turnSwitch(open.ledger, 'auto-renew', 'apply', 'carol', new Date());
    expect([(await open.autoRenew({ mode: 'plan' })).mode, open.orders()]).toEqual(['plan', []]);
  });
  it('stops a run that is under way before its next order', async () => {
    const open = await stand(
      ['eip-a', 'eip-bb', 'eip-ccc', 'eip-dddd', 'eip-eeeee'].map(id => due(id)),
      {
        settings: { orderSeconds: 1 },
      },
    );
    const running = open.autoRenew();
    while (open.orders().length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    await turnSwitch(open.ledger, null, 'plan', 'carol', new Date());
    const report = await running;
    const outcomes = ['eip-a', 'eip-bb', 'eip-ccc', 'eip-dddd', 'eip-eeeee'].map(id => outcomeOf(report, id));
    expect(outcomes).toContain('skipped: switched-off');
    expect(open.orders().length).toBe(outcomes.filter(one => one === 'done: renewed').length);
  });
});

describe('settle-orders', () => {
  const inHours = (open: Stand, hours: number) => ({
    open: () => openIntents(open.ledger, 'main'),
    advance: () => open.simulator.clock.advance(hours * 3600),
  });
  it('finishes an order that outlived its run', async () => {
    const open = await stand([due('eip-a')], { settings: { orderSeconds: 60 } });
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 0 };
    expect(outcomeOf(await open.autoRenew({ renew }), 'eip-a')).toBe('ordered: settling');
    const looked = await open.settle({ mode: 'plan' });
    expect([outcomeOf(looked, 'eip-a'), looked.outcomes.size]).toEqual(['planned', 0]);
    expect(outcomeOf(await open.settle(), 'eip-a')).toBe('ordered: settling');
    inHours(open, 1).advance();
    const settled = await open.settle();
    expect([outcomeOf(settled, 'eip-a'), settled.health]).toEqual(['done: renewed', 'ok']);
    expect([(await open.settle()).plan.items, await spentToday(open.ledger)]).toEqual([[], [11_500, 11_500]]);
  });
  it('sends an order whose answer was lost again, with the same token, once', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'reset-before', path: RENEW }]);
    expect(outcomeOf(await open.autoRenew(), 'eip-a')).toBe('unknown: answer-lost');
    open.simulator.faults([]);
    const only = await open.settle({ settle: { resend: false } });
    expect([outcomeOf(only, 'eip-a'), only.health]).toEqual(['unknown: answer-lost', 'failed']);
    await turnSwitch(open.ledger, 'auto-renew', 'plan', 'carol', new Date());
    expect(outcomeOf(await open.settle(), 'eip-a')).toBe('unknown: answer-lost');
    await turnSwitch(open.ledger, 'auto-renew', 'apply', 'carol', new Date());
    expect(outcomeOf(await open.settle(), 'eip-a')).toBe('done: renewed');
    const tokens = open.simulator
      .calls()
      .filter(({ path }) => path === RENEW)
      .map(({ clientToken }) => clientToken);
    expect([new Set(tokens).size, open.orders().length]).toEqual([1, 1]);
  });
  it('sends it no more than so often, then tells a person, who says what became of it', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'reset-before', path: RENEW }]);
    await open.autoRenew();
    await open.settle();
    await open.settle();
    const last = await open.settle();
    expect([outcomeOf(last, 'eip-a'), last.health]).toEqual(['unknown: ask-a-person', 'failed']);
    const sent = open.simulator.calls().filter(({ path }) => path === RENEW).length;
    await open.settle();
    expect(open.simulator.calls().filter(({ path }) => path === RENEW)).toHaveLength(sent);
    const [intent] = await openIntents(open.ledger, 'main');
    expect((await settleByHand(intent!.token, false, open.world('carol'))).reason.code).toBe('not-bought-says-person');
    await expect(settleByHand(intent!.token, true, open.world('carol'))).rejects.toThrow(/ended already/);
    await expect(settleByHand('nothing', true, open.world('carol'))).rejects.toThrow(/there is none/);
    expect([await openIntents(open.ledger, 'main'), await spentToday(open.ledger)]).toEqual([[], [0, 0]]);
    open.simulator.faults([]);
    expect(outcomeOf(await open.autoRenew(), 'eip-a')).toBe('done: renewed');
  });
  it('books what a person says was bought', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'reset-before', path: RENEW }]);
    await open.autoRenew();
    const [intent] = await openIntents(open.ledger, 'main');
    await settleByHand(intent!.token, true, open.world('carol'));
    expect(await spentToday(open.ledger)).toEqual([11_500, 11_500]);
  });
  it('an order that fails three times is given up and told', async () => {
    const open = await stand([due('eip-a')]);
    open.simulator.faults([{ kind: 'failed-order' }]);
    for (let run = 0; run < 3; run++) expect(outcomeOf(await open.autoRenew(), 'eip-a')).toBe('failed: order-failed');
    const last = await open.autoRenew();
    expect([outcomeOf(last, 'eip-a'), last.health, open.orders().length]).toEqual(['failed: gave-up', 'failed', 3]);
  });
});

describe('the history', () => {
  it('tells of every decision that acted or held: who, on what, for how much, and what became of it', async () => {
    const open = await stand([
      due('eip-a'),
      due('eip-bb', { status: 'UPDATING' }),
      due('eip-ccc', { expiredAt: '+90d' }),
    ]);
    await open.autoRenew({ slot: '2026-11-24T02:00:00Z' });
    const past = await historySince(open.ledger, new Date(Date.now() - 60_000), new Date());
    expect(past).toHaveLength(2);
    const [acted] = await historyOf(open.ledger, 'eip-a', new Date(0));
    expect(acted).toMatchObject({
      intent: {
        state: 'DONE',
        origin: { function: 'auto-renew', who: 'schedule', slot: '2026-11-24T02:00:00.000Z', approvedBy: [] },
        reason: { code: 'due' },
        price: 11_500,
        orderId: expect.any(String),
        outcome: { state: 'done', spent: 11_500 },
      },
    });
    const steps = acted && 'intent' in acted ? acted.intent.history.map(({ state }) => state) : [];
    expect(steps).toEqual(['INTENT', 'SENT', 'ORDERED', 'DONE']);
    const [held] = await historyOf(open.ledger, 'eip-bb', new Date(0));
    expect(held).toMatchObject({ held: { item: { verdict: { decision: 'hold', reason: { code: 'state' } } } } });
    expect(await historyOf(open.ledger, 'eip-ccc', new Date(0))).toEqual([]);
  });
  it('says of a plan that a cap held which cap', async () => {
    const open = await stand([due('eip-a')]);
    await open.autoRenew(limits({ maxActions: 0 }));
    const [held] = await historyOf(open.ledger, 'eip-a', new Date(0));
    expect(held).toMatchObject({ held: { caps: [{ cap: 'maxActions' }] } });
  });
});
