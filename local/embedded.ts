import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_KEY, sampleState } from './sample.ts';
import { type SecretsStandIn, startSecretsManager } from './secrets/server.ts';
import { type Simulator, startSimulator } from './simulator/server.ts';

/** Everything the product talks to but its ledger, on this machine. */
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

/**
 * The embedded stack as one command of the terminal uses it: its cloud is kept in a folder beside the ledger, so that
 * what one command planned another can approve and apply.
 *
 * @returns what keeps the cloud and ends it
 */
export async function embeddedHere(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'embedded-cloud.json');
  const stack = await startEmbedded(keptState(file) ?? sampleState);
  return async () => {
    // In one step, so that a command that is killed leaves the old file or the new one.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(stack.simulator.kept()), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    await stack.close();
  };
}

function keptState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // The first time, or not to be read: the sample begins anew.
  }
}

/** A person's own profile, keys or prefix would lead past the embedded services: nothing of them counts here. */
function forgetOwnSettings(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS|CTYUN)_/.test(name) && !name.startsWith('AWS_SDK_JS_')) delete process.env[name];
  }
  for (const name of ['APPLY_ALLOWED', 'CREDENTIALS_TTL_SECONDS', 'LEDGER_TABLE', 'QUEUE_URL'])
    delete process.env[name];
}
