/** How much of a bandwidth is used, in percent: of an EIP, and of a shared bandwidth by all its EIPs together. */
import { type Answer, eipNotFound, failure, success } from './answers.ts';
import { lastSample, loadAt } from './metrics.ts';
import { found, notFound, SHARED_BANDWIDTH } from './products.ts';
import type { Call, Route } from './route.ts';
import type { SimEip } from './state.ts';

type Direction = 'ingress' | 'egress';

// Without data there is no share to tell: 0% would look like an idle EIP.
const noData = (): Answer => failure('Monitor.DataQuery.QueryError', 'no data');

function shares(call: Call, eips: readonly SimEip[], mbps: number, directions: readonly Direction[]): Answer {
  if (eips.some(({ load }) => load?.missing) || !(mbps > 0)) return noData();
  const loads = eips.map(eip => loadAt(eip, lastSample(eip, call.cloud.clock.now())));
  const percent = (way: Direction): string =>
    `${Math.round((100 * loads.reduce((sum, load) => sum + load[`${way}Mbps`], 0)) / mbps)}%`;
  return success(Object.fromEntries(directions.map(way => [`${way}BandwidthUtilization`, percent(way)])));
}

const ofEip = (call: Call, directions: readonly Direction[]): Answer => {
  const eip = call.cloud.eip(call.account, call.params.regionID, call.params.eipID);
  return eip ? shares(call, [eip], Number(eip.bandwidth), directions) : eipNotFound();
};

const ofPool = (call: Call, directions: readonly Direction[]): Answer => {
  const { account, params } = call;
  const pool = found(account, SHARED_BANDWIDTH, params.regionID, params.bandwidthID);
  if (!pool) return notFound(SHARED_BANDWIDTH);
  const members = account.eips.filter(({ bandwidthID }) => bandwidthID === pool.id);
  return shares(call, members, Number(pool.bandwidth), directions);
};

const routes = (product: string, param: string, of: typeof ofEip): Route[] =>
  (
    [
      ['bandwidth-utilization', ['ingress', 'egress']],
      ['ingress-bandwidth-utilization', ['ingress']],
      ['egress-bandwidth-utilization', ['egress']],
    ] as const
  ).map(([name, directions]) => ({
    method: 'GET',
    path: `/v4/${product}/${name}`,
    required: { regionID: 'string', [param]: 'string' },
    handle: call => of(call, directions),
  }));

export const utilisationRoutes: readonly Route[] = [
  ...routes('eip', 'eipID', ofEip),
  ...routes('bandwidth', 'bandwidthID', ofPool),
];
