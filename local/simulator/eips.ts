/** Lists and shows EIPs. */
import { computeSuccess, eipNotFound, failure, success } from './answers.ts';
import { OWN } from './eip-state.ts';
import { type Call, faultyPage, isAnswer, paged, type Route } from './route.ts';
import type { SimAccount, SimEip } from './state.ts';

const HIDDEN: ReadonlySet<string> = new Set(OWN);

/** The EIP object as the API prints it. */
export function printed(eip: SimEip): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name in eip) if (!HIDDEN.has(name) && !eip.omit.includes(name)) shown[name] = eip[name];
  return shown;
}

/** Filters of the lists, but ids and region. */
const FILTERS: readonly { name: string; of: (eip: SimEip) => unknown }[] = [
  { name: 'status', of: eip => eip.status },
  { name: 'ip', of: eip => eip.eipAddress },
  { name: 'projectID', of: eip => eip.projectID },
  { name: 'ipType', of: eip => (String(eip.eipAddress).includes(':') ? 'ipv6' : 'ipv4') },
];

type Sorted = {
  readonly generation: number;
  readonly rows: number;
  readonly byRegion: ReadonlyMap<string, readonly SimEip[]>;
};
const sorted = new WeakMap<SimAccount['eips'], Sorted>();

/** The EIPs of a region; sorted out once for all pages, as long as nothing changes. */
function eipsIn(regionID: unknown, { account: { eips }, cloud: { generation } }: Call): readonly SimEip[] {
  const before = sorted.get(eips);
  const isNow = before?.generation === generation && before.rows === eips.length;
  const now = isNow ? before : { generation, rows: eips.length, byRegion: byRegion(eips) };
  sorted.set(eips, now);
  return now.byRegion.get(String(regionID)) ?? [];
}

function byRegion(eips: readonly SimEip[]): ReadonlyMap<string, readonly SimEip[]> {
  const regions = new Map<string, SimEip[]>();
  for (const eip of eips) {
    const rows = regions.get(eip.regionID);
    if (rows) rows.push(eip);
    else regions.set(eip.regionID, [eip]);
  }
  return regions;
}

function list(call: Call) {
  const { params } = call;
  const { regionID, ids } = params;
  const wanted = FILTERS.filter(({ name }) => params[name] !== undefined);
  const isAsked = (eip: SimEip): boolean =>
    (!Array.isArray(ids) || ids.length === 0 || ids.includes(eip.ID)) &&
    wanted.every(({ name, of }) => params[name] === of(eip));
  const all = eipsIn(regionID, call);
  const page = faultyPage(ids === undefined && wanted.length === 0 ? all : all.filter(isAsked), call);
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
