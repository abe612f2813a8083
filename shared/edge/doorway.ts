import type { Context, SQSEvent } from 'aws-lambda';
import { at } from '../chat/json.ts';
import { decodeHttpEvent, type HttpRequest } from './http-event.ts';
import type { Log } from './log.ts';
import { eachMessage, type Work } from './queue.ts';

/** What an HTTP caller is answered, in API Gateway's payload format 2.0. */
export type HttpAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What one function does with each kind of event. */
export type Gates = {
  readonly schedule: (event: unknown, context: Context | undefined) => Promise<unknown>;
  readonly http: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly message: Work;
  readonly log: Log;
};

export const httpAnswer = (statusCode: number, value: object): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

/** Which kind of event it is, by its form; what is neither a request nor messages is a schedule's input. */
export function kindOf(event: unknown): 'http' | 'messages' | 'schedule' {
  if (at(event, 'requestContext', 'http') !== undefined) return 'http';
  return at(event, 'Records', 0, 'eventSource') === 'aws:sqs' ? 'messages' : 'schedule';
}

/** One handler for a schedule, an HTTP request and queued messages. */
export const onEvents =
  ({ schedule, http, message, log }: Gates) =>
  async (event: unknown, context?: Context): Promise<unknown> => {
    const kind = kindOf(event);
    if (kind === 'http') return answered(event, http, log);
    return kind === 'messages' ? eachMessage(event as SQSEvent, message, context, log) : schedule(event, context);
  };

/** A caller is never told more of a failure than that there was one. */
async function answered(event: unknown, http: Gates['http'], log: Log): Promise<HttpAnswer> {
  const request = decodeHttpEvent(event);
  if ('kind' in request) return httpAnswer(request.status === 413 ? 413 : 404, {});
  try {
    return await http(request);
  } catch (error) {
    log.error('the request could not be handed over', {
      error: error instanceof Error ? error.message : String(error),
    });
    return httpAnswer(503, {});
  }
}
