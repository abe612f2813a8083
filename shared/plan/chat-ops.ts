import type { Cycle, RenewPolicy } from '../model/ask.ts';
import type { Eip } from '../model/eip.ts';
import type { Quote } from '../model/facts.ts';
import { cny } from '../model/money.ts';
import type { Reason, Resize, Verdict } from '../model/plan.ts';
import { tokenOf } from '../model/token.ts';

/** A person names one EIP and means it: neither its name, its binding nor its remaining time exempts it. */
export const renewalOnRequest = (cycle: Cycle, settleWithinSeconds: number): RenewPolicy => ({
  withinDays: Number.MAX_SAFE_INTEGER,
  notBeforeDays: null,
  cycle,
  onlyBound: false,
  includePackaged: true,
  expired: 'renew',
  exempt: { names: [], labels: {} },
  resources: ['eip'],
  trafficPackage: null,
  settleWithinSeconds,
});

type Place = { readonly account: string; readonly region: string };

const RESIZABLE: ReadonlySet<string> = new Set(['ACTIVE', 'DOWN']);

/** Whether an EIP can be given the bandwidth that a person asks for, and at what price. */
export function resizeOnRequest(eip: Eip, { account, region }: Place, toMbps: number, quote: Quote): Verdict {
  const { bandwidthMbps } = eip;
  if (!RESIZABLE.has(eip.status)) return hold('state', { status: eip.status });
  if (eip.sharedBandwidthId !== null) return hold('shares-bandwidth', { id: eip.sharedBandwidthId });
  if (bandwidthMbps === null) return hold('bandwidth-unknown');
  if (bandwidthMbps === toMbps) return { decision: 'keep', reason: { code: 'has-bandwidth', facts: { mbps: toMbps } } };
  if ('unavailable' in quote) return hold('no-quote', { why: quote.unavailable });
  const was = { account, region, eipId: eip.id };
  const action: Resize = {
    kind: 'resize',
    ...was,
    toMbps,
    price: quote.price,
    baselineMbps: null,
    expects: { status: eip.status, bound: eip.bound, bandwidthMbps, billing: eip.billing, lastChangeAt: null },
    token: tokenOf('resize', { ...was, bandwidthMbps, toMbps, updatedAt: eip.updatedAt }),
  };
  const facts = { before: bandwidthMbps, after: toMbps, price: cny(quote.price) };
  return { decision: 'act', reason: { code: 'resize-asked', facts }, action };
}

const hold = (code: string, facts: Reason['facts'] = {}): Verdict => ({ decision: 'hold', reason: { code, facts } });
