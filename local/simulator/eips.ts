/** Lists and shows EIPs. */
import { computeSuccess, eipNotFound, failure, success } from './answers.ts';
import { OWN } from './eip-state.ts';
import { type Call, isAnswer, paged, type Route } from './route.ts';
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

/** A list call, with the faults that a list can have. */
function list({ account, params, fault }: Call) {
  const { regionID, ids } = params;
  const eips = account.eips
    .filter(eip => eip.regionID === regionID)
    .filter(eip => !Array.isArray(ids) || ids.length === 0 || ids.includes(eip.ID))
    .filter(eip => FILTERS.every(({ name, of }) => params[name] === undefined || params[name] === of(eip)));
  const page = paged(eips, params);
  if (isAnswer(page)) return page;
  const rows = page.rows.map(printed);
  if (fault('short-page')) rows.pop();
  if (fault('duplicate-row') && rows[0]) rows[rows.length - 1] = rows[0];
  const delta = Number(fault('wrong-count')?.delta ?? 0);
  return {
    rows,
    counts: { ...page.counts, currentCount: rows.length, totalCount: (page.counts.totalCount ?? 0) + delta },
  };
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
