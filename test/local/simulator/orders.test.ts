import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { bound, closeAll, DELETE, eip, MODIFY, month, RENEW, SHOW, type Stand, stand } from './stand.ts';

closeAll();

const CREATE = 'POST /v4/eip/create';
const fresh = { cycleType: 'month', cycleCount: 1, name: 'fresh', bandwidth: 5 };
const orderOf = (body: Body) => body.returnObj as Record<string, string>;
const statusOf = async ({ call }: Stand, masterOrderID: string) =>
  (await call('GET /v4/ecs/order/query-uuid', { masterOrderID })).body.returnObj;
const balanceOf = ({ simulator }: Stand) =>
  (simulator.state() as { accounts: { balance: string }[] }).accounts[0]!.balance;

describe('an order', () => {
  it('runs for orderSeconds of the clock, then moves the expiry', async () => {
    const open = await stand([eip('eip-1', bound)]);
    const { masterOrderID = '' } = orderOf((await open.call(RENEW, month)).body);
    expect(await statusOf(open, masterOrderID)).toEqual({ orderStatus: '14', instanceIDList: [] });
    expect((await open.show()).expiredAt).toBe('2026-11-30T00:00:00Z');
    open.simulator.clock.advance(3);
    expect(await statusOf(open, masterOrderID)).toEqual({ orderStatus: '3', instanceIDList: ['eip-1'] });
    expect((await open.show()).expiredAt).toBe('2026-12-30T00:00:00Z');
    const other = await open.call('GET /v4/order/query-uuid', { masterOrderId: masterOrderID });
    expect(other.body.returnObj).toEqual({ orderStatus: '3', resourceType: 'NETWORK', resourceUuid: ['eip-1'] });
  });

  it('of no seconds has ended when it is answered', async () => {
    const open = await stand([eip('eip-1')], { settings: { orderSeconds: 0 } });
    await open.call(RENEW, month);
    expect((await open.show()).expiredAt).toBe('2026-12-30T00:00:00Z');
  });

  it('is recorded with what was paid, and taken from the balance', async () => {
    const open = await stand([eip('eip-1')], { account: { balance: '1000.00' } });
    const quote = (await open.call('POST /v4/eip/query-renew-price', month)).body.returnObj as { finalPrice: number };
    await open.call(RENEW, { ...month, clientToken: 'mine' });
    const [order] = open.simulator.orders();
    expect(order).toMatchObject({ account: 'main', kind: 'renew', eipID: 'eip-1', clientToken: 'mine', status: '14' });
    expect(order?.price).toBe(quote.finalPrice.toFixed(2));
    expect(Number(balanceOf(open))).toBe(1000 - quote.finalPrice);
  });

  it('that the balance does not cover is refused and takes nothing', async () => {
    const open = await stand([eip('eip-1')], { account: { balance: '1.00' } });
    expect(await open.verdict(RENEW, month)).toBe('Sim.Balance.Insufficient');
    expect([open.simulator.orders(), balanceOf(open)]).toEqual([[], '1.00']);
  });

  it('holds its EIP: another one is told which order runs', async () => {
    const open = await stand([eip('eip-1'), eip('eip-2')]);
    const { masterOrderID, masterOrderNO } = orderOf((await open.call(RENEW, month)).body);
    const { body } = await open.call(MODIFY, { eipID: 'eip-1', bandwidth: 9 });
    expect(body).toMatchObject({ statusCode: 900, errorCode: 'Openapi.Order.Inprogress' });
    expect(body.returnObj).toEqual({ masterOrderID, masterOrderNO });
    expect(await open.verdict(RENEW, { ...month, eipID: 'eip-2' })).toBe('ok');
    open.simulator.clock.advance(3);
    expect(await open.verdict(MODIFY, { eipID: 'eip-1', bandwidth: 9 })).toBe('ok');
  });
});

