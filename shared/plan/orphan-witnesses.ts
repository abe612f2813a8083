import type { Eip } from '../model/eip.ts';
import type { Use, Uses } from '../model/orphans.ts';

/**
 * The first witness that an EIP is in use, or undefined. What the EIP says of itself counts even where others could not
 * be asked.
 */
export function useOf(eip: Eip, uses: Uses): Use | undefined {
  return ownUse(eip) ?? ('unreadable' in uses ? undefined : (uses.get(eip.id) ?? uses.get(eip.address)));
}

/** Why it is left alone, where the list tells. */
export const useSettled = (eip: Eip): string | undefined => (ownUse(eip) ? 'in-use' : undefined);

function ownUse({ association, portId, status, bound }: Eip): Use | undefined {
  if (association) return { witness: 'eip', by: association.id };
  if (portId !== null) return { witness: 'eip', by: portId };
  return bound ? { witness: 'eip', by: status } : undefined;
}
