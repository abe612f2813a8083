import type { SizeMemory } from '../model/size-memory.ts';

/** What is known of an EIP's size: as remembered, with what was begun settled by what is seen. */
export type SizeNow = {
  readonly baselineMbps: number;
  readonly changedAt: Date | null;
  /** A person has changed it: since `changedAt` where that is remembered, just now where it is not. */
  readonly person: 'none' | 'just-seen' | 'remembered';
};

/** So long a list may still show the size before a change. */
const SHOWN_LATE_MS = 10 * 60_000;

/** Reads a memory by the light of the bandwidth that is seen. */
export function sizeNow(memory: SizeMemory | undefined, seenMbps: number, now: Date): SizeNow {
  if (memory === undefined) return { baselineMbps: seenMbps, changedAt: null, person: 'none' };
  const { baselineMbps, begun, by } = memory;
  if (begun && seenMbps === begun.toMbps)
    return { baselineMbps: begun.baselineMbps, changedAt: begun.at, person: 'none' };
  const { changedAt } = memory;
  if (isOurs(memory, seenMbps, now))
    return { baselineMbps: baselineMbps ?? seenMbps, changedAt, person: by === 'a-person' ? 'remembered' : 'none' };
  return { baselineMbps: seenMbps, changedAt: now, person: 'just-seen' };
}

/** The size that was last set, the one before our first raise, or the one before a change that is not shown yet. */
function isOurs({ baselineMbps, setMbps, wasMbps, changedAt }: SizeMemory, seenMbps: number, now: Date): boolean {
  if (seenMbps === setMbps || seenMbps === baselineMbps) return true;
  return seenMbps === wasMbps && changedAt !== null && now.getTime() - changedAt.getTime() < SHOWN_LATE_MS;
}

/** What is to be remembered once a change that was begun has happened. */
export const happened = ({ begun, ...memory }: SizeMemory): SizeMemory =>
  begun === null
    ? { ...memory, begun }
    : {
        baselineMbps: begun.baselineMbps,
        setMbps: begun.toMbps,
        wasMbps: begun.fromMbps,
        changedAt: begun.at,
        by: 'us',
        begun: null,
      };

/** What is to be remembered of a size that a person has chosen: no raise of ours is in force. */
export const adopted = (seenMbps: number, now: Date): SizeMemory => ({
  baselineMbps: null,
  setMbps: seenMbps,
  wasMbps: null,
  changedAt: now,
  by: 'a-person',
  begun: null,
});
