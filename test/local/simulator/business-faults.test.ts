import { describe, expect, it } from 'vitest';
import { closeAll, eip, month, RENEW, SHOW, stand } from './stand.ts';

closeAll();

const QUOTE = 'POST /v4/eip/query-renew-price';
const RENEW_PATH = '/v4/eip/renew';

describe('a fault in the business', () => {
  it.each([
    ['insufficient-balance', {}, RENEW, 'Sim.Balance.Insufficient'],
    ['business-error', { code: 'Openapi.Some.Thing', message: 'no' }, RENEW, 'Openapi.Some.Thing'],
    ['price-error', {}, QUOTE, 'Sim.Price.Unavailable'],
  ])('%s refuses and makes no order', async (kind, more, operation, code) => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind, ...more }]);
    expect(await open.verdict(operation, month)).toBe(code);
    expect(open.simulator.orders()).toEqual([]);
  });

  it('expired-key is told by the gateway', async () => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'expired-key' }]);
    expect((await open.call(SHOW, { eipID: 'eip-1' })).body.statusCode).toBe('CTAPI_10002');
  });

  it('clock-skew moves the window and the Date header, so that a caller can follow', async () => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'clock-skew', minutes: 60 }]);
    const { body, headers } = await open.call(SHOW, { eipID: 'eip-1' });
    expect(body.statusCode).toBe('CTAPI_10009');
    expect(headers.get('date')).toContain('03:00:0');
  });

  it('stuck-order never ends', async () => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'stuck-order' }]);
    await open.call(RENEW, month);
    open.simulator.clock.advance(86_400);
    expect(open.simulator.orders()[0]?.status).toBe('14');
    expect(await open.verdict(RENEW, month)).toBe('Openapi.Order.Inprogress');
  });

  it('failed-order ends with 5, moves nothing, and gives its money back when it ends, once', async () => {
    const open = await stand([eip('eip-1')], { account: { balance: '1000.00' } });
    const balance = () => (open.simulator.state() as { accounts: { balance: string }[] }).accounts[0]?.balance;
    open.simulator.faults([{ kind: 'failed-order' }]);
    await open.call(RENEW, month);
    expect(balance()).toBe('885.00');
    open.simulator.clock.advance(3);
    expect(open.simulator.orders()[0]?.status).toBe('5');
    expect((await open.show()).expiredAt).toBe('2026-11-30T00:00:00Z');
    expect([balance(), balance()]).toEqual(['1000.00', '1000.00']);
  });

  it('price-changes charges another price than was quoted', async () => {
    const open = await stand([eip('eip-1')]);
    const { finalPrice } = (await open.call(QUOTE, month)).body.returnObj as { finalPrice: number };
    open.simulator.faults([{ kind: 'price-changes', factor: 3, path: RENEW_PATH }]);
    await open.call(RENEW, month);
    expect(Number(open.simulator.orders()[0]?.price)).toBe(finalPrice * 3);
  });
});
