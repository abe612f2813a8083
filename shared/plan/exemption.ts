import type { Exempt } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import type { Where } from '../model/facts.ts';
import { matchingPattern } from './names.ts';
import { keep, type Settled } from './settled.ts';

/** Why the automation leaves it alone, if a person has said so by its name or by a label. */
export function exemption(eip: Eip, { labelled }: Where, exempt: Exempt): Settled | undefined {
  const pattern = matchingPattern(eip.name, exempt.names);
  if (pattern !== undefined) return keep('exempt-name', { pattern });
  return hasLabel(eip, labelled) ? keep('exempt-label') : undefined;
}

// The label calls name a resource by an id that is not documented further: either id of an EIP counts.
const hasLabel = (eip: Eip, labelled: Where['labelled']): boolean =>
  !('unreadable' in labelled) && (labelled.has(eip.id) || (eip.resourceId !== null && labelled.has(eip.resourceId)));
