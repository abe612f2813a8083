import type { Context } from 'aws-lambda';
import { hashOf } from '../chat/digest.ts';
import { at } from '../chat/json.ts';
import type { Job } from '../flow/jobs.ts';
import { recall, remember } from '../ledger/memo.ts';
import type { ScalePolicy } from '../model/scale.ts';
import { readAlarm } from '../plan/alarm.ts';
import { type Gates, type HttpAnswer, httpAnswer } from './doorway.ts';
import type { HttpRequest } from './http-event.ts';
import { type PathToken, pathToken } from './path-token.ts';
import { runGates } from './run-gates.ts';
import { type Doorway, runJob } from './scheduled.ts';
import { type Enqueue, SOMEBODY_WAITS, sqsQueue } from './sqs.ts';
import { recallAsk, rememberAsk } from './stored-ask.ts';

/** The secret that holds the tokens of `POST /alarm/{token}`, behind the prefix. */
const SECRET = 'alarm-tokens';
const PATH = /^\/alarm\/([^/]{1,512})$/;
const KIND = 'alarm';
const FORGET_MS = 86_400_000;

/** What is done when an alarm calls: a job that looks at the EIPs it names. */
export type OnAlarm<Policy> = (names: readonly string[]) => Job<Policy>;

/** The gates of a function that a schedule starts and an alarm calls. The alarm's run has the ask of the last schedule. */
export function alarmGates(job: Job<ScalePolicy>, onAlarm: OnAlarm<ScalePolicy>, doorway: Doorway): Gates {
  const runs = runGates(job, doorway);
  let isToken: PathToken | undefined;
  let enqueue: Enqueue | undefined;
  return {
    ...runs,
    schedule: async (event, context) => {
      await rememberAsk(job, event, doorway);
      return runs.schedule(event, context);
    },
    http: async request => {
      const { settings, fetchSecret, clock } = doorway.surroundings();
      isToken ??= pathToken(fetchSecret, SECRET, clock, settings.credentialsTtlSeconds);
      enqueue ??= sqsQueue(settings.queueUrl, 'QUEUE_URL', SOMEBODY_WAITS);
      return receive(request, isToken, enqueue, doorway);
    },
    // The queue carries alarms and the rounds of the schedule, told apart by their form.
    message: (message, context) =>
      at(message, 'alarm') === undefined
        ? runs.message(message, context)
        : workOn(message, job.name, onAlarm, doorway, context),
  };
}

/** An unknown path, a wrong method and a wrong token look the same from outside. */
async function receive(
  { method, path, body }: HttpRequest,
  isToken: PathToken,
  enqueue: Enqueue,
  { log }: Doorway,
): Promise<HttpAnswer> {
  const [, token = ''] = PATH.exec(path) ?? [];
  // Compared also where it is clear, so that the time tells nothing either.
  const isKnown = await isToken(token);
  if (!isKnown || method !== 'POST') return httpAnswer(404, {});
  const { names, confirmUrl } = readAlarm(body.toString());
  if (confirmUrl !== null) {
    // Nothing that a caller names is ever fetched: a person opens it.
    log.warn('the sender of alarms asks to be confirmed: open this address', { confirmUrl });
    return httpAnswer(202, { accepted: true });
  }
  await enqueue({ alarm: { names, digest: hashOf('sha256', body) } });
  return httpAnswer(202, { accepted: true });
}

async function workOn(
  message: unknown,
  fn: string,
  onAlarm: OnAlarm<ScalePolicy>,
  doorway: Doorway,
  context: Context | undefined,
): Promise<void> {
  const names = at(message, 'alarm', 'names');
  const digest = String(at(message, 'alarm', 'digest'));
  const { ledger, clock } = doorway.surroundings();
  const event = await recallAsk(fn, ledger);
  if (!Array.isArray(names) || event === undefined)
    return doorway.log.warn('an alarm was left to the schedule', {
      why: event ? 'not readable' : 'no ask is stored yet',
    });
  const job = onAlarm(names.map(String));
  const before = await recall<{ at: Date }>(ledger, KIND, digest);
  const now = clock.now();
  const restMs = job.readAsk(event).policy.cooldownMinutes * 60_000;
  if (before && now.getTime() - before.value.at.getTime() < restMs)
    return doorway.log.info('the same alarm was worked on before', { digest });
  await runJob(job, event, { ...doorway, who: 'alarm' }, context);
  await remember(ledger, KIND, digest, { value: { at: now }, version: before?.version ?? 0 }, later(now));
}

const later = (now: Date): Date => new Date(now.getTime() + FORGET_MS);
