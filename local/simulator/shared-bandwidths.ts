/** Lists and shows shared bandwidths; EIPs join and leave them. */
import { type Answer, badParameters, eipNotFound, success } from './answers.ts';
import { joinPool, leavePool } from './pools.ts';
import { EIP, found, notFound, refused, SHARED_BANDWIDTH } from './products.ts';
import type { Row } from './resource-state.ts';
import { type Call, faultyPage, isAnswer, once, type Route } from './route.ts';

function printed({ account }: Call, { id, status, bandwidth, name, expireAt, createdAt }: Row): Row {
  const members = account.eips.filter(eip => eip.bandwidthID === id);
  const eips = members.map(({ eipAddress, ID }) => ({ ip: eipAddress, eipID: ID }));
  return { id, status, bandwidth, name, expireAt, createdAt, eips } as unknown as Row;
}

/** A search by a part of name or id. */
export const matches = (row: Row, { queryContent }: Call['params']): boolean =>
  queryContent === undefined || [row.name, row.id].some(text => String(text).includes(String(queryContent)));

function page(call: Call) {
  const { account, params } = call;
  const rows = account.sharedBandwidths.filter(
    row =>
      row.regionID === params.regionID && matches(row, params) && [undefined, row.projectID].includes(params.projectID),
  );
  const cut = faultyPage(rows, call);
  return isAnswer(cut) ? cut : { ...cut, rows: cut.rows.map(row => printed(call, row)) };
}

const onPool = (call: Call, act: (pool: Row) => Answer): Answer => {
  const pool = found(call.account, SHARED_BANDWIDTH, call.params.regionID, call.params.bandwidthID);
  return pool ? act(pool) : notFound(SHARED_BANDWIDTH);
};

/** EIPs that join or leave together: all of them, or none. */
function members({ account, params }: Call, fits: (eip: Row) => boolean, act: (eip: Row) => void): Answer {
  const ids = params.eipIDs as readonly unknown[];
  if (ids.length < 1 || ids.length > 50) return badParameters(['eipIDs: 1 to 50']);
  const eips = ids.map(id => found(account, EIP, params.regionID, id)).filter(eip => eip !== undefined);
  if (eips.length < ids.length) return eipNotFound();
  if (!eips.every(fits)) return refused(EIP, 'StateInvalid', 'an eip is elsewhere');
  eips.forEach(act);
  return success();
}

const MEMBERS = { clientToken: 'string', regionID: 'string', bandwidthID: 'string', eipIDs: 'array' } as const;
const ONE = { regionID: 'string', bandwidthID: 'string' } as const;

export const sharedBandwidthRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v4/bandwidth/list', required: { regionID: 'string' } },
    handle: call => {
      const cut = page(call);
      return isAnswer(cut) ? cut : success(cut.rows, cut.counts);
    },
  },
  {
    ...{ method: 'GET', path: '/v4/bandwidth/new-list', required: { regionID: 'string' } },
    handle: call => {
      const cut = page(call);
      return isAnswer(cut) ? cut : success({ bandwidths: cut.rows, ...cut.counts });
    },
  },
  {
    ...{ method: 'GET', path: '/v4/bandwidth/describe', required: ONE },
    handle: call => onPool(call, pool => success(printed(call, pool))),
  },
  {
    ...{ method: 'POST', path: '/v4/bandwidth/modify-attribute', required: { clientToken: 'string', ...ONE } },
    handle: once(call =>
      onPool(call, pool => {
        if (call.params.name !== undefined) pool.name = call.params.name;
        return success();
      }),
    ),
  },
  {
    ...{ method: 'POST', path: '/v4/bandwidth/associate-eip', required: MEMBERS },
    handle: once(call =>
      onPool(call, pool => {
        if (pool.status !== 'ACTIVE') return refused(SHARED_BANDWIDTH, 'StateInvalid', `not in ${String(pool.status)}`);
        const free = (eip: Row) => !eip.bandwidthID && ['ACTIVE', 'DOWN'].includes(String(eip.status));
        return members(call, free, eip => joinPool(eip, pool));
      }),
    ),
  },
  {
    ...{ method: 'POST', path: '/v4/bandwidth/disassociate-eip', required: MEMBERS },
    // A frozen bandwidth can lose EIPs, though it can gain none.
    handle: once(call => onPool(call, pool => members(call, eip => eip.bandwidthID === pool.id, leavePool))),
  },
];
