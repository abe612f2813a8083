import type { Job } from '../flow/jobs.ts';
import { LedgerError } from '../ledger/errors.ts';
import { recall, remember } from '../ledger/memo.ts';
import type { Table } from '../ledger/table.ts';
import type { Doorway } from './scheduled.ts';

const KIND = 'last-ask';

/**
 * Remembers what a schedule asks, so that an event without an ask of its own (an alarm) is worked on by the same policy.
 * Where that fails the schedule's own run goes on all the same.
 *
 * @throws RejectedRequest for a wrong ask: it is not remembered
 */
export async function rememberAsk<Policy>(job: Job<Policy>, event: unknown, doorway: Doorway): Promise<void> {
  job.readAsk(event);
  const { slot: _, ...ask } = event as Record<string, unknown>;
  const { ledger } = doorway.surroundings();
  try {
    const before = await recall(ledger, KIND, job.name);
    if (JSON.stringify(before?.value) === JSON.stringify(ask)) return;
    await remember(ledger, KIND, job.name, { value: ask, version: before?.version ?? 0 });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    doorway.log.warn('the ask could not be remembered for alarms', { why: error.message });
  }
}

/** The ask of a function's last scheduled run, without its slot. @throws LedgerError */
export const recallAsk = async (fn: string, ledger: Table): Promise<unknown> => (await recall(ledger, KIND, fn))?.value;
