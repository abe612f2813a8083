import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ConfigError } from '../model/errors.ts';

/**
 * Hands work to another invocation, since a Lambda freezes once it has answered. It is done at least once, in no order.
 *
 * @param delaySeconds nobody is to start before, 0 to 900
 */
export type Enqueue = (message: unknown, delaySeconds?: number) => Promise<void>;

/** How long a queue is waited for. */
export type Patience = { readonly tries: number; readonly connectMs: number; readonly requestMs: number };

/** Somebody waits for our answer over HTTP: three seconds at most, of which a cold start has taken some. */
export const SOMEBODY_WAITS: Patience = { tries: 2, connectMs: 600, requestMs: 900 };
/** Nobody waits, and what is not handed over would be forgotten. */
export const NOBODY_WAITS: Patience = { tries: 4, connectMs: 1_500, requestMs: 4_000 };

/**
 * Sends to an SQS queue as JSON; the SDK's standard variables (`AWS_REGION`, `AWS_ENDPOINT_URL_SQS`) apply.
 *
 * @param setting the name of the setting that holds the URL
 * @throws ConfigError at the first message where no queue is named
 */
export function sqsQueue(url: string | undefined, setting: string, patience: Patience): Enqueue {
  let client: SQSClient | undefined;
  return async (message, delaySeconds) => {
    if (!url) throw new ConfigError([`${setting} is not set`], 'Set it to the URL of the SQS queue.');
    const { tries, connectMs, requestMs } = patience;
    const requestHandler = { connectionTimeout: connectMs, requestTimeout: requestMs };
    client ??= new SQSClient({ maxAttempts: tries, requestHandler });
    const delay = delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds };
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), ...delay }));
  };
}
