import type { CtyunClient } from '../ctyun/client.ts';
import { showEip } from '../ctyun/eips.ts';
import { CtyunError } from '../ctyun/errors.ts';
import type { Eip } from '../model/eip.ts';
import type { Renew } from '../model/plan.ts';

/** The EIP as it is now, or `gone`. @throws CtyunError if it cannot be seen */
export async function lookAgain(client: CtyunClient, { region, eipId }: Renew): Promise<Eip | 'gone'> {
  try {
    return await client.call(showEip, { regionID: region, eipID: eipId });
  } catch (error) {
    if (error instanceof CtyunError && error.kind === 'not-found') return 'gone';
    throw error;
  }
}

/** Which of the facts that the action rests on have moved; none means that it may go on. */
export function whatMoved({ expects }: Renew, eip: Eip): string[] {
  return [
    ...(eip.expiresAt?.getTime() === expects.expiresAt.getTime() ? [] : ['expiry']),
    ...(eip.status === expects.status ? [] : ['status']),
    ...(eip.bound === expects.bound ? [] : ['binding']),
  ];
}

/** True once the expiry is later than the one that the action was planned on: the renewal has happened. */
export const isRenewed = ({ expects }: Renew, eip: Eip | 'gone'): eip is Eip =>
  eip !== 'gone' && eip.expiresAt !== null && eip.expiresAt > expects.expiresAt;
