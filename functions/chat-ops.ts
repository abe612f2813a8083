import { chatOnLambda } from '../shared/edge/chat-lambda.ts';

/**
 * Event: a request of Slack, Feishu, DingTalk or WeCom (`POST /chat/{provider}`, `events/chat-ops.*.json`), which is
 * acknowledged and handed to the queue; or a batch of that queue, which is worked on and answered.
 */
export const handler = chatOnLambda();
