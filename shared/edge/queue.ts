import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { jsonOf } from '../model/json.ts';
import type { Log } from './log.ts';

/** What is done with one message. What it throws brings the message back. */
export type Work = (message: unknown, context: Context | undefined) => Promise<void>;

/**
 * A message that no repetition heals. The handler throws it after the batch, so that the function's alarm fires; whoever
 * throws it sees to it that the message is dropped when it comes again.
 */
export class FailedForGood extends Error {
  override readonly name = 'FailedForGood';
  constructor(cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause });
  }
}

/** One that starts with less time than this could be cut off. */
const NEEDED_MS = 30_000;

/**
 * Works on the messages of a batch, one after the other, and names those that are to come again.
 *
 * @throws FailedForGood after all of them
 */
export async function eachMessage(
  { Records }: SQSEvent,
  work: Work,
  context: Context | undefined,
  log: Log,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  let forGood: FailedForGood | undefined;
  for (const { messageId, body } of Records) {
    try {
      if ((context?.getRemainingTimeInMillis?.() ?? NEEDED_MS) < NEEDED_MS) throw new Error('no time is left');
      // What is no JSON is undefined: whoever works on it refuses it.
      await work(jsonOf(body), context);
    } catch (error) {
      if (error instanceof FailedForGood) {
        forGood ??= error;
        continue;
      }
      log.error('a message comes again', { messageId, error: error instanceof Error ? error.message : String(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  if (forGood) throw forGood;
  return { batchItemFailures };
}
