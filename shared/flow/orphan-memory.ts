import { LedgerError } from '../ledger/errors.ts';
import { recallLarge, rememberLarge } from '../ledger/large-memo.ts';
import type { Memo } from '../ledger/memo.ts';
import { countOf, type RegionFacts } from '../model/facts.ts';
import type { OrphanPolicy, RegionMemory, Watch } from '../model/orphans.ts';
import { sighted } from '../plan/orphan-clock.ts';
import { nextShare } from '../plan/orphan-inventory.ts';
import { type OrphanFacts, unusedOf } from '../plan/release-orphans.ts';
import type { World } from './world.ts';

const KIND = 'orphans';
type Place = Pick<RegionFacts, 'account' | 'region'>;
const keyOf = ({ account, region }: Place): string => `${account}/${region}`;
const NOTHING: RegionMemory = { watched: {}, share: null };

export type Recalled = Memo<RegionMemory> | { readonly unreadable: string };

/** One memo for a region, so that all that was seen in it is written at once or not at all. */
export async function recallRegion(seen: Place, { ledger }: World): Promise<Recalled> {
  try {
    const { value = NOTHING, version = 0 } = (await recallLarge<RegionMemory>(ledger, KIND, keyOf(seen))) ?? {};
    return { value, version };
  } catch (error) {
    if (error instanceof LedgerError) return { unreadable: error.message };
    throw error;
  }
}

/**
 * What is remembered after a look. What is in use or gone is forgotten, so that its clock starts again; where a witness
 * could not be asked nobody was seen unused, and what is remembered grows old.
 */
export function afterLook(facts: OrphanFacts, before: RegionMemory, policy: OrphanPolicy, now: Date): RegionMemory {
  const unused = unusedOf(facts);
  const readable = !('unreadable' in facts.uses);
  const watched: [string, Watch][] = unused.flatMap(({ id }) => {
    const known = before.watched[id];
    if (readable) return [[id, sighted(known, now, policy)] as [string, Watch]];
    return known ? [[id, known] as [string, Watch]] : [];
  });
  const inventory = { total: facts.seen.eips.length + countOf(facts.seen), unused: unused.length };
  return {
    watched: Object.fromEntries(watched),
    share: readable ? nextShare(inventory, before.share, policy, now) : before.share,
  };
}

/** @throws LedgerError, also where another run has written meanwhile: what it saw may forbid what this one plans */
export async function rememberRegion(
  seen: Place,
  memo: Memo<RegionMemory>,
  now: Date,
  { ledger }: World,
): Promise<void> {
  if (await rememberLarge(ledger, KIND, keyOf(seen), memo, now)) return;
  throw new LedgerError('CONTENDED', `another run has looked at ${keyOf(seen)} meanwhile`);
}

/** The same with a warning given to some EIPs now; a first warning is kept. */
export const warned = (memory: RegionMemory, ids: ReadonlySet<string>, now: Date): RegionMemory => ({
  ...memory,
  watched: Object.fromEntries(
    Object.entries(memory.watched).map(([id, watch]) => [
      id,
      ids.has(id) ? { ...watch, warnedAt: watch.warnedAt ?? now } : watch,
    ]),
  ),
});
