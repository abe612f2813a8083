import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { awsService, bundledSdk, KEY } from './given.ts';

let sdk: Awaited<ReturnType<typeof bundledSdk>>;
let service: Awaited<ReturnType<typeof awsService>>;
beforeAll(async () => {
  [sdk, service] = await Promise.all([bundledSdk(), awsService()]);
});
afterAll(() => service.close());

const ENVIRONMENT = {
  AWS_REGION: 'ap-southeast-1',
  AWS_ACCESS_KEY_ID: KEY.accessKeyId,
  AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
  AWS_SESSION_TOKEN: 'the token of a role',
};
beforeEach(() => {
  for (const [name, value] of Object.entries({ ...ENVIRONMENT, AWS_ENDPOINT_URL: service.url }))
    vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

/** Of `{}`; the client compares. */
const MD5_OF_BRACES = createHash('md5').update('{}').digest('hex');

const item = () => new sdk.GetItemCommand({ TableName: 't', Key: { pk: { S: '弹性公网IP' } } });
const secret = () => new sdk.GetSecretValueCommand({ SecretId: 'ctyun/main' });
const message = () => new sdk.SendMessageCommand({ QueueUrl: `${service.url}/1/queue`, MessageBody: '{}' });
const CLIENTS: readonly (readonly [string, (settings?: object) => Promise<object>, object])[] = [
  ['DynamoDB', settings => new sdk.DynamoDBClient(settings ?? {}).send(item()), { Item: { pk: { S: 'x' } } }],
  ['Secrets Manager', settings => new sdk.SecretsManagerClient(settings ?? {}).send(secret()), { SecretString: 'x' }],
  [
    'SQS',
    settings => new sdk.SQSClient(settings ?? {}).send(message()),
    { MessageId: 'x', MD5OfMessageBody: MD5_OF_BRACES },
  ],
];

describe.each(CLIENTS)('the %s client in a bundle', (_name, send, answer) => {
  it("signs with the role's key and token, says who it is, and reads the answer", async () => {
    service.answer([200, answer]);
    expect(await send()).toMatchObject(answer);
    const [{ headers, problem }] = service.received as [(typeof service.received)[0]];
    expect(problem).toBeUndefined();
    expect(headers['x-amz-security-token']).toBe(ENVIRONMENT.AWS_SESSION_TOKEN);
    expect(headers.authorization).toMatch(/ap-southeast-1.*SignedHeaders=[^,]*x-amz-security-token/);
    expect(headers['user-agent']).toMatch(/^aws-sdk-js\/3\.\d+\.\d+ .*api\/(dynamodb|secrets-manager|sqs)#3\./);
  });

  it.each<[string, number, string]>([
    ['a throttle', 400, 'ThrottlingException'],
    ['a table that is written to too fast', 400, 'ProvisionedThroughputExceededException'],
    ['too many requests', 429, 'SomethingElse'],
    ['a failure of the server', 500, 'InternalServerError'],
    ['a server that is not there', 503, 'ServiceUnavailable'],
  ])('tries again after %s', async (_sentence, status, name) => {
    service.answer([status, { __type: name }], [200, answer]);
    expect(await send()).toMatchObject({ ...answer, $metadata: { attempts: 2 } });
    expect(service.received.map(({ problem }) => problem)).toEqual([undefined, undefined]);
  });

  it('gives up after as many tries as were allowed', async () => {
    service.answer([500, { __type: 'InternalServerError', message: 'once more' }]);
    await expect(send({ maxAttempts: 2 })).rejects.toMatchObject({ name: 'InternalServerError', message: 'once more' });
    expect(service.received).toHaveLength(2);
  });

  it.each([
    ...['ConditionalCheckFailedException', 'ResourceNotFoundException', 'ValidationException', 'AccessDeniedException'],
    ...['DecryptionFailure', 'InvalidRequestException', 'QueueDoesNotExist', 'ExpiredTokenException'],
  ])('names %s as the service does, with its message, at once', async name => {
    service.answer([400, { __type: `com.amazonaws.service#${name}`, Message: 'because' }]);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, message: 'because', $fault: 'client', $metadata: { httpStatusCode: 400 } });
    expect(service.received).toHaveLength(1);
  });

  it('waits no longer than it was told', async () => {
    service.answer('none');
    const settings = { maxAttempts: 1, requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true } };
    await expect(send(settings)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('tells of a server that cannot be reached', async () => {
    await expect(send({ maxAttempts: 1, endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(/ECONNREFUSED/);
  });

  it('needs a region, and a key', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await expect(send()).rejects.toThrow('Region is missing');
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    await expect(send()).rejects.toMatchObject({ name: 'CredentialsProviderError' });
  });

  it('passes on the trace that Lambda gave', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'auto-renew');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-2-3');
    service.answer([200, answer]);
    await send();
    expect(service.received[0]?.headers['x-amzn-trace-id']).toBe('Root=1-2-3');
  });
});

describe('what the clients write and read', () => {
  it('is checked by SQS and by us', async () => {
    service.answer([200, { MessageId: 'x', MD5OfMessageBody: 'another' }]);
    await expect(new sdk.SQSClient({}).send(message())).rejects.toThrow('InvalidChecksumError');
  });
  it('is sent as it is, in any script', async () => {
    service.answer([200, {}]);
    await new sdk.DynamoDBClient({}).send(item());
    expect(JSON.parse(service.received[0]!.body)).toEqual({ TableName: 't', Key: { pk: { S: '弹性公网IP' } } });
  });
  it('has its times, which come as seconds', async () => {
    service.answer([200, { SecretString: 'x', CreatedDate: 1_764_000_000.5 }]);
    const { CreatedDate } = await new sdk.SecretsManagerClient({}).send(secret());
    expect(CreatedDate).toEqual(new Date('2025-11-24T16:00:00.500Z'));
  });
  it('may be asked for with the other mode of retries, which is the standard one here', async () => {
    vi.stubEnv('AWS_RETRY_MODE', 'adaptive');
    service.answer([500, { __type: 'InternalServerError' }], [200, { SecretString: 'x' }]);
    await expect(new sdk.SecretsManagerClient({}).send(secret())).resolves.toMatchObject({ SecretString: 'x' });
  });
});
