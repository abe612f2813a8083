import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Reply } from '../chat/inbound.ts';
import { secretsManager } from '../config/secrets-manager.ts';
import { CHAT_OPS } from '../flow/chat/said.ts';
import { attempted } from './attempted.ts';
import { answerChat } from './chat-door.ts';
import { chatHouse } from './chat-house.ts';
import { workOn } from './chat-worker.ts';
import { lambdaLog } from './lambda-log.ts';
import { logWith } from './log.ts';
import { emf, measured } from './metrics.ts';
import { NOBODY_WAITS, type Patience, SOMEBODY_WAITS, sqsQueue } from './sqs.ts';
import { endOf } from './time-left.ts';
import { surroundings } from './world.ts';

/** Left for Lambda's own ending. */
const RESERVE_MS = 3_000;

/** As payload 2.0 wants it: an object without `statusCode` would itself be sent as the body, with 200. */
type HttpAnswer = { readonly statusCode: number } & Omit<Reply, 'status'>;
const httpAnswer = ({ status, ...reply }: Reply): HttpAnswer => ({ statusCode: status, ...reply });

const isQueue = (event: unknown): event is SQSEvent =>
  typeof event === 'object' && event !== null && Array.isArray((event as { Records?: unknown }).Records);

/**
 * The handler of chat-ops: a chat provider's request (HTTP API or Function URL, payload 2.0) is answered, a batch of the
 * queue is worked on. Settings are read and secrets prefetched while the process starts.
 */
export function chatOnLambda() {
  const house = attempted(() => {
    const around = surroundings(process.env, settings => secretsManager(settings.secretPrefix));
    const queue = (patience: Patience) => sqsQueue(process.env.WORK_QUEUE_URL, 'WORK_QUEUE_URL', patience);
    const door = chatHouse(process.env.CHAT_SETTINGS, around, queue(SOMEBODY_WAITS), lambdaLog(CHAT_OPS));
    return { door, workshop: { ...door, enqueue: queue(NOBODY_WAITS) } };
  });
  const handler = async (event: unknown, context?: Context): Promise<HttpAnswer | SQSBatchResponse> => {
    const { door, workshop } = house();
    if (!isQueue(event)) {
      const log = logWith(door.log, { run: door.around.newId() });
      return httpAnswer(await answerChat(event, { ...door, log }));
    }
    return workOn(event, endOf(context, workshop.around.clock, RESERVE_MS), workshop);
  };
  return middy()
    .use(measured(emf(CHAT_OPS)))
    .handler(handler);
}
