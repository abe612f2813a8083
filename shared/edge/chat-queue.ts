import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ConfigError } from '../model/errors.ts';

/** Hands work to another invocation: a Lambda freezes once it has answered. */
export type Enqueue = (message: unknown) => Promise<void>;

/** Sends to an SQS queue as JSON. The times are short: whoever waits for the answer waits three seconds at most. */
export function sqsQueue(url: string | undefined): Enqueue {
  const requestHandler = { connectionTimeout: 700, requestTimeout: 1_200 };
  const client = new SQSClient({ maxAttempts: 2, requestHandler });
  return async message => {
    if (!url) throw new ConfigError(['WORK_QUEUE_URL is not set'], 'Give the function the URL of its queue.');
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
  };
}