describe('the same clientToken', () => {
  const same = { clientToken: 'same' };
  it.each([
    ['while the order runs', 0, { orderSeconds: 2 }],
    ['after it has ended', 5, { orderSeconds: 2 }],
  ])('gives the same order %s', async (_, seconds, settings) => {
    const open = await stand([eip('eip-1')], { settings });
    const first = orderOf((await open.call(RENEW, { ...month, ...same })).body);
    open.simulator.clock.advance(seconds);
    const { cycleCount, cycleType, eipID } = month;
    const again = await open.call(RENEW, { cycleCount, ...same, cycleType, eipID });
    expect([again.body.statusCode, orderOf(again.body).masterOrderID]).toEqual([800, first.masterOrderID]);
    expect(open.simulator.orders()).toHaveLength(1);
  });

  it('gives the same order when its EIP is gone', async () => {
    const open = await stand([eip('eip-1')], { settings: { orderSeconds: 0 } });
    await open.call(DELETE, { eipID: 'eip-1', ...same });
    expect(await open.verdict(SHOW, { eipID: 'eip-1' })).toBe('Openapi.Eip.NotFound');
    expect(await open.verdict(DELETE, { eipID: 'eip-1', ...same })).toBe('ok');
  });

  it('with other parameters is refused', async () => {
    const open = await stand([eip('eip-1')]);
    await open.call(RENEW, { ...month, ...same });
    expect(await open.verdict(RENEW, { ...month, ...same, cycleCount: 2 })).toBe('Sim.ClientToken.ParametersDiffer');
  });

  it('buys again where tokens are ignored', async () => {
    const open = await stand([eip('eip-1')], { settings: { tokenIdempotency: false, orderSeconds: 0 } });
    for (const _ of [1, 2]) await open.call(RENEW, { ...month, ...same });
    expect(open.simulator.orders()).toHaveLength(2);
    expect((await open.show()).expiredAt).toBe('2027-01-30T00:00:00Z');
  });
});

describe('a renewal', () => {
  it.each([
    ['by a month follows the term', { expiredAt: '2026-11-30T00:00:00Z' }, month, '2026-12-30T00:00:00Z', 'DOWN'],
    [
      'ends on the last day of a short month',
      { expiredAt: '2027-01-31T08:00:00Z' },
      month,
      '2027-02-28T08:00:00Z',
      'DOWN',
    ],
    [
      'by a leap year',
      { expiredAt: '2028-02-29T00:00:00Z' },
      { ...month, cycleType: 'year' },
      '2029-02-28T00:00:00Z',
      'DOWN',
    ],
    [
      'of an expired EIP starts now',
      { expiredAt: '2026-11-20T00:00:00Z', status: 'EXPIRED' },
      month,
      '2026-12-24T02:00:00Z',
      'DOWN',
    ],
    ['of a frozen, bound EIP revives it', { ...bound, status: 'FREEZING' }, month, '2026-12-30T00:00:00Z', 'ACTIVE'],
  ])('%s', async (_, change, params, expiredAt, status) => {
    const open = await stand([eip('eip-1', change)], { settings: { orderSeconds: 0 }, account: { balance: '90000' } });
    expect(await open.verdict(RENEW, params)).toBe('ok');
    const after = await open.show();
    expect(after.status).toBe(status);
    expect(Math.abs(Date.parse(String(after.expiredAt)) - Date.parse(expiredAt))).toBeLessThan(5000);
  });
});

it('a new EIP has an id when its order has ended', async () => {
  const open = await stand([]);
  const running = await open.call(CREATE, { ...fresh, clientToken: 'new' });
  expect(orderOf(running.body)).toMatchObject({ eipID: null, masterResourceStatus: 'starting' });
  open.simulator.clock.advance(3);
  const { eipID = '', masterResourceStatus } = orderOf(
    (await open.call(CREATE, { ...fresh, clientToken: 'new' })).body,
  );
  expect(masterResourceStatus).toBe('started');
  expect(await open.show(eipID)).toMatchObject({ status: 'DOWN', name: 'fresh', bandwidth: 5 });
});
