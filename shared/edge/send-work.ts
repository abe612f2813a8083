import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Enqueue } from '../flow/work.ts';

/** Puts work into an SQS queue; the SDK's standard variables (`AWS_REGION`, `AWS_ENDPOINT_URL_SQS`) apply. */
export function sendWork(queueUrl: string): Enqueue {
  let client: SQSClient | undefined;
  return async (message, delaySeconds) => {
    client ??= new SQSClient({ maxAttempts: 4, requestHandler: { connectionTimeout: 1_500, requestTimeout: 4_000 } });
    const MessageBody = JSON.stringify(message);
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
  };
}
