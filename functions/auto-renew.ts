import { onLambda } from '../shared/edge/lambda.ts';
import { autoRenew } from '../shared/flow/jobs.ts';

/** Event: an EventBridge Scheduler schedule whose input is the ask (`events/auto-renew.schedule.json`). */
export const handler = onLambda(autoRenew);
