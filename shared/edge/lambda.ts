import middy from '@middy/core';
import { secretsManager } from '../config/secrets-manager.ts';
import type { Job } from '../flow/jobs.ts';
import { attempted } from './attempted.ts';
import { type Gates, onEvents } from './doorway.ts';
import { lambdaLog } from './lambda-log.ts';
import { emf } from './metrics.ts';
import { notifying } from './notify.ts';
import { runGates } from './run-gates.ts';
import type { Doorway } from './scheduled.ts';
import { NOBODY_WAITS, sqsQueue } from './sqs.ts';
import { surroundings } from './world.ts';

/** What a function has around it on Lambda: settings read and credentials prefetched while the process starts. */
export const lambdaDoorway = (name: string): Doorway => ({
  surroundings: attempted(() => surroundings(process.env, settings => secretsManager(settings.secretPrefix))),
  log: lambdaLog(name),
  measure: emf(name),
  notify: notifying(sqsQueue(process.env.CHAT_QUEUE_URL, 'CHAT_QUEUE_URL', NOBODY_WAITS)),
});

/** A scheduled function as Lambda runs it: schedules, and the messages of its own queue. */
export const onLambda = <Policy>(job: Job<Policy>) => throughGates(runGates(job, lambdaDoorway(job.name)));

/** A handler of every kind of event that a function's gates take. */
export const throughGates = (gates: Gates) => middy().handler(onEvents(gates));
