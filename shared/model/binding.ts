import type { BindRequest, UnbindRequest } from './bind-request.ts';
import type { Eip } from './eip.ts';
import type { Reason } from './plan.ts';

/** Where an EIP is bound: the API's word for the kind of resource, its id, and the port where one is known. */
export type Place = { readonly type: string; readonly id: string; readonly portId: string | null };

/** What a webhook asks, as it was read. */
export type BindOrder =
  | { readonly kind: 'bind'; readonly request: BindRequest }
  | { readonly kind: 'unbind'; readonly request: UnbindRequest };

/**
 * One thing sent to the cloud. `sent` is written before the call, the rest after it: accepted, surely not acted upon
 * (`not-sent`), refused, or `lost`, where nobody knows.
 */
export type BindStep = {
  readonly deed: 'unbind' | 'bind' | 'restore';
  readonly result: 'sent' | 'accepted' | 'lost' | 'not-sent' | 'refused';
  /** How often the same call with the same token was sent. */
  readonly sendings: number;
  /** Of the last sending. */
  readonly at: Date;
  readonly note: string | null;
};

/** How a request ends. `where` is where the EIP then was, null for nowhere, undefined where nobody looked. */
export type BindEnd = {
  readonly outcome: 'bound' | 'unbound' | 'already' | 'planned' | 'refused' | 'overtaken' | 'failed' | 'unknown';
  readonly reason: Reason;
  readonly where?: Place | null;
};

/** What is known once the EIP is in hand. `from`: where we may take it from. `before`: where it goes back to. */
export type Begun = {
  readonly eip: Eip;
  readonly goal: Place | null;
  readonly from: Place | null;
  readonly before: Place | null;
  readonly at: Date;
};

/** One request, from its claim to its stored answer. */
export type Binding = {
  /** The webhook's id: the same id is the same request. */
  readonly id: string;
  /** SHA-256 of what was asked, so that an id is not used twice for different things. */
  readonly asked: string;
  readonly order: BindOrder;
  readonly who: string;
  readonly receivedAt: Date;
  /** The webhook's timestamp, or when it came where it has none: the later one wins. */
  readonly sentAt: Date;
  readonly begun: Begun | null;
  readonly steps: readonly BindStep[];
  /** Why the goal was given up, so that the EIP goes back to where it was; null while it goes forward. */
  readonly back: Reason | null;
  readonly end: BindEnd | null;
  readonly endedAt: Date | null;
  /** The run that works on it, and until when nobody else does. */
  readonly owner: string;
  readonly leaseUntil: Date;
};

export const samePlace = (a: Place | null, b: Place | null): boolean =>
  a === null || b === null ? a === b : a.type === b.type && a.id === b.id && samePort(a.portId, b.portId);

/** A port that nobody named is any port. */
const samePort = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;

/** Where an EIP is bound, or null. What is bound to something that the API does not name has empty words. */
export function placeOf({ bound, association, portId }: Eip): Place | null {
  if (!bound) return null;
  return { type: association?.type ?? '', id: association?.id ?? '', portId };
}
