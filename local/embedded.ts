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
  forgetOwnSettings();
  Object.assign(process.env, {
    CTYUN_ENDPOINT: simulator.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
  return {
    simulator,
    secrets,
    close: async () => void (await Promise.all([simulator.close(), secrets.close()])),
  };
}

/** A person's own profile, keys or prefix would lead past the embedded services: nothing of them counts here. */
function forgetOwnSettings(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS|CTYUN)_/.test(name) && !name.startsWith('AWS_SDK_JS_')) delete process.env[name];
  }
  delete process.env.CREDENTIALS_TTL_SECONDS;
}
