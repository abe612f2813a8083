import type { Begin } from '../ctyun/list-eips.ts';
import type { Eip } from '../model/eip.ts';
import type { Counted, Where } from '../model/facts.ts';

/**
 * What a rule can say of an EIP from the list and its labels alone, whatever else may be found out: the code of the reason
 * why it is left alone. Undefined: it acts, it is held, or more has to be known.
 */
export type Settles = (eip: Eip, where: Where) => string | undefined;

/** So many EIPs that are left alone are listed with their reasons, in a whole run; the others are counted. */
export const LISTED = 1000;

/** For how many more there is room; the places of a run share it. */
export type Room = { left: number };

export type Sifted = { readonly eips: readonly Eip[]; readonly counted: Counted };

/** How a list is sifted, and where. */
export type Sieve = {
  readonly settles: Settles;
  /** Asked when there is something to sift: an empty region is spared the question for labels. */
  readonly where: () => Promise<Where>;
  readonly room: Room;
  /** Whether the ids of what is only counted have to be known. */
  readonly keepIds: boolean;
};

/**
 * Sifts a list while it is read: everything that has to be judged stays, and of what is settled as much as there is room
 * for. A further reading gives back the room that an earlier one took.
 */
export function sifting({ settles, where, room, keepIds }: Sieve): Begin<Sifted> {
  let took = 0;
  return () => {
    room.left += took;
    took = 0;
    const eips: Eip[] = [];
    const byReason = new Map<string, number>();
    const ids = new Set<string>();
    const sift = (eip: Eip, at: Where): void => {
      const code = settles(eip, at);
      if (code === undefined || room.left > 0) eips.push(eip);
      if (code === undefined) return;
      if (room.left > 0) {
        room.left -= 1;
        took += 1;
        return;
      }
      byReason.set(code, (byReason.get(code) ?? 0) + 1);
      if (keepIds) ids.add(eip.id);
    };
    return {
      take: async page => {
        if (page.length === 0) return;
        const at = await where();
        for (const eip of page) sift(eip, at);
      },
      end: () => ({ eips, counted: { byReason, ids } }),
    };
  };
}
