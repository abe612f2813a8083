import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/** What a card's buttons may say, once: yes or no to one plan. */
export type ButtonToken = {
  readonly planHash: string;
  /** The delivery that used it; null while it is fresh. */
  readonly usedBy: string | null;
};

const KIND = 'chat-button';

/** @param token that nobody can guess. @param until when the plan expires, and the token with it */
export async function issueButton(table: Table, token: string, planHash: string, until: Date): Promise<void> {
  const value: ButtonToken = { planHash, usedBy: null };
  if (!(await remember(table, KIND, token, { value, version: 0 }, until))) throw new Error('a token was issued twice');
}

/** A token as it stands; undefined if it was never issued or is long over. */
export const findButton = (table: Table, token: string) => recall<ButtonToken>(table, KIND, token);

/**
 * Uses a token up.
 *
 * @param delivery which request uses it; the same one, delivered again, may go on
 * @returns false if another request was quicker, or it was never issued for this plan
 */
export async function useButton(table: Table, token: string, planHash: string, delivery: string, until: Date) {
  const found = await findButton(table, token);
  if (found?.value.planHash !== planHash) return false;
  if (found.value.usedBy !== null) return found.value.usedBy === delivery;
  const value: ButtonToken = { planHash, usedBy: delivery };
  return remember(table, KIND, token, { value, version: found.version }, until);
}
