import type { Queue, StoredMessage } from './store.ts';

/** What the service answers: a value, or an error by its name in the service's model. */
export type SqsAnswer = { readonly value: unknown } | { readonly error: string; readonly message: string };

type Input = Readonly<Record<string, unknown>>;
type Operation = (queue: Queue, input: Input) => SqsAnswer;

const MAX_BYTES = 1024 * 1024;
const MAX_VISIBILITY_SECONDS = 43_200;

const wrong = (error: string, message: string): SqsAnswer => ({ error, message });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A whole number within bounds, the default if it is not given, or undefined if it is none. */
function whole(value: unknown, from: number, to: number, otherwise: number | undefined): number | undefined {
  if (value === undefined || value === null) return otherwise;
  return Number.isInteger(value) && Number(value) >= from && Number(value) <= to ? Number(value) : undefined;
}

const invalid = (name: string): SqsAnswer => wrong('InvalidParameterValue', `Value for parameter ${name} is invalid.`);

function bodyProblem(entry: Input): SqsAnswer | undefined {
  const body = text(entry.MessageBody);
  if (body === '') return wrong('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > MAX_BYTES) return invalid('MessageBody');
  if (whole(entry.DelaySeconds, 0, 900, 0) === undefined) return invalid('DelaySeconds');
  const unsupported = ['MessageAttributes', 'MessageGroupId', 'MessageDeduplicationId'].find(name => entry[name]);
  return unsupported === undefined ? undefined : wrong('UnsupportedOperation', `${unsupported} is not simulated here.`);
}

function put(queue: Queue, entry: Input) {
  const { id, md5 } = queue.send(text(entry.MessageBody), whole(entry.DelaySeconds, 0, 900, 0));
  return { MessageId: id, MD5OfMessageBody: md5 };
}

const sendMessage: Operation = (queue, input) => bodyProblem(input) ?? { value: put(queue, input) };

const sendMessageBatch: Operation = (queue, { Entries }) => {
  const entries = Array.isArray(Entries) ? (Entries as Input[]) : [];
  if (entries.length === 0) return wrong('EmptyBatchRequest', 'There should be at least one entry.');
  if (entries.length > 10)
    return wrong('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  const ids = entries.map(entry => text(entry.Id));
  if (new Set(ids).size < ids.length) return wrong('BatchEntryIdsNotDistinct', 'Ids must be distinct.');
  const size = entries.reduce((sum, entry) => sum + Buffer.byteLength(text(entry.MessageBody)), 0);
  if (size > MAX_BYTES) return wrong('BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes.');
  const results = entries.map(entry => ({ Id: text(entry.Id), problem: bodyProblem(entry), entry }));
  const good = results.filter(({ problem }) => problem === undefined);
  const bad = results.flatMap(({ Id, problem }) => (problem && 'error' in problem ? [{ Id, ...problem }] : []));
  return {
    value: {
      Successful: good.map(({ Id, entry }) => ({ Id, ...put(queue, entry) })),
      Failed: bad.map(({ Id, error, message }) => ({ Id, Code: error, Message: message, SenderFault: true })),
    },
  };
};

const receiveMessage: Operation = (queue, input) => {
  const most = whole(input.MaxNumberOfMessages, 1, 10, 1);
  const visibility = whole(input.VisibilityTimeout, 0, MAX_VISIBILITY_SECONDS, queue.settings.visibilitySeconds);
  if (most === undefined) return invalid('MaxNumberOfMessages');
  if (visibility === undefined) return invalid('VisibilityTimeout');
  const messages = queue.receive(most, visibility).map(received);
  return { value: messages.length > 0 ? { Messages: messages } : {} };
};

const received = (message: StoredMessage) => ({
  MessageId: message.id,
  ReceiptHandle: message.receipt,
  MD5OfBody: message.md5,
  Body: message.body,
  Attributes: attributesOf(message),
});

export const attributesOf = ({ receives, sentAt, firstReceivedAt }: StoredMessage) => ({
  ApproximateReceiveCount: String(receives),
  SentTimestamp: String(sentAt),
  SenderId: 'AIDALOCAL',
  ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
});

const deleteMessage: Operation = (queue, { ReceiptHandle }) =>
  queue.delete(text(ReceiptHandle))
    ? { value: {} }
    : wrong('ReceiptHandleIsInvalid', 'The receipt handle is not valid.');

const changeMessageVisibility: Operation = (queue, input) => {
  const seconds = whole(input.VisibilityTimeout, 0, MAX_VISIBILITY_SECONDS, undefined);
  if (seconds === undefined) return invalid('VisibilityTimeout');
  const message = queue.changeVisibility(text(input.ReceiptHandle), seconds);
  if (message === null) return wrong('MessageNotInflight', 'The message is not in flight.');
  return message ? { value: {} } : wrong('ReceiptHandleIsInvalid', 'The receipt handle is not valid.');
};

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['AmazonSQS.SendMessage', sendMessage],
  ['AmazonSQS.SendMessageBatch', sendMessageBatch],
  ['AmazonSQS.ReceiveMessage', receiveMessage],
  ['AmazonSQS.DeleteMessage', deleteMessage],
  ['AmazonSQS.ChangeMessageVisibility', changeMessageVisibility],
]);
