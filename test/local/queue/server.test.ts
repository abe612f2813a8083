import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type QueueStandIn, startQueues } from '../../../local/queue/server.ts';

const KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret-access-key' };
let standIn: QueueStandIn;
let client: SQSClient;
const clientOf = (change: Partial<typeof KEY> = {}) =>
  new SQSClient({ endpoint: standIn.url, region: 'local', credentials: { ...KEY, ...change }, maxAttempts: 1 });

beforeEach(async () => {
  standIn = await startQueues(KEY, [
    { name: 'work', visibilitySeconds: 30, deadLetter: { queue: 'dead', maxReceives: 2 } },
    { name: 'dead', visibilitySeconds: 30, deadLetter: null },
  ]);
  client = clientOf();
});
afterEach(() => {
  client.destroy();
  return standIn.close();
});

const QueueUrl = () => standIn.queueUrl('work');
const send = (MessageBody: string, more: object = {}) =>
  client.send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody, ...more }));
const receive = async (more: object = {}, url = QueueUrl()) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];

describe('the SQS stand-in, asked by the real SDK', () => {
  it('takes a message and gives it back once while it is worked on', async () => {
    const { MessageId } = await send('{"名":"网站"}');
    const [message, ...others] = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(others).toEqual([]);
    expect(message).toMatchObject({ MessageId, Body: '{"名":"网站"}', Attributes: { ApproximateReceiveCount: '1' } });
    expect(await receive()).toEqual([]);
  });
  it('gives it again when the visibility ends, counts, and buries it after two', async () => {
    await send('x');
    expect(await receive()).toHaveLength(1);
    standIn.advance(31);
    expect(await receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
    standIn.advance(31);
    expect(await receive()).toEqual([]);
    expect(await receive({}, standIn.queueUrl('dead'))).toMatchObject([{ Body: 'x' }]);
  });
  it('forgets what was deleted', async () => {
    await send('x');
    const [message] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl: QueueUrl(), ReceiptHandle: message!.ReceiptHandle }));
    standIn.advance(31);
    expect(await receive()).toEqual([]);
    expect(standIn.queue('work').all).toEqual([]);
  });
  it('deletes nothing by the receipt of an earlier reception', async () => {
    await send('x');
    const [first] = await receive();
    standIn.advance(31);
    await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl: QueueUrl(), ReceiptHandle: first!.ReceiptHandle }));
    expect(standIn.queue('work').all).toHaveLength(1);
  });
  it('shows a message at once or later, as asked', async () => {
    await send('x');
    const [message] = await receive({ VisibilityTimeout: 600 });
    const change = (VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: QueueUrl(),
          ReceiptHandle: message!.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await change(0);
    await expect(change(60)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(await receive()).toHaveLength(1);
  });
  it('delays', async () => {
    await send('x', { DelaySeconds: 10 });
    expect(await receive()).toEqual([]);
    standIn.advance(10);
    expect(await receive()).toHaveLength(1);
  });
  it('takes a batch, and tells which entries it refuses', async () => {
    const Entries = [
      { Id: 'a', MessageBody: '1' },
      { Id: 'b', MessageBody: '2' },
      { Id: 'c', MessageBody: '3', DelaySeconds: 901 },
    ];
    const result = await client.send(new SendMessageBatchCommand({ QueueUrl: QueueUrl(), Entries }));
    expect(result.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    expect(result.Failed).toMatchObject([{ Id: 'c', Code: 'InvalidParameterValue' }]);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['1', '2']);
  });
  it('waits for a message within a long poll', async () => {
    const waiting = receive({ WaitTimeSeconds: 5 });
    await send('x');
    expect(await waiting).toHaveLength(1);
  });
  it('is found by the standard variables', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SQS', standIn.url);
    vi.stubEnv('AWS_REGION', 'local');
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEY.secretAccessKey);
    const bare = new SQSClient({});
    await bare.send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody: 'x' }));
    bare.destroy();
    vi.unstubAllEnvs();
    expect(standIn.queue('work').all).toHaveLength(1);
  });
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a wrong secret key',
      () => clientOf({ secretAccessKey: 'x' }).send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody: 'x' })),
      'InvalidSignatureException',
    ],
    [
      'an unknown access key',
      () => clientOf({ accessKeyId: 'AKIAX' }).send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody: 'x' })),
      'UnrecognizedClientException',
    ],
    [
      'a queue that is not there',
      () => client.send(new SendMessageCommand({ QueueUrl: standIn.queueUrl('other'), MessageBody: 'x' })),
      'QueueDoesNotExist',
    ],
    ['an operation that is not here', () => client.send(new ListQueuesCommand({})), 'UnsupportedOperation'],
    ['an empty message', () => send(''), 'MissingParameter'],
    ['a message of more than a mebibyte', () => send('x'.repeat(1_048_577)), 'InvalidParameterValue'],
    ['eleven messages at once', () => receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue'],
    ['a visibility of more than twelve hours', () => receive({ VisibilityTimeout: 43_201 }), 'InvalidParameterValue'],
    [
      'a receipt that is none',
      () => client.send(new DeleteMessageCommand({ QueueUrl: QueueUrl(), ReceiptHandle: 'x' })),
      'ReceiptHandleIsInvalid',
    ],
    [
      'the visibility of an unknown receipt',
      () =>
        client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: QueueUrl(), ReceiptHandle: 'x#1', VisibilityTimeout: 1 }),
        ),
      'ReceiptHandleIsInvalid',
    ],
    [
      'an empty batch',
      () => client.send(new SendMessageBatchCommand({ QueueUrl: QueueUrl(), Entries: [] })),
      'EmptyBatchRequest',
    ],
    [
      'a batch of eleven',
      () =>
        client.send(
          new SendMessageBatchCommand({
            QueueUrl: QueueUrl(),
            Entries: Array.from({ length: 11 }, (_, Id) => ({ Id: String(Id), MessageBody: 'x' })),
          }),
        ),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'a batch with an id twice',
      () =>
        client.send(
          new SendMessageBatchCommand({
            QueueUrl: QueueUrl(),
            Entries: [
              { Id: 'a', MessageBody: 'x' },
              { Id: 'a', MessageBody: 'y' },
            ],
          }),
        ),
      'BatchEntryIdsNotDistinct',
    ],
    [
      'what it does not simulate',
      () => send('x', { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }),
      'UnsupportedOperation',
    ],
  ])('refuses %s', async (_sentence, act, name) => {
    await expect(act()).rejects.toMatchObject({ name });
  });
  it('refuses an unsigned request', async () => {
    const response = await fetch(standIn.url, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
  });
  it('fails on demand, and only so often', async () => {
    standIn.fail('InternalFailure', 1);
    await expect(send('x')).rejects.toMatchObject({ name: 'InternalFailure' });
    await expect(send('x')).resolves.toMatchObject({ MessageId: expect.any(String) });
  });
  it('has no queue that was not set up', () => {
    expect(() => standIn.queue('other')).toThrow(/no queue "other"/);
  });
});
