/** Lists of what may use an EIP: NAT rules, load balancers, virtual IPs, NICs. */
import { success } from './answers.ts';
import type { ListName, Row } from './resource-state.ts';
import { type Call, faultyPage, isAnswer, type Route } from './route.ts';

const REGION = { regionID: 'string' } as const;
type Rows = readonly Record<string, unknown>[];

const inRegion = ({ account, params }: Call, list: ListName): Row[] =>
  account[list].filter(row => row.regionID === params.regionID);

const without = (row: Row, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

/** The rules of the region's gateways, or of one of them. */
const rulesOf = (call: Call, kind: 'snats' | 'dnats'): Rows =>
  inRegion(call, 'natGateways')
    .filter(({ natGatewayID }) => [undefined, natGatewayID].includes(call.params.natGatewayID as string | undefined))
    .flatMap(({ natGatewayID, [kind]: rules }) => (rules as Rows).map(rule => ({ ...rule, natGatewayID })));

const get = (path: string, handle: Route['handle'], required: Route['required'] = REGION): Route => ({
  ...{ method: 'GET', path, required, handle },
});

export const useRoutes: readonly Route[] = [
  get('/v4/vpc/describe-nat-gateways', call => {
    const page = faultyPage(inRegion(call, 'natGateways'), call);
    if (isAnswer(page)) return page;
    return success(
      page.rows.map(row => without(row, 'regionID', 'snats', 'dnats')),
      page.counts,
    );
  }),
  get('/v4/vpc/list-snats', call => {
    const page = faultyPage(rulesOf(call, 'snats'), call);
    return isAnswer(page) ? page : success({ results: page.rows, ...page.counts });
  }),
  get('/v4/vpc/describe-dnat-entries', call => success(rulesOf(call, 'dnats').map(rule => ({ ...rule }))), {
    ...REGION,
    natGatewayID: 'string',
  }),
  get('/v4/elb/list-loadbalancer', call => success(inRegion(call, 'loadBalancers'))),
  {
    ...{ method: 'POST', path: '/v4/vpc/havip/list', required: { clientToken: 'string', ...REGION } },
    handle: call => success(inRegion(call, 'havips').map(row => without(row, 'regionID'))),
  },
  get('/v4/ports/new-list', call => {
    const page = faultyPage(
      inRegion(call, 'ports').map(row => without(row, 'regionID')),
      call,
    );
    return isAnswer(page) ? page : success({ ports: page.rows, ...page.counts });
  }),
];
