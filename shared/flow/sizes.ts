import { LedgerError } from '../ledger/errors.ts';
import { findIntent } from '../ledger/intents.ts';
import { recall, recallAll, remember } from '../ledger/memo.ts';
import { eipKey } from '../model/facts.ts';
import { isFinal } from '../model/intent.ts';
import type { PlanItem, Resize } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import type { SizeMemory } from '../model/size-memory.ts';
import { adopted, happened, sizeNow } from '../plan/size-memory.ts';
import type { World } from './world.ts';

const KIND = 'bandwidth';
/** Somebody else may write between our reading and our writing, but not again and again. */
const TRIES = 4;

/** What is remembered of the accounts' bandwidths, by `eipKey`. Where the ledger fails, nothing is known, as in a plan. */
export async function recallSizes(
  accounts: readonly string[],
  { ledger }: World,
): Promise<ReadonlyMap<string, SizeMemory>> {
  try {
    const all = await Promise.all(accounts.map(account => recallAll<SizeMemory>(ledger, KIND, account)));
    return new Map(all.flatMap(each => [...each]));
  } catch (error) {
    if (error instanceof LedgerError) return new Map();
    throw error;
  }
}

/** @returns false where the change rests on another memory than the one that is there */
async function change(
  account: string,
  key: string,
  make: (memory: SizeMemory | undefined) => Promise<SizeMemory | undefined> | SizeMemory | undefined,
  { ledger }: World,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await recall<SizeMemory>(ledger, KIND, key);
    const next = await make(found?.value);
    if (next === undefined) return false;
    if (await remember(ledger, KIND, key, { value: next, version: found?.version ?? 0 }, null, account)) return true;
  }
  return false;
}

/**
 * Remembers a resize before it is ordered: so a crash after the order cannot lose what the EIP had before. The list that
 * was decided upon may have been behind; this reads what is there now.
 *
 * @returns an outcome where the last change is not the one that the decision rests on
 */
export async function beginSize(action: Resize, baselineMbps: number, world: World): Promise<Outcome | undefined> {
  const { account, region, eipId, token, toMbps, expects } = action;
  const { bandwidthMbps: fromMbps, lastChangeAt } = expects;
  const now = world.clock.now();
  const begin = (memory: SizeMemory | undefined): SizeMemory | undefined => {
    const { changedAt, person } = sizeNow(memory, fromMbps, now);
    if (person === 'just-seen' || changedAt?.getTime() !== lastChangeAt?.getTime()) return undefined;
    const before = memory ? settledBy(memory, fromMbps) : unchanged(fromMbps);
    return { ...before, begun: { token, fromMbps, toMbps, baselineMbps, at: now } };
  };
  const written = await change(account, eipKey(account, region, eipId), begin, world);
  return written ? undefined : outcome('skipped', 'changed', { what: 'last change' });
}

const unchanged = (mbps: number): SizeMemory => ({
  baselineMbps: null,
  setMbps: mbps,
  wasMbps: null,
  changedAt: null,
  by: 'nobody',
  begun: null,
});

const settledBy = (memory: SizeMemory, seenMbps: number): SizeMemory =>
  memory.begun?.toMbps === seenMbps ? happened(memory) : { ...memory, begun: null };

/** Writes down what became of what was begun, and what a person has changed, for every EIP that a plan looked at. */
export async function noteSizes(items: readonly PlanItem[], now: Date, world: World): Promise<void> {
  const memories = await recallSizes([...new Set(items.map(({ account }) => account))], world);
  for (const item of items) {
    const key = eipKey(item.account, item.region, item.eip.id);
    const seen = item.eip.bandwidthMbps;
    const memory = memories.get(key);
    const isNews = memory && seen !== null && (memory.begun !== null || isPersons(item));
    if (isNews) await change(item.account, key, at => at && learned(at, seen, now, world), world);
  }
}

const isPersons = ({ verdict }: PlanItem): boolean => verdict.reason.code === 'changed-by-a-person';

/** @returns undefined where there is nothing new */
async function learned(
  memory: SizeMemory,
  seenMbps: number,
  now: Date,
  { ledger }: World,
): Promise<SizeMemory | undefined> {
  const { begun } = memory;
  if (begun && seenMbps === begun.toMbps) return happened(memory);
  const intent = begun ? await findIntent(ledger, begun.token) : undefined;
  // Its end is not known: it may still happen.
  if (intent && !isFinal(intent)) return undefined;
  // A list may be behind; what was confirmed by looking is believed.
  const settled = intent?.state === 'DONE' ? happened(memory) : { ...memory, begun: null };
  const { person } = sizeNow(settled, seenMbps, now);
  if (person === 'just-seen') return adopted(seenMbps, now);
  return begun ? settled : undefined;
}
