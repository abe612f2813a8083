import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SecretsStandIn, startSecretsManager } from '../../local/secrets/server.ts';
import { secretsManager } from '../../shared/config/secrets-manager.ts';

const KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret-access-key' };
let standIn: SecretsStandIn;
beforeAll(async () => {
  standIn = await startSecretsManager(KEY, { 'ctyun/main': 'the text' });
});
afterAll(() => standIn.close());

const client = (change: Partial<typeof KEY> = {}) =>
  new SecretsManagerClient({
    endpoint: standIn.url,
    region: 'local',
    credentials: { ...KEY, ...change },
    maxAttempts: 1,
  });
const get = (change?: Partial<typeof KEY>) =>
  client(change).send(new GetSecretValueCommand({ SecretId: 'ctyun/main' }));

describe('the Secrets Manager stand-in, asked by the real SDK', () => {
  it('answers a signed request', async () => {
    expect((await get()).SecretString).toBe('the text');
  });
  it.each<[string, Partial<typeof KEY>, string]>([
    ['a wrong secret key', { secretAccessKey: 'wrong' }, 'InvalidSignatureException'],
    ['an unknown access key', { accessKeyId: 'AKIAOTHER' }, 'UnrecognizedClientException'],
  ])('refuses %s', async (_sentence, change, name) => {
    await expect(get(change)).rejects.toMatchObject({ name });
  });
  it('refuses an unsigned request', async () => {
    const response = await fetch(standIn.url, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
  it('knows one operation', async () => {
    await expect(client().send(new ListSecretsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('reading a secret', () => {
  beforeAll(() => {
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', standIn.url);
    vi.stubEnv('AWS_REGION', 'local');
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEY.secretAccessKey);
    return () => vi.unstubAllEnvs();
  });
  it("goes where the SDK's standard variables lead", async () => {
    await expect(secretsManager('ctyun/')('main')).resolves.toBe('the text');
  });
  it('outlasts a passing failure', async () => {
    standIn.fail('InternalServiceError', 1);
    await expect(secretsManager('ctyun/')('main')).resolves.toBe('the text');
  });
  it('names the secret that is missing, and how to make it', async () => {
    await expect(secretsManager('ctyun/')('other')).rejects.toThrow(
      /secret "ctyun\/other" cannot be read: ResourceNotFoundException.*create-secret --name ctyun\/other/,
    );
  });
  it('says what a role lacks', async () => {
    standIn.fail('AccessDeniedException', 1);
    await expect(secretsManager('ctyun/')('main')).rejects.toThrow(/Grant the role secretsmanager:GetSecretValue/);
  });
  it('says where to look otherwise', async () => {
    standIn.fail('InternalServiceError', 3);
    await expect(secretsManager('ctyun/')('main')).rejects.toThrow(/Check AWS_REGION, the network and the service/);
  });
});
