import { secretsManager } from '../config/secrets-manager.ts';
import type { Job } from '../flow/jobs.ts';
import { attempted } from './attempted.ts';
import { lambdaLog } from './lambda-log.ts';
import { notifying } from './notify.ts';
import { type Doorway, scheduled } from './scheduled.ts';
import { NOBODY_WAITS, sqsQueue } from './sqs.ts';
import { surroundings } from './world.ts';

/** What a function has around it on Lambda: settings read and credentials prefetched while the process starts. */
export const lambdaDoorway = (name: string): Doorway => ({
  surroundings: attempted(() => surroundings(process.env, settings => secretsManager(settings.secretPrefix))),
  log: lambdaLog(name),
  notify: notifying(sqsQueue(process.env.CHAT_QUEUE_URL, 'CHAT_QUEUE_URL', NOBODY_WAITS)),
});

/** A scheduled function as Lambda runs it. */
export const onLambda = <Policy>(job: Job<Policy>) => scheduled(job, lambdaDoorway(job.name));
