import type { Eip } from '../model/eip.ts';
import type { Where } from '../model/facts.ts';
import type { Reason } from '../model/plan.ts';
import type { ScalePolicy } from '../model/scale.ts';
import { matchingPattern } from './names.ts';

export type Settled = { readonly decision: 'keep' | 'hold'; readonly reason: Reason };

export const keep = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'keep',
  reason: { code, facts },
});
export const hold = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'hold',
  reason: { code, facts },
});

/** An EIP whose bandwidth can be judged. */
export type Scalable = Eip & { readonly bandwidthMbps: number };

/** What scale-bandwidth has no business with, in the order in which a person would want to hear it; else the EIP itself. */
export function scalable(eip: Eip, { labelled }: Where, policy: ScalePolicy): Settled | Scalable {
  if (eip.status === 'DELETED') return keep('gone', { status: eip.status });
  const pattern = matchingPattern(eip.name, policy.exempt.names);
  if (pattern !== undefined) return keep('exempt-name', { pattern });
  if (hasLabel(eip, labelled)) return keep('exempt-label');
  if (eip.sharedBandwidthId !== null) return keep('in-shared-bandwidth', { bandwidthId: eip.sharedBandwidthId });
  if (!eip.bound) return keep('unbound');
  if (eip.billing === 'periodic' && policy.periodic === 'never') return keep('periodic');
  return trusted(eip);
}

/** What no order can be placed for, or cannot be trusted. */
function trusted(eip: Eip): Settled | Scalable {
  if (eip.status !== 'ACTIVE') return hold('state', { status: eip.status });
  if (eip.billing === 'unknown') return hold('billing-unknown');
  const { bandwidthMbps } = eip;
  return bandwidthMbps === null ? hold('bandwidth-unreadable') : { ...eip, bandwidthMbps };
}

// The label calls name a resource by an id that is not documented further: either id of an EIP counts.
const hasLabel = (eip: Eip, labelled: Where['labelled']): boolean =>
  !('unreadable' in labelled) && (labelled.has(eip.id) || (eip.resourceId !== null && labelled.has(eip.resourceId)));
