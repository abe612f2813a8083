import type { Reason } from '../model/plan.ts';

/** A verdict that does nothing, and why. */
export type Settled = { readonly decision: 'keep' | 'hold'; readonly reason: Reason };

export const keep = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'keep',
  reason: { code, facts },
});

export const hold = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'hold',
  reason: { code, facts },
});
