import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigError } from '../model/errors.ts';
import type { FetchSecret } from './credentials.ts';

/**
 * Reads secrets from AWS Secrets Manager; the SDK's standard variables (`AWS_REGION`, `AWS_ENDPOINT_URL*`) apply.
 *
 * @param prefix of the secret's name: `ctyun/` and account `main` make `ctyun/main`
 * @param form what is to be stored, for the advice
 */
export function secretsManager(prefix: string, form = '{"accessKey":"…","secretKey":"…"}'): FetchSecret {
  let client: SecretsManagerClient | undefined;
  return async account => {
    const name = `${prefix}${account}`;
    try {
      client ??= new SecretsManagerClient({ maxAttempts: 3 });
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      if (SecretString !== undefined) return SecretString;
    } catch (error) {
      throw explained(name, form, error);
    }
    throw new ConfigError([`secret "${name}" holds bytes, not text`], `Store ${form} as text.`);
  };
}

const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "Create it: aws secretsmanager create-secret --name NAME --secret-string 'FORM'.",
  AccessDeniedException: 'Grant the role secretsmanager:GetSecretValue on it.',
  DecryptionFailure: 'Grant the role kms:Decrypt on its key.',
  InvalidRequestException: 'It may be scheduled for deletion: restore it.',
  CredentialsProviderError:
    'Give the process AWS credentials (on a laptop: CTYUN_AK and CTYUN_SK instead, or --embedded).',
};

function explained(name: string, form: string, error: unknown): ConfigError {
  const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
  const advice =
    ADVICE[kind]?.replace('NAME', name).replace('FORM', form) ??
    'Check AWS_REGION, the network and the service (on a laptop, CTYUN_AK and CTYUN_SK can stand for account "main").';
  return new ConfigError([`secret "${name}" cannot be read: ${kind}: ${message}`], advice, { cause: error });
}
