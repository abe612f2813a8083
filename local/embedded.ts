import { randomBytes } from 'node:crypto';
import { SAMPLE_KEY, sampleState } from './sample.ts';
import { type SecretsStandIn, startSecretsManager } from './secrets/server.ts';
import { type Simulator, startSimulator } from './simulator/server.ts';

/** Everything the product talks to, on this machine. */
export type Embedded = {
  readonly simulator: Simulator;
  readonly secrets: SecretsStandIn;
  readonly close: () => Promise<void>;
};

/** Starts CTyun's simulator with the sample account and a Secrets Manager that holds its key, and leads this process there. */
export async function startEmbedded(state: unknown = sampleState): Promise<Embedded> {
  const key = { accessKeyId: 'AKIAEMBEDDED', secretAccessKey: randomBytes(24).toString('base64url') };
  const simulator = await startSimulator({ state });
  const secrets = await startSecretsManager(key, { 'ctyun/main': JSON.stringify(SAMPLE_KEY) });
  Object.assign(process.env, {
    CTYUN_ENDPOINT: simulator.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
  // A person's own keys must not be asked for in place of the sample's.
  delete process.env.CTYUN_AK;
  delete process.env.CTYUN_SK;
  return {
    simulator,
    secrets,
    close: async () => void (await Promise.all([simulator.close(), secrets.close()])),
  };
}
