import type { Watch } from '../model/orphans.ts';
import type { Reason } from '../model/plan.ts';

/** What the rules say of an EIP, before an action is made of it. */
export type Settled = { readonly decision: 'keep' | 'hold'; readonly reason: Reason };
export type Judged = Settled | { readonly decision: 'release'; readonly reason: Reason; readonly watch: Watch };

export const keep = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'keep',
  reason: { code, facts },
});
export const hold = (code: string, facts: Reason['facts'] = {}): Settled => ({
  decision: 'hold',
  reason: { code, facts },
});
