import { onLambda } from '../shared/edge/lambda.ts';
import { settle } from '../shared/flow/jobs.ts';

/** Event: an EventBridge Scheduler schedule whose input is the ask (`events/settle-orders.schedule.json`). */
export const handler = onLambda(settle);
