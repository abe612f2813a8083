import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { type CtyunClient, createClient } from '../../shared/ctyun/client.ts';
import { endpointOf } from '../../shared/ctyun/hosts.ts';
import { PATIENT } from '../../shared/ctyun/retry.ts';
import { sendOverHttp } from '../../shared/edge/network.ts';
import { systemClock } from '../../shared/edge/system.ts';
import { due, KEY, REGION } from '../stand.ts';

export const NOW = '2026-11-24T02:00:00Z';
const free = { status: 'DOWN', associationID: '', associationType: null };
const row = (values: Record<string, unknown>) => ({ regionID: REGION, ...values });

/** An account that has one of everything, free and in use. */
export const wholeCloud = (settings: Record<string, unknown> = {}) => ({
  now: NOW,
  regions: [{ regionID: REGION, regionName: '华东1' }],
  accounts: [
    {
      name: 'main',
      ...KEY,
      balance: '50000.00',
      eips: [
        due('eip-bound', { eipAddress: '203.0.113.1', bandwidth: 10, load: { egressMbps: 8 }, labels: { team: 'x' } }),
        due('eip-free', { eipAddress: '203.0.113.2', bandwidth: 7, ...free }),
        due('eip-od', {
          eipAddress: '203.0.113.3',
          ...free,
          expiredAt: null,
          billingMethod: 'on_demand',
          resourceID: 'ord-od',
        }),
        due('eip-in', {
          eipAddress: '203.0.113.4',
          bandwidth: 20,
          bandwidthID: 'bandwidth-1',
          load: { egressMbps: 5 },
        }),
        due('eip-term', { eipAddress: '203.0.113.5', resourceID: 'ord-term' }),
      ],
      sharedBandwidths: [
        row({ id: 'bandwidth-1', name: 'pool', bandwidth: 20, expireAt: '+10d' }),
        row({ id: 'bandwidth-empty', name: 'empty', expireAt: '+10d' }),
      ],
      ipv6Bandwidths: [
        row({ id: 'bandwidth-6', name: 'six', bandwidth: 5, expiredTime: '+10d' }),
        row({ id: 'bandwidth-6b', name: 'six-b', ipAddress: '2001:db8::2', ipv6GatewayID: 'ipv6gw-1' }),
      ],
      ipv6s: [
        row({ ID: 'ipv6-1', ipAddress: '2001:db8::1' }),
        row({ ID: 'ipv6-2', ipAddress: '2001:db8::2', bandwidthID: 'bandwidth-6b' }),
      ],
      flowPackages: [
        row({
          ...{ id: 'sdp-1', masterResourceBundleId: 'bundle-1', totalVolumn: '100', leftVolumn: '60', price: '40.00' },
          deductions: [{ deductTime: Date.parse('2026-11-23T02:00:00Z') / 1000, deductAmount: 40 }],
        }),
      ],
      ipv4Gateways: [row({ id: 'igw-1', name: 'a' }), row({ id: 'igw-2', name: 'b', routeTableID: 'rtb-2' })],
      ipv6Gateways: [row({ ipv6GatewayID: 'ipv6gw-1', name: 'g' }), row({ ipv6GatewayID: 'ipv6gw-2', vpcID: 'vpc-2' })],
    },
  ],
  settings: { orderSeconds: 0, bindSeconds: 0, ...settings },
});

export type Whole = { readonly simulator: Simulator; readonly client: CtyunClient };

/** A simulator that holds it, and the product's own client. */
export async function whole(settings?: Record<string, unknown>): Promise<Whole> {
  const simulator = await startSimulator({ state: wholeCloud(settings) });
  const client = createClient({
    credentials: { current: async () => KEY, refresh: async () => KEY },
    endpoint: endpointOf(simulator.url),
    wire: sendOverHttp,
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    random: () => 0,
    concurrency: 4,
    timeoutMs: 2000,
    retry: PATIENT,
    deadline: new Date(Date.now() + 60_000),
  });
  return { simulator, client };
}
