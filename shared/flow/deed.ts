import type { CtyunClient } from '../ctyun/client.ts';
import { showEip } from '../ctyun/eips.ts';
import type { Eip } from '../model/eip.ts';
import type { Quote } from '../model/facts.ts';
import type { Action, Reason } from '../model/plan.ts';
import type { Outcome } from '../model/report.ts';
import type { World } from './world.ts';

/** What one kind of action is, to the path that all of them go. */
export type Deed = {
  /** What it is about as it is now. @throws CtyunError; kind `not-found` once it is gone */
  readonly show: (client: CtyunClient) => Promise<Eip | 'gone'>;
  /** What it costs now. */
  readonly quote: (world: World) => Promise<Quote>;
  /** Which of the facts that it rests on have moved, beyond its status and binding. */
  readonly moved: (eip: Eip) => string[];
  /** True once what it is for has happened: the only confirmation that is believed. */
  readonly isDone: (eip: Eip | 'gone') => boolean;
  /**
   * Writes down, before the order is first sent, what must not be lost if everything ends right after it.
   *
   * @returns why the order must not be sent, if so
   * @throws LedgerError
   */
  readonly prepare?: (world: World) => Promise<Outcome | undefined>;
  /** Places the order. @returns its id */
  readonly order: (client: CtyunClient, clientToken: string, until: Date) => Promise<string>;
  /**
   * Where it cannot be undone: what everybody else says right before each sending. The EIP itself is shown after it, the
   * answer is held against both, and the order is the very next call, sent once.
   */
  readonly lookAround?: (world: World) => Promise<(eip: Eip) => Reason | undefined>;
  /** What is told of it when it is done. */
  readonly done: (eip: Eip | 'gone') => Reason;
};

/** The kinds of action that a function knows how to do and to finish. What it does not know is left to settle-orders. */
export type Deeds = { readonly [K in Action['kind']]?: (action: Extract<Action, { kind: K }>) => Deed };

export function deedOf(action: Action, { deeds }: Pick<World, 'deeds'>): Deed {
  const make = deeds[action.kind] as ((action: Action) => Deed) | undefined;
  if (!make) throw new Error(`this function does not know how to ${action.kind}`);
  return make(action);
}

export const placeOf = ({ region, eipId }: Action) => ({ regionID: region, eipID: eipId });

/** The EIP of an action, as it is now. */
export const shown =
  (action: Action): Deed['show'] =>
  client =>
    client.call(showEip, placeOf(action));
