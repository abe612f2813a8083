import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainJson } from '../../../local/bundle/plain-json.ts';
import * as whole from './everything.ts';
import { awsService, bundledSdk, KEY } from './given.ts';

let bundled: Awaited<ReturnType<typeof bundledSdk>>;
let service: Awaited<ReturnType<typeof awsService>>;
beforeAll(async () => {
  [bundled, service] = await Promise.all([bundledSdk(), awsService()]);
});
afterAll(() => service.close());

const settings = () => ({ endpoint: service.url, region: 'local', credentials: KEY });
type Sdk = typeof whole;

const TEXTS = ['', '弹性公网IP', '"\\/\b\f\n\r\t\u0000\u007f', '🟢', '\ud800 alone', '\u2028', 'x'.repeat(5_000)];
const Item: Record<string, AttributeValue> = {
  ...Object.fromEntries(TEXTS.map((S, i) => [`text${i}`, { S }])),
  ...{
    number: { N: '-12.5e3' },
    truth: { BOOL: false },
    nothing: { NULL: true },
    list: { L: [{ S: 'a' }, { L: [] }] },
  },
  map: { M: { 键: { M: {} }, __proto: { N: '1' } } },
  set: { SS: ['a', 'b'] },
};
const Key = { pk: { S: 'intent#1' }, sk: { S: '-' } };
const TableName = 't';
const ExpressionAttributeNames = { '#v': 'version' };
const ExpressionAttributeValues = { ':v': { N: '3' }, ':text': { S: '…' } };

const CALLS: Readonly<Record<string, (sdk: Sdk) => Promise<object>>> = {
  GetItem: sdk =>
    new sdk.DynamoDBClient(settings()).send(new sdk.GetItemCommand({ TableName, Key, ConsistentRead: true })),
  PutItem: sdk =>
    new sdk.DynamoDBClient(settings()).send(
      new sdk.PutItemCommand({
        ...{ TableName, Item, ConditionExpression: '#v = :v', ExpressionAttributeNames, ExpressionAttributeValues },
        ReturnValues: undefined,
      }),
    ),
  UpdateItem: sdk =>
    new sdk.DynamoDBClient(settings()).send(
      new sdk.UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression: 'SET x = :text', ConditionExpression: 'attribute_exists(pk)' },
        ExpressionAttributeValues,
      }),
    ),
  Query: sdk =>
    new sdk.DynamoDBClient(settings()).send(
      new sdk.QueryCommand({
        TableName,
        IndexName: 'open',
        ExpressionAttributeValues,
        ExclusiveStartKey: Key,
        Limit: 5,
      }),
    ),
  GetSecretValue: sdk =>
    new sdk.SecretsManagerClient(settings()).send(new sdk.GetSecretValueCommand({ SecretId: 'ctyun/主账号' })),
  SendMessage: sdk =>
    new sdk.SQSClient({ ...settings(), md5: false }).send(
      new sdk.SendMessageCommand({ QueueUrl: `${service.url}/q`, MessageBody: '{"text":"通知"}', DelaySeconds: 0 }),
    ),
};
const ANSWERS: readonly object[] = [
  { Item, ConsumedCapacity: { TableName, CapacityUnits: 0.5, Table: { CapacityUnits: 1 } } },
  { Items: [Item, {}], Count: 2, LastEvaluatedKey: Key, ScannedCount: null },
  { SecretString: '{"accessKey":"…"}', CreatedDate: 1_764_000_000.123, VersionStages: ['AWSCURRENT'], Name: null },
  { SecretBinary: 'AAEC/w==' },
  { MessageId: 'x', SequenceNumber: '1' },
  {},
];

describe.each(Object.entries(CALLS))('%s in a bundle', (_name, call) => {
  it('sends what the whole SDK sends', async () => {
    service.answer([200, {}]);
    await call(bundled);
    await call(whole);
    const [ours, theirs] = service.received.map(({ body }) => JSON.parse(body) as unknown);
    expect(ours).toEqual(theirs);
    expect(service.received.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    const headers = (index: number) => {
      const {
        'x-amz-target': target,
        'content-type': type,
        'content-length': length,
      } = service.received[index]!.headers;
      return { target, type, length };
    };
    expect(headers(0)).toEqual(headers(1));
  });
  it.each(ANSWERS)('reads what the whole SDK reads, from %j', async answer => {
    service.answer([200, answer]);
    const [{ $metadata: _, ...ours }, { $metadata: __, ...theirs }] = (await Promise.all([
      call(bundled),
      call(whole),
    ])) as [Record<string, unknown>, Record<string, unknown>];
    expect(ours).toEqual(theirs);
  });
});

describe('what is no plain JSON', () => {
  it.each([
    ['an instant', { at: new Date(0) }],
    ['bytes', { bytes: new Uint8Array(1) }],
    ['a large number', { n: 1n }],
  ])('is refused: %s', (_sentence, value) => {
    const serializer = new PlainJson().createSerializer();
    serializer.write(15, value);
    expect(() => serializer.flush()).toThrow(TypeError);
  });
  it('is refused when it is read, too', async () => {
    const read = new PlainJson().createDeserializer().read(15, Buffer.from('<html>'));
    await expect(read).rejects.toThrow(SyntaxError);
  });
});
