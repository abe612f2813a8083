import { bindOnLambda } from '../shared/edge/bind-lambda.ts';

/**
 * Events: signed HTTP requests (`events/bind-on-webhook.*.json`; HTTP API or Function URL), and messages of the work
 * queue about requests that were not finished in time.
 */
export const handler = bindOnLambda();
