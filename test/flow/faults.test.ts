import { afterAll, describe, expect, it } from 'vitest';
import { call } from '../local/simulator/signing-caller.ts';
import { closeStands, due, KEY, outcomeOf, REGION, stand } from '../stand.ts';

afterAll(closeStands);

const RENEW = '/v4/eip/renew';
type Row = [sentence: string, fault: Record<string, unknown>, outcome: string, health: string, settings?: object];

/** One due EIP, one fault. What the first run says of it; the second run, without the fault, must set it right. */
const ROWS: Row[] = [
  ['an order that is refused', { kind: 'business-error', path: RENEW, code: 'Openapi.X' }, 'failed: refused', 'failed'],
  ['too little balance', { kind: 'insufficient-balance' }, 'failed: refused', 'failed'],
  ['a throttled order is sent again', { kind: 'throttle', path: RENEW, times: 2 }, 'done: renewed', 'ok'],
  ['an order throttled for good', { kind: 'throttle', path: RENEW }, 'failed: not-sent', 'failed'],
  ['a connection lost before the order acted', { kind: 'reset-before', path: RENEW, times: 1 }, 'done: renewed', 'ok'],
  ['a connection lost after the order acted', { kind: 'reset-after', path: RENEW, times: 1 }, 'done: renewed', 'ok'],
  ['every answer lost after acting', { kind: 'reset-after', path: RENEW }, 'done: renewed', 'ok'],
  ['every order lost before acting', { kind: 'reset-before', path: RENEW }, 'unknown: answer-lost', 'failed'],
  ['an order that hangs after acting', { kind: 'hang-after', path: RENEW }, 'done: renewed', 'ok'],
  ['an order that hangs before acting', { kind: 'hang-before', path: RENEW, times: 1 }, 'done: renewed', 'ok'],
  ['garbage after acting', { kind: 'garbage', acted: true, path: RENEW }, 'done: renewed', 'ok'],
  ['garbage before acting', { kind: 'garbage', path: RENEW, times: 1 }, 'done: renewed', 'ok'],
  ['HTML after acting', { kind: 'html', acted: true, path: RENEW }, 'done: renewed', 'ok'],
  ['nothing after acting', { kind: 'empty', acted: true, path: RENEW }, 'done: renewed', 'ok'],
  ['a 502 for the order', { kind: 'status', status: 502, path: RENEW, times: 1 }, 'done: renewed', 'ok'],
  ['an answer too large to read', { kind: 'huge', acted: true, path: RENEW }, 'done: renewed', 'ok'],
  ['garbage everywhere, now and then', { kind: 'garbage', times: 1 }, 'done: renewed', 'ok'],
  ['throttling everywhere, now and then', { kind: 'throttle', times: 2, retryAfterSeconds: 0 }, 'done: renewed', 'ok'],
  ['a slow cloud', { kind: 'latency', ms: 60 }, 'done: renewed', 'ok'],
  ['an order that never ends', { kind: 'stuck-order' }, 'ordered: settling', 'ok'],
  ['an order that fails', { kind: 'failed-order' }, 'failed: order-failed', 'failed'],
  [
    'an order query that is down',
    { kind: 'status', status: 503, path: '/v4/ecs/order/query-uuid' },
    'done: renewed',
    'ok',
  ],
  ['no price', { kind: 'price-error' }, 'hold: no-quote', 'failed'],
  ['a price that is garbage', { kind: 'garbage', path: '/v4/eip/query-renew-price' }, 'hold: no-quote', 'failed'],
  ['a status code that is text', { kind: 'string-status' }, 'done: renewed', 'ok'],
  ['answers in an array', { kind: 'array-return' }, 'done: renewed', 'ok'],
  ['a clock that is wrong by an hour', { kind: 'clock-skew', minutes: 60 }, 'done: renewed', 'ok'],
  [
    'an answer lost by an API that ignores tokens',
    { kind: 'reset-after', path: RENEW, times: 1 },
    'done: renewed',
    'ok',
    { tokenIdempotency: false },
  ],
  [
    'the same while the order still runs',
    { kind: 'reset-after', path: RENEW, times: 1 },
    'done: renewed',
    'ok',
    { tokenIdempotency: false, orderSeconds: 2 },
  ],
  [
    'the same where the order ends in the pause before it would be repeated',
    { kind: 'reset-after', path: RENEW, times: 1 },
    'done: renewed',
    'ok',
    { tokenIdempotency: false, orderSeconds: 0.5 },
  ],
];

describe('one EIP that is due, and', () => {
  it.concurrent.each(ROWS)(
    '%s: told truly, never bought twice, right after the next run',
    async (_sentence, fault, outcome, health, settings) => {
      const { simulator, autoRenew } = await stand([due('eip-a')], { settings });
      simulator.faults([fault]);
      const report = await autoRenew();
      expect([outcomeOf(report, 'eip-a'), report.health]).toEqual([outcome, health]);
      expect(report.threw).toBe(health !== 'ok');
      simulator.faults([]);
      await autoRenew();
      // An order that surely failed is tried anew, with a token of its own.
      const stuck = fault.kind === 'stuck-order';
      expect(simulator.orders().filter(({ status }) => status === '3')).toHaveLength(stuck ? 0 : 1);
      expect(simulator.orders()).toHaveLength(fault.kind === 'failed-order' ? 2 : 1);
    },
  );
});

