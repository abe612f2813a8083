import type { Context } from 'aws-lambda';
import type { Job } from '../flow/jobs.ts';
import { byAccount, placesOf } from '../flow/places.ts';
import type { Round } from '../flow/round.ts';
import { switchOf } from '../flow/switch.ts';
import type { World } from '../flow/world.ts';
import type { Ask, Target } from '../model/ask.ts';
import { sentMetrics } from '../report/metrics.ts';
import type { Log } from './log.ts';
import { firstOf, lockOf, nextOf, type RoundMessage } from './round-message.ts';
import { type Doorway, runJob, type ScheduledAnswer, worldFor } from './scheduled.ts';
import { type EnqueueAll, LITTLE_TIME, NOBODY_WAITS, sqsBatches } from './sqs.ts';

/** What a schedule answers that has sent its targets to the queue; each is reported by its own run. */
export type FannedOut = {
  readonly schema: 'eip-autopilot/sent/1';
  readonly function: string;
  readonly asked: string;
  readonly slot: string | null;
  readonly round: string;
  readonly sent: { readonly messages: number; readonly targets: number };
  readonly targets: readonly Target[];
};

/**
 * A message is one target, so that a slow or broken one hinders no other: a million cost less than a dollar, a run far
 * more. Beyond so many messages, several targets of one account share one, for each costs a start of a run.
 */
const MOST_MESSAGES = 100;

/**
 * A schedule's run: one of several targets sends a message for each to the function's own queue and ends; one of a
 * single target, or without a queue, runs at once.
 *
 * @throws as `runJob` does; Error where the queue does not take all of it. The next schedule sends them anew, and what was
 * sent twice for one slot is done once
 */
export async function fanOut<Policy>(
  job: Job<Policy>,
  event: unknown,
  doorway: Doorway,
  context: Context | undefined,
): Promise<FannedOut | ScheduledAnswer> {
  const ask = job.readAsk(event);
  const { settings, newId } = doorway.surroundings();
  if (settings.queueUrl === undefined) return runJob(job, event, doorway, context);
  // A schedule that Lambda tries again has the same request id; a person's own invocation has a fresh one.
  const name = ask.slot ?? `request-${context?.awsRequestId ?? newId()}`;
  const world = worldFor(job, ask, doorway, context);
  const parts = isOne(ask.targets) ? [ask.targets] : await partsOf(job, ask.targets, world);
  const messages = parts.map(targets => firstOf(job.name, name, event, targets));
  const [only] = messages;
  if (!only) return runJob(job, event, doorway, context);
  if (messages.length === 1) {
    const alone = { ...only, event: event as RoundMessage['event'] };
    const enqueueAll = sqsBatches(settings.queueUrl, LITTLE_TIME);
    const round = (log: Log): Round => roundOf(alone, enqueueAll, log, ask.slot);
    return runJob(job, event, { ...doorway, round }, context);
  }
  await sqsBatches(settings.queueUrl, NOBODY_WAITS)(messages);
  const sent = { messages: messages.length, targets: parts.flat().flatMap(({ regions }) => regions).length };
  doorway.measure?.(sentMetrics(sent.targets));
  doorway.log.info('sent to the queue', { slot: ask.slot, round: name, ...sent });
  return {
    ...{ schema: 'eip-autopilot/sent/1', function: job.name, asked: ask.mode, slot: ask.slot },
    ...{ round: name, sent, targets: parts.flat() },
  };
}

const isOne = ([first, ...others]: readonly Target[]): boolean =>
  others.length === 0 && first?.regions.length === 1 && first.regions[0] !== '*';

/** The targets of each message. One that is switched off looks at nothing, and says so in one run. */
async function partsOf(
  { name, spread }: Pick<Job<unknown>, 'name' | 'spread'>,
  targets: Ask<unknown>['targets'],
  world: World,
): Promise<Target[][]> {
  if ((await switchOf(name, world)).mode === 'off') return [[...targets]];
  if (spread === 'accounts') return byAccount(targets).map(target => [target]);
  const { places, unlisted } = await placesOf(targets, world);
  const found = byAccount(places.map(({ account, region }) => ({ account, regions: [region.id] })));
  const perMessage = Math.ceil(places.length / MOST_MESSAGES);
  // Where the regions could not be listed now, the message's own run lists them, and comes again where it fails.
  const unseen = unlisted.map(({ account }) => ({ account, regions: ['*'] }));
  return [...found.flatMap(target => chunks(target, perMessage)), ...unseen].map(target => [target]);
}

const chunks = ({ account, regions }: Target, size: number): Target[] =>
  Array.from({ length: Math.ceil(regions.length / size) }, (_, i) => ({
    account,
    regions: regions.slice(i * size, (i + 1) * size),
  }));

/** @param lock of the places, if not the message's own */
export function roundOf(
  message: RoundMessage,
  enqueueAll: EnqueueAll,
  log: Log,
  lock: string | null = lockOf(message),
): Round {
  const { id, part, seenBefore } = message.round;
  const next = nextOf(message);
  const handOver: Round['handOver'] =
    next &&
    (async rest => {
      try {
        await enqueueAll([next(rest)]);
        log.info('handed over', { targets: rest.targets, progress: rest.progress });
        return true;
      } catch (error) {
        // The report says that it is left undone, and the run fails.
        log.error('the rest could not be handed over', { why: error instanceof Error ? error.message : String(error) });
        return false;
      }
    });
  return { id, part, lock, seenBefore, handOver };
}
