import type { Binding } from './binding.ts';
import type { Intent, Origin } from './intent.ts';
import type { CrossedCap, PlanItem } from './plan.ts';

/** A decision that acted is its intent; one that held is this. */
export type Held = {
  readonly at: Date;
  readonly origin: Origin;
  readonly item: PlanItem;
  /** The limits that held the whole plan; empty where a rule held this EIP. */
  readonly caps: readonly CrossedCap[];
};

/** One decision that acted or held, or a request to bind that has ended. */
export type Past = { readonly intent: Intent } | { readonly held: Held } | { readonly binding: Binding };
