import { isDeepStrictEqual } from 'node:util';
import type { PlanItem } from '../model/plan.ts';
import type { Proposal } from '../model/proposal.ts';
import { decode, encode } from './codec.ts';
import { type Key, onVersion, type Row, type Table } from './table.ts';

/** A record holds 400 KB; a large plan's items are kept in parts, written before the head that makes them a plan. */
const PART_BYTES = 250_000;

type Head = Proposal & { readonly parts: number };
const keyOf = (hash: string): Key => ({ pk: `plan#${hash}`, sk: 'head' });
const partKey = (hash: string, part: number): Key => ({ pk: `plan#${hash}`, sk: `part#${part}` });
const ttlOf = ({ plan }: Proposal): number => Math.floor(plan.expiresAt.getTime() / 1000) + 90 * 86_400;
const WAITING: ReadonlySet<Proposal['state']> = new Set(['PENDING', 'APPROVED', 'APPLYING']);

/** Stores a plan that waits. A second time changes nothing. */
export async function propose(table: Table, proposal: Proposal): Promise<void> {
  const { hash, items } = proposal.plan;
  const parts = partsOf(items);
  for (const [index, part] of parts.entries())
    await table.put({ ...partKey(hash, index), body: encode(part), ttl: ttlOf(proposal) });
  await table.put(rowOf({ ...proposal, parts: parts.length }), { text: 'attribute_not_exists(pk)' });
}

function partsOf(items: readonly PlanItem[]): PlanItem[][] {
  const parts: PlanItem[][] = [[]];
  let size = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(encode(item));
    if (size + bytes > PART_BYTES && size > 0) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(item);
    size += bytes;
  }
  return parts;
}

function rowOf(head: Head): Row {
  const { plan, state, version } = head;
  const { hash, madeAt } = plan;
  return {
    ...keyOf(hash),
    version,
    state,
    at: madeAt.toISOString(),
    ...(WAITING.has(state) ? { open: 'plan' } : {}),
    body: encode({ ...head, plan: { ...plan, items: [] } }),
    ttl: ttlOf(head),
  };
}

const headOf = (row: Row): Head => decode<Head>(String(row.body));

/** A plan by its hash, with its items. */
export async function findProposal(table: Table, hash: string): Promise<Proposal | undefined> {
  const row = await table.get(keyOf(hash));
  if (!row) return undefined;
  const head = headOf(row);
  const parts = await Promise.all(
    Array.from({ length: head.parts }, async (_, part) => {
      const found = await table.get(partKey(hash, part));
      if (!found) throw new Error(`plan ${hash} lacks part ${part}`);
      return decode<PlanItem[]>(String(found.body));
    }),
  );
  return { ...head, plan: { ...head.plan, items: parts.flat() } };
}

/** Plans that are neither applied nor rejected, newest first, without their items. Eventually consistent. */
export async function openProposals(table: Table): Promise<Proposal[]> {
  return (await table.query('open', 'plan')).map(headOf).toReversed();
}

/**
 * Writes what `change` makes of the plan's state as it is now; repeated where somebody else writes at the same time.
 *
 * @param change throws to refuse; its items cannot be changed
 * @returns the plan after the change, or undefined if there is none
 */
export async function changeProposal(
  table: Table,
  hash: string,
  change: (proposal: Proposal) => Partial<Proposal>,
): Promise<Proposal | undefined> {
  for (let tries = 0; tries < 8; tries++) {
    const row = await table.get(keyOf(hash));
    if (!row) return undefined;
    const head = headOf(row);
    const changed = { ...head, ...change(head) };
    if (isDeepStrictEqual(changed, head)) return head;
    const next: Head = { ...changed, version: head.version + 1 };
    if (await table.put(rowOf(next), onVersion(head.version))) return next;
  }
  throw new Error(`plan ${hash} is being changed by others over and over; try again`);
}
