import type { Context } from 'aws-lambda';
import type { Job } from '../flow/jobs.ts';
import type { Round } from '../flow/round.ts';
import { LedgerError } from '../ledger/errors.ts';
import { recall, remember } from '../ledger/memo.ts';
import { ConfigError, RejectedRequest } from '../model/errors.ts';
import { type Gates, httpAnswer } from './doorway.ts';
import { fanOut, roundOf } from './fan-out.ts';
import type { Log } from './log.ts';
import { FailedForGood } from './queue.ts';
import { type RoundMessage, readRound } from './round-message.ts';
import { type Doorway, RunFailed, runJob } from './scheduled.ts';
import { LITTLE_TIME, sqsBatches } from './sqs.ts';

const KIND = 'given-up';
/** Longer than SQS keeps a message. */
const KEPT_MS = 15 * 86_400_000;

/** The gates of a function that a schedule starts, and that works off its own queue. */
export const runGates = <Policy>(job: Job<Policy>, doorway: Doorway): Gates => ({
  log: doorway.log,
  schedule: (event, context) => fanOut(job, event, doorway, context),
  http: async () => httpAnswer(404, {}),
  message: (message, context) => runPart(job, message, doorway, context),
});

/**
 * Runs one message of a round. What a later try may heal (CTyun or the ledger away, throttled) is thrown as it is: the
 * message comes again after its visibility timeout, and at last to the dead letters, whose alarm fires. What no repetition
 * heals (a mistake in the ask or the settings, an order that was refused, a plan that is held) is remembered and thrown as
 * FailedForGood: the function's own alarm fires, once, and the message that comes again is dropped. The next schedule
 * looks at the place anew in any case.
 *
 * @throws Error for a message of no known form: only the dead letters show a person what it was
 */
export async function runPart<Policy>(
  job: Job<Policy>,
  message: unknown,
  doorway: Doorway,
  context: Context | undefined,
): Promise<void> {
  const part = readRound(message);
  if (!part) throw new Error('the message is of no known form');
  const { ledger, settings, clock } = doorway.surroundings();
  const key = keyOf(part);
  if (await wasGivenUp(key, doorway))
    return doorway.log.info('a message that has failed for good was dropped', { key });
  const enqueueAll = sqsBatches(settings.queueUrl ?? '', LITTLE_TIME);
  const round = (log: Log): Round => roundOf(part, enqueueAll, log);
  try {
    await runJob(job, part.event, { ...doorway, round }, context);
  } catch (error) {
    if (!isForGood(error)) throw error;
    const now = clock.now();
    await remember(ledger, KIND, key, { value: { at: now }, version: 0 }, new Date(now.getTime() + KEPT_MS));
    throw new FailedForGood(error);
  }
}

const keyOf = ({ round: { id, part, handOvers } }: RoundMessage): string => `${id}#${part}#${handOvers}`;

/** Where the ledger cannot be read the run says so itself. */
async function wasGivenUp(key: string, doorway: Doorway): Promise<boolean> {
  try {
    return (await recall(doorway.surroundings().ledger, KIND, key)) !== undefined;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

function isForGood(error: unknown): boolean {
  if (error instanceof ConfigError || error instanceof RejectedRequest) return true;
  if (!(error instanceof RunFailed)) return false;
  const { health, targets, ledgerProblem } = error.report;
  const mayHeal = ledgerProblem !== null || targets.some(({ problem }) => problem !== null);
  return health === 'mistake' || !mayHeal || hasEnded(error.report);
}

/** Something was done, or held, beside what could not be looked at: that does not happen again, so it is told now. */
const hasEnded = ({ totals: { failed, unknown }, plan: { held } }: RunFailed['report']): boolean =>
  failed + unknown > 0 || held.length > 0;
