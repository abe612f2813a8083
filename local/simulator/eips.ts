/** Lists and shows EIPs. */
import { computeSuccess, eipNotFound, failure, success } from './answers.ts';
import { OWN } from './eip-state.ts';
import { type Call, faultyPage, isAnswer, paged, type Route } from './route.ts';
import type { SimAccount, SimEip } from './state.ts';

/** The EIP object as the API prints it. */
export const printed = (eip: SimEip): Record<string, unknown> =>
  Object.fromEntries(Object.entries(eip).filter(([name]) => !OWN.includes(name) && !eip.omit.includes(name)));

/** Filters of the lists, but ids and region. */
const FILTERS: readonly { name: string; of: (eip: SimEip) => unknown }[] = [
  { name: 'status', of: eip => eip.status },
  { name: 'ip', of: eip => eip.eipAddress },
  { name: 'projectID', of: eip => eip.projectID },
  { name: 'ipType', of: eip => (String(eip.eipAddress).includes(':') ? 'ipv6' : 'ipv4') },
];

function list(call: Call) {
  const { account, params } = call;
  const { regionID, ids } = params;
  const eips = account.eips
    .filter(eip => eip.regionID === regionID)
    .filter(eip => !Array.isArray(ids) || ids.length === 0 || ids.includes(eip.ID))
    .filter(eip => FILTERS.every(({ name, of }) => params[name] === undefined || params[name] === of(eip)));
  const page = faultyPage(eips, call);
  return isAnswer(page) ? page : { ...page, rows: page.rows.map(printed) };
}

const LIST = { clientToken: 'string', regionID: 'string' } as const;
const ONE = { regionID: 'string', eipID: 'string' } as const;

export const eipRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v4/eip/new-list',
    required: LIST,
    handle: call => {
      const page = list(call);
      return isAnswer(page) ? page : success({ eips: page.rows, ...page.counts });
    },
  },
  {
    method: 'POST',
    path: '/v4/eip/list',
    required: LIST,
    handle: call => {
      const page = list(call);
      return isAnswer(page) ? page : success({ eips: page.rows }, page.counts);
    },
  },
  {
    method: 'GET',
    path: '/v4/eip/show',
    required: ONE,
    handle: ({ cloud, account, params }) => {
      const eip = cloud.eip(account, params.regionID, params.eipID);
      return eip ? success(printed(eip)) : eipNotFound();
    },
  },
  {
    method: 'POST',
    path: '/v4/ecs/list-instances',
    required: { regionID: 'string' },
    handle: ({ account, params }) => {
      const ids = params.instanceIDList === undefined ? undefined : String(params.instanceIDList).split(',');
      const rows = account.instances.filter(
        ({ regionID, instanceID }) => regionID === params.regionID && (ids?.includes(instanceID) ?? true),
      );
      const page = paged(rows, params);
      return isAnswer(page) ? page : computeSuccess({ ...page.counts, results: page.rows.map(withoutRegion) });
    },
  },
];

const withoutRegion = ({ regionID: _, ...instance }: SimAccount['instances'][number]) => instance;

/** Unknown, or closed to the account: the API does not tell which. */
export const regionClosed = () => failure('Openapi.RegionInfo.AccessFailed', 'region access failed');
