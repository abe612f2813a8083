import type { CtyunClient } from '../../ctyun/client.ts';
import { newListEips, showEip } from '../../ctyun/eips.ts';
import { CtyunError } from '../../ctyun/errors.ts';
import { listEips } from '../../ctyun/list-eips.ts';
import { canonicalAddress } from '../../model/address.ts';
import type { EipRef } from '../../model/bind-request.ts';
import type { BindEnd } from '../../model/binding.ts';
import type { Eip } from '../../model/eip.ts';

export const refused = (code: string, facts: BindEnd['reason']['facts'] = {}): BindEnd => ({
  outcome: 'refused',
  reason: { code, facts },
});

/** The EIP as it is now, or `gone`. */
export async function show(client: CtyunClient, region: string, eipId: string): Promise<Eip | 'gone'> {
  try {
    return await client.call(showEip, { regionID: region, eipID: eipId });
  } catch (error) {
    if (error instanceof CtyunError && error.kind === 'not-found') return 'gone';
    throw error;
  }
}

/** The one EIP that is meant, or why it cannot be told. */
export async function resolveEip(client: CtyunClient, region: string, { by, value }: EipRef): Promise<Eip | BindEnd> {
  if (by === 'id') {
    const eip = await show(client, region, value);
    return eip === 'gone' ? refused('eip-not-found', { id: value }) : eip;
  }
  const found = by === 'name' ? await named(client, region, value) : await addressed(client, region, value);
  const [first, ...others] = found;
  if (first === undefined) return refused('eip-not-found', { [by]: value });
  return others.length === 0 ? first : refused('eip-ambiguous', { [by]: value, found: found.length });
}

const named = async (client: CtyunClient, region: string, name: string): Promise<Eip[]> =>
  (await listEips(client, region)).filter(eip => eip.name.normalize('NFC') === name);

/** The list's filter is asked for less work; what it answers is compared all the same. */
async function addressed(client: CtyunClient, region: string, address: string): Promise<Eip[]> {
  const { rows } = await client.call(newListEips, { regionID: region, ip: address, pageNo: 1, pageSize: 50 });
  return rows.filter(eip => canonicalAddress(eip.address) === address);
}