describe('a list that cannot be trusted', () => {
  it.concurrent.each<[string, Record<string, unknown>, string]>([
    ['a page with a row too few', { kind: 'short-page' }, 'INVENTORY_MISMATCH'],
    ['a count that is wrong', { kind: 'wrong-count', delta: 3 }, 'INVENTORY_MISMATCH'],
    ['a row that comes twice', { kind: 'duplicate-row' }, 'INVENTORY_MISMATCH'],
    ['garbage', { kind: 'garbage' }, 'unreadable'],
    ['HTML', { kind: 'html', status: 502 }, 'unavailable'],
    ['nothing', { kind: 'empty' }, 'unreadable'],
    ['no answer at all', { kind: 'hang-before' }, 'lost'],
    ['a closed connection', { kind: 'reset-before' }, 'lost'],
    ['throttling for good', { kind: 'throttle' }, 'throttled'],
    ['a refused key', { kind: 'expired-key' }, 'credentials'],
  ])('%s: nothing is ordered, one problem is told', async (_sentence, fault, code) => {
    const { simulator, autoRenew, orders } = await stand([due('eip-a'), due('eip-bb')]);
    simulator.faults([{ ...fault, path: '/v4/eip/new-list' }]);
    const report = await autoRenew();
    expect(report.targets.map(({ problem }) => problem?.code)).toEqual([code]);
    expect([report.plan.items.length, orders().length, report.threw]).toEqual([0, 0, true]);
    expect(report.health).toBe(code === 'credentials' ? 'mistake' : 'failed');
  });
  it('that heals while it is read is believed', async () => {
    const open = await stand([due('eip-a'), due('eip-bb')]);
    open.simulator.faults([{ kind: 'wrong-count', delta: 1, path: '/v4/eip/new-list', times: 2 }]);
    const report = await open.autoRenew();
    expect([report.health, open.orders().length]).toEqual(['ok', 2]);
  });
});

describe('several EIPs', () => {
  it('one that fails takes no other with it', async () => {
    const open = await stand([due('eip-a'), due('eip-bb'), due('eip-ccc')]);
    open.simulator.faults([{ kind: 'business-error', path: RENEW, eipID: 'eip-bb', code: 'X' }]);
    const report = await open.autoRenew();
    expect(['eip-a', 'eip-bb', 'eip-ccc'].map(id => outcomeOf(report, id))).toEqual([
      'done: renewed',
      'failed: refused',
      'done: renewed',
    ]);
  });
  it('an order of somebody else holds its EIP and is not paid by us', async () => {
    const open = await stand([due('eip-a')], { settings: { orderSeconds: 60 } });
    const params = { clientToken: 'theirs', regionID: REGION, eipID: 'eip-a', cycleType: 'month', cycleCount: 2 };
    await call(open.simulator.url, new Date(), `POST ${RENEW}`, params, { key: KEY });
    const met = await open.autoRenew();
    expect([outcomeOf(met, 'eip-a'), met.health]).toEqual(['skipped: other-order', 'ok']);
    expect(outcomeOf(await open.autoRenew({ mode: 'plan' }), 'eip-a')).toBe('hold: other-order');
    open.simulator.clock.advance(120);
    const after = await open.autoRenew();
    expect([outcomeOf(after, 'eip-a'), open.orders().length]).toEqual(['keep: not-due', 1]);
  });
  it('an order of ours that still runs holds its EIP, whatever term is asked for meanwhile', async () => {
    const open = await stand([due('eip-a')], { settings: { orderSeconds: 60 } });
    await open.autoRenew({ renew: { withinDays: 7, cycle: { type: 'month', count: 2 }, settleWithinSeconds: 0 } });
    const report = await open.autoRenew();
    expect([outcomeOf(report, 'eip-a'), open.orders().length]).toEqual(['hold: under-way', 1]);
  });
  it('two runs at once renew each once', async () => {
    const open = await stand([due('eip-a'), due('eip-bb')], { settings: { orderSeconds: 1 } });
    await Promise.all([open.autoRenew(), open.autoRenew()]);
    expect(
      open
        .orders()
        .map(({ eipID }) => eipID)
        .toSorted(),
    ).toEqual(['eip-a', 'eip-bb']);
  });
});

describe('the key', () => {
  it('that was rotated is fetched anew, once, and the run goes on', async () => {
    const open = await stand([due('eip-a')]);
    const { autoRenew, simulator, setSecret } = open;
    await autoRenew({ mode: 'plan' });
    const next = { accessKey: 'n'.repeat(32), secretKey: 'k'.repeat(32) };
    simulator.load({ accounts: [{ name: 'main', ...next, eips: [due('eip-a')] }], settings: { orderSeconds: 0 } });
    setSecret(JSON.stringify(next));
    const report = await autoRenew();
    expect([outcomeOf(report, 'eip-a'), report.health]).toEqual(['done: renewed', 'ok']);
  });
  it('that is malformed is a problem that names no part of it', async () => {
    const open = await stand([due('eip-a')]);
    open.setSecret('{"accessKey": "short-secret-thing');
    const report = await open.autoRenew();
    expect(report.health).toBe('mistake');
    expect(report.targets[0]?.problem?.message).toMatch(/not a JSON object/);
    expect(JSON.stringify([report, open.logged])).not.toContain('short-secret');
  });
});
