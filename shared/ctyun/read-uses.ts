import type { Use, Witness } from '../model/orphans.ts';
import type { Page } from './answers.ts';
import type { CtyunClient } from './client.ts';
import { CtyunError } from './errors.ts';
import {
  describeDnatEntries,
  describeNatGateways,
  listHavips,
  listInstanceAddresses,
  listLoadBalancers,
  listPorts,
  listSnats,
} from './witnesses.ts';

const PAGE_SIZE = 50;
/** 50 000 rows: a count that asks for more is wrong. */
const MAX_PAGES = 1000;

/** What one witness says of a region: an EIP's id or address, and what uses it. */
export type Said = readonly (readonly [key: string, use: Use])[];

/** One witness and how it is asked about a region. @throws CtyunError if it cannot be read in full */
export type Asking = {
  readonly witness: Witness;
  readonly ask: (client: CtyunClient, region: string) => Promise<Said>;
};

type Key = string | null | undefined;

const said = (witness: Witness, by: string | null, ...keys: readonly Key[]): Said =>
  keys.flatMap(key => (key ? [[key, { witness, by: by ?? '?' }] as const] : []));

/** All witnesses but the EIP itself. */
export const WITNESSES: readonly Asking[] = [
  {
    witness: 'snat',
    ask: async (client, regionID) => {
      const rules = await allOf(pageNumber => client.call(listSnats, { regionID, pageNumber, pageSize: PAGE_SIZE }));
      return rules.flatMap(({ sNatID, eips }) =>
        said('snat', sNatID, ...(eips ?? []).flatMap(({ eipID, ipAddress }) => [eipID, ipAddress])),
      );
    },
  },
  {
    witness: 'dnat',
    ask: async (client, regionID) => {
      const gateways = await allOf(pageNo =>
        client.call(describeNatGateways, { regionID, pageNo, pageSize: PAGE_SIZE }),
      );
      const lists = await Promise.all(
        gateways.map(({ natGatewayID }) => client.call(describeDnatEntries, { regionID, natGatewayID })),
      );
      return lists
        .flatMap(whole)
        .flatMap(({ dNatID, id, externalID, externalIp }) => said('dnat', dNatID ?? id, externalID, externalIp));
    },
  },
  {
    witness: 'load-balancer',
    ask: async (client, regionID) =>
      whole(await client.call(listLoadBalancers, { regionID })).flatMap(({ ID, eipInfo }) =>
        said('load-balancer', ID, ...(eipInfo ?? []).map(({ eipID }) => eipID)),
      ),
  },
  {
    witness: 'virtual-ip',
    ask: async (client, regionID) =>
      whole(await client.call(listHavips, { regionID })).flatMap(({ id, networkInfo, instanceInfo }) => {
        const keys = [...(networkInfo ?? []).map(one => one.eipID), ...(instanceInfo ?? []).map(one => one.publicIp)];
        return said('virtual-ip', id, ...keys);
      }),
  },
  {
    witness: 'port',
    ask: async (client, regionID) => {
      const ports = await allOf(pageNo => client.call(listPorts, { regionID, pageNo, pageSize: PAGE_SIZE }));
      return ports.flatMap(({ networkInterfaceID, associatedEip }) =>
        said('port', networkInterfaceID, associatedEip?.id),
      );
    },
  },
  {
    witness: 'instance',
    ask: async (client, regionID) => {
      const instances = await allOf(pageNo =>
        client.call(listInstanceAddresses, { regionID, pageNo, pageSize: PAGE_SIZE }),
      );
      return instances.flatMap(({ instanceID, floatingIP }) => said('instance', instanceID, floatingIP));
    },
  },
];

/** Every page of a list. A list with a hole would look like "nobody uses it". */
async function allOf<R>(page: (number: number) => Promise<Page<R>>): Promise<readonly R[]> {
  // A row that comes twice stands for one that does not come at all.
  const rows = new Map<string, R>();
  for (let number = 1; number <= MAX_PAGES; number++) {
    const { rows: more, totalCount } = await page(number);
    const before = rows.size;
    for (const row of more) rows.set(JSON.stringify(row), row);
    // Without a count, a page that is not full is the last one.
    if (totalCount === null ? more.length < PAGE_SIZE : rows.size >= totalCount) return [...rows.values()];
    if (rows.size === before) throw incomplete(rows.size, totalCount ?? before + 1);
  }
  throw incomplete(rows.size, rows.size + 1);
}

/** A list that comes at once; where it states a count, it must have as many rows. */
function whole<R>({ rows, totalCount }: Page<R>): readonly R[] {
  if (totalCount !== null && rows.length < totalCount) throw incomplete(rows.length, totalCount);
  return rows;
}

const incomplete = (read: number, stated: number): CtyunError =>
  new CtyunError({
    kind: 'unreadable',
    code: 'INVENTORY_MISMATCH',
    message: `the list states ${stated} rows, but its pages hold ${read}`,
  });
