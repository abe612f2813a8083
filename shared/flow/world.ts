import type { CtyunClient } from '../ctyun/client.ts';
import type { Table } from '../ledger/table.ts';
import type { Clock } from '../model/clock.ts';
import type { Deeds } from './deed.ts';
import type { Round } from './round.ts';

/** How far a run is, for a person who waits. */
export type Progress = { readonly step: 'look' | 'quote' | 'act'; readonly done: number; readonly total: number };

/** DNS, asked of given servers, or of the machine's own where none are given. */
export type Resolver = {
  /** The addresses (A and AAAA) of a name; none where there is no such name. Rejects where that cannot be told. */
  readonly addressesOf: (name: string, servers: readonly string[], timeoutMs: number) => Promise<readonly string[]>;
  /** The reverse names (PTR) of an address. */
  readonly namesOf: (address: string, servers: readonly string[], timeoutMs: number) => Promise<readonly string[]>;
};

/** All that a run reaches outside itself; the edge makes it. */
export type World = {
  readonly clock: Clock;
  /** When the run must have ended. */
  readonly deadline: Date;
  /** False: nothing of the cloud is changed, whatever an ask or the kill switch says. */
  readonly applyAllowed: boolean;
  readonly clientOf: (account: string) => CtyunClient;
  readonly ledger: Table;
  readonly resolver: Resolver;
  /** Names this run, once in the world: what it holds in the ledger is held by this name. */
  readonly runId: string;
  /** Who started it: `schedule`, or a person's name. */
  readonly who: string;
  /** The kinds of action that this run can do and finish. */
  readonly deeds: Deeds;
  /** Set where the run is one of several that share their caps, or may leave a rest to another. */
  readonly round?: Round;
  readonly onProgress: (progress: Progress) => void;
};

/** Counts the promises of one step as they end. */
export async function withProgress<T, R>(
  world: World,
  step: Progress['step'],
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  let done = 0;
  const total = items.length;
  const counted = async (item: T): Promise<R> => {
    const result = await work(item);
    done += 1;
    world.onProgress({ step, done, total });
    return result;
  };
  return Promise.all(items.map(counted));
}
