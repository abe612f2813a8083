import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, eip, REGION, stand } from './stand.ts';

closeAll();

const month = { cycleType: 'month', cycleCount: 1 };
/** Orders of every product, some of which are refused in some states. */
const ORDERS: readonly (readonly [string, Body])[] = [
  ['POST /v4/eip/renew', { eipID: 'eip-1', ...month }],
  ['POST /v4/eip/modify-spec', { eipID: 'eip-1', bandwidth: 20 }],
  ['POST /v4/eip/create', { ...month, name: 'new' }],
  ['POST /v4/bandwidth/renew', { bandwidthID: 'bandwidth-1', ...month }],
  ['POST /v4/bandwidth/create', { ...month, name: 'new', bandwidth: 5 }],
  ['POST /v4/ipv6_bandwidth/renew', { bandwidthID: 'bandwidth-6', ...month }],
  ['POST /v4/ipv6_bandwidth/modify-spec', { bandwidthID: 'bandwidth-6', bandwidth: 3 }],
  ['POST /v4/flow_package/buy', { cycleType: 'MONTH', cycleCount: 1, count: 1, spec: 50 }],
];
const START = 3000;

it('for all orders, failed, stuck or done, on whatever product: what is missing is the price of what did not fail', async () => {
  const order = fc.record({
    which: fc.nat({ max: ORDERS.length - 1 }),
    fault: fc.constantFrom(undefined, 'failed-order', 'stuck-order', 'insufficient-balance'),
    token: fc.constantFrom(undefined, 'same'),
    seconds: fc.constantFrom(0, 3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 12 }), async orders => {
      const cloud = await stand([eip('eip-1')], {
        account: {
          balance: START.toFixed(2),
          sharedBandwidths: [{ regionID: REGION, id: 'bandwidth-1', expireAt: '+5d' }],
          ipv6Bandwidths: [{ regionID: REGION, id: 'bandwidth-6' }],
        },
      });
      for (const { which, fault, token, seconds } of orders) {
        const [operation, params] = ORDERS[which]!;
        cloud.simulator.faults(fault ? [{ kind: fault }] : []);
        await cloud.call(operation, { ...params, ...(token ? { clientToken: token } : {}) });
        cloud.simulator.clock.advance(seconds);
      }
      const { accounts } = cloud.simulator.state() as { accounts: { balance: string }[] };
      const kept = cloud.simulator.orders().filter(({ status }) => status !== '5');
      const spent = kept.reduce((sum, { price }) => sum + Math.round(Number(price) * 100), 0);
      expect(Math.round(Number(accounts[0]?.balance) * 100)).toBe(START * 100 - spent);
      expect(Number(accounts[0]?.balance)).toBeGreaterThanOrEqual(0);
      expect(cloud.simulator.orders().filter(({ clientToken }) => clientToken === 'same').length).toBeLessThanOrEqual(
        1,
      );
      await cloud.simulator.close();
    }),
    { numRuns: 30 },
  );
});
