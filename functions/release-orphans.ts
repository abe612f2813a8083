import { onLambda } from '../shared/edge/lambda.ts';
import { releaseOrphans } from '../shared/flow/jobs.ts';

/** Event: an EventBridge Scheduler schedule whose input is the ask (`events/release-orphans.schedule.json`). */
export const handler = onLambda(releaseOrphans);
