import type { FetchSecret } from '../../shared/config/credentials.ts';
import { secretsManager } from '../../shared/config/secrets-manager.ts';
import { ConfigError } from '../../shared/model/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a person's terminal has its keys: `CTYUN_AK` and `CTYUN_SK` (the names the official tools use) stand for
 * account `main`; without them Secrets Manager is asked, as on Lambda.
 */
export function terminalSecrets({ CTYUN_AK, CTYUN_SK }: Environment, prefix: string): FetchSecret {
  if (!CTYUN_AK && !CTYUN_SK) return secretsManager(prefix);
  return async account => {
    if (account !== 'main') {
      const problem = `CTYUN_AK and CTYUN_SK are the key of account "main", and "${account}" was asked for`;
      throw new ConfigError(
        [problem],
        'Unset them to read secrets from AWS Secrets Manager, or ask for account "main".',
      );
    }
    const missing = Object.entries({ CTYUN_AK, CTYUN_SK }).flatMap(([name, value]) =>
      value ? [] : [`${name} is not set`],
    );
    if (missing.length > 0) throw new ConfigError(missing, 'Set both, or neither.');
    return JSON.stringify({ accessKey: CTYUN_AK, secretKey: CTYUN_SK });
  };
}
