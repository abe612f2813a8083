import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { endpointsOf } from '../../../local/bundle/endpoints.ts';
import { bundledSdk, KEY } from './given.ts';

type Resolver = (parameters: object) => { readonly url: URL };

const SDK = 'node_modules/@aws-sdk';
/** The SDK's own rule set of a service. */
const own = async (client: string): Promise<Resolver> => {
  const file = join(process.cwd(), SDK, client, 'dist-cjs/index.js');
  const {
    [Object.keys(await import(file)).find(name => /^(DynamoDB|SecretsManager|SQS)Client$/.test(name)) ?? '']: Client,
  } = (await import(file)) as Record<string, new (settings: object) => { config: { endpointProvider: Resolver } }>;
  return new Client!({ region: 'x' }).config.endpointProvider;
};

/** Every region that the SDK knows. */
const regions = [
  ...readFileSync(join(SDK, 'core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'), 'utf8').matchAll(
    /^ +"([a-z]+-[a-z-]+-\d+)": \{$/gm,
  ),
].map(([, region]) => region!);

const SERVICES = [
  ['dynamodb', 'client-dynamodb'],
  ['secretsmanager', 'client-secrets-manager'],
  ['sqs', 'client-sqs'],
] as const;

describe.each(SERVICES)('the hosts of %s in a bundle', (service, client) => {
  const ours = endpointsOf(service);
  let theirs: Resolver;
  beforeAll(async () => {
    theirs = await own(client);
  });
  const of = (resolver: Resolver, parameters: object): string => resolver(parameters).url.href;

  it("are the SDK's in every region", () => {
    expect(regions.length).toBeGreaterThan(40);
    for (const Region of regions) {
      const parameters = { Region, UseFIPS: false, UseDualStack: false };
      expect(of(ours, parameters), Region).toBe(of(theirs, parameters));
    }
  });
  it('are those of a partition in its regions of the future', () => {
    for (const Region of ['ap-southeast-9', 'cn-south-1', 'us-gov-north-1', 'eusc-de-west-9', 'us-isof-north-9']) {
      const parameters = { Region, UseFIPS: false, UseDualStack: false };
      expect(of(ours, parameters), Region).toBe(of(theirs, parameters));
    }
  });
  it('are where a setting leads', () => {
    expect(of(ours, { Region: 'x', Endpoint: 'http://127.0.0.1:4566/base' })).toBe('http://127.0.0.1:4566/base');
  });
  it.each([{ UseFIPS: true }, { UseDualStack: true }])('are not guessed with %j', how => {
    expect(() => ours({ Region: 'us-east-1', ...how })).toThrow(/AWS_ENDPOINT_URL/);
  });
  it('need a region', () => {
    expect(() => ours({})).toThrow(/Region/);
  });
});

describe('a request of a bundle', () => {
  afterEach(() => vi.unstubAllEnvs());
  it.each([
    ['cn-northwest-1', {}, 'https://secretsmanager.cn-northwest-1.amazonaws.com.cn'],
    ['ap-southeast-1', {}, 'https://secretsmanager.ap-southeast-1.amazonaws.com'],
    ['eu-west-1', { AWS_ENDPOINT_URL: 'https://x.example' }, 'https://x.example'],
    [
      'eu-west-1',
      { AWS_ENDPOINT_URL: 'https://x.example', AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://y.example' },
      'http://y.example',
    ],
    [
      'cn-north-1',
      { AWS_ENDPOINT_URL: 'https://x.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      'https://secretsmanager.cn-north-1.amazonaws.com.cn',
    ],
  ])('goes from %s with %j to %s', async (region, environment, goal) => {
    const { SecretsManagerClient, GetSecretValueCommand } = await bundledSdk();
    const key = { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey };
    for (const [name, value] of Object.entries({ AWS_REGION: region, ...key, ...environment })) vi.stubEnv(name, value);
    const went: string[] = [];
    const handle = async ({ protocol, hostname }: { protocol: string; hostname: string }) => {
      went.push(`${protocol}//${hostname}`);
      throw new Error('far enough');
    };
    const client = new SecretsManagerClient({ maxAttempts: 1, requestHandler: { handle } as never });
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'x' }))).rejects.toThrow('far enough');
    expect(went).toEqual([goal]);
  });
});
