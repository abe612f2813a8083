import type { CtyunClient } from '../../ctyun/client.ts';
import { type Instance, listInstances } from '../../ctyun/instances.ts';
import type { BindTarget } from '../../model/bind-request.ts';
import type { BindEnd, Place } from '../../model/binding.ts';
import { allowingRule } from '../../plan/allowed-targets.ts';
import { refused } from './resolve.ts';
import type { BindWorld } from './world.ts';

/** The API's words for what `associationType` 1, 2 and 3 bind to. */
export const KINDS = { vm: 'INSTANCE', vip: 'VIP', baremetal: 'PHYSICALINSTANCE' } as const;

/** A place with the name that the list of allowed targets speaks of: an id where it has none. */
export type NamedPlace = { readonly place: Place; readonly name: string };

const PAGE_SIZE = 50;
const MAX_PAGES = 200;

/** Where the EIP is to go, as the API will show it then; or why there is no such place. */
export async function goalOf(client: CtyunClient, region: string, target: BindTarget): Promise<NamedPlace | BindEnd> {
  const { type, id, portId } = target;
  if (type === 'port') {
    const owner = await instanceWithPort(client, region, id);
    if (owner === undefined) return refused('target-not-found', { type, id });
    return { place: { type: KINDS.vm, id: owner.id, portId: id }, name: owner.name ?? owner.id };
  }
  if (type !== 'vm' && portId !== null) return refused('port-not-supported', { type });
  const place = { type: KINDS[type], id, portId };
  if (type !== 'vm') return { place, name: id };
  const instance = await instanceOf(client, region, id);
  if (instance === undefined || (portId !== null && !instance.portIds.includes(portId)))
    return refused('target-not-found', { type, id, ...(portId === null ? {} : { portId }) });
  return { place, name: instance.name || id };
}

/** What an EIP is bound to now, by its name. */
export async function nameOf(client: CtyunClient, region: string, { type, id }: Place): Promise<string> {
  const instance = type === KINDS.vm && id !== '' ? await instanceOf(client, region, id) : undefined;
  return instance?.name || id;
}

async function instanceOf(client: CtyunClient, region: string, id: string): Promise<Instance | undefined> {
  const params = { regionID: region, instanceIDList: id, pageNo: 1, pageSize: PAGE_SIZE };
  return (await client.call(listInstances, params)).instances.find(instance => instance.id === id);
}

/** No call tells whose a port is: the instances are read until one has it. */
async function instanceWithPort(client: CtyunClient, region: string, portId: string): Promise<Instance | undefined> {
  for (let pageNo = 1; pageNo <= MAX_PAGES; pageNo++) {
    const params = { regionID: region, instanceIDList: undefined, pageNo, pageSize: PAGE_SIZE };
    const { instances, totalCount } = await client.call(listInstances, params);
    const owner = instances.find(({ portIds }) => portIds.includes(portId));
    if (owner !== undefined || instances.length === 0 || pageNo * PAGE_SIZE >= totalCount) return owner;
  }
  return undefined;
}

/** Whether the settings let webhooks reach a place; else the refusal, which names what a rule would have to match. */
export function forbidden(wanted: { account: string; region: string; name: string }, world: BindWorld) {
  if (allowingRule(wanted, world.targets) !== null) return undefined;
  return refused(world.targets.length === 0 ? 'no-targets-allowed' : 'target-not-allowed', { ...wanted });
}
