import { secretsManager } from '../config/secrets-manager.ts';
import type { Job } from '../flow/jobs.ts';
import { lambdaLog } from './lambda-log.ts';
import { notifying } from './notify.ts';
import { scheduled } from './scheduled.ts';
import { surroundings } from './world.ts';

/** A scheduled function as Lambda runs it: settings read and credentials prefetched while the process starts. */
export function onLambda<Policy>(job: Job<Policy>) {
  const attempt = attempted(() => surroundings(process.env, settings => secretsManager(settings.secretPrefix)));
  return scheduled(job, { surroundings: attempt, log: lambdaLog(job.name), notify: notifying() });
}

/** Does it now; what it threw is thrown by every later call instead of at import, where it could not be reported. */
export function attempted<T>(make: () => T): () => T {
  try {
    const made = make();
    return () => made;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
