import middy from '@middy/core';
import { secretsManager } from '../config/secrets-manager.ts';
import { NAME } from '../flow/bind/world.ts';
import { attempted } from './attempted.ts';
import { bindDoorway } from './bind-doorway.ts';
import { readBindSettings } from './bind-settings.ts';
import { lambdaLog } from './lambda-log.ts';
import { emf, measured } from './metrics.ts';
import { NOBODY_WAITS, sqsQueue } from './sqs.ts';
import { SECRET_FORM, webhookSecrets } from './webhook-secrets.ts';
import { surroundings } from './world.ts';

/** bind-on-webhook as Lambda runs it: settings read, credentials and the webhook's secrets fetched while it starts. */
export function bindOnLambda() {
  const made = attempted(() => {
    const settings = readBindSettings(process.env);
    const around = surroundings(process.env, ({ secretPrefix }) => secretsManager(secretPrefix));
    const fetch = secretsManager(settings.secretPrefix, SECRET_FORM);
    const secrets = webhookSecrets(fetch, around.clock, around.settings.credentialsTtlSeconds);
    // A failure is met again by the first request.
    for (const scheme of settings.schemes) secrets.current(scheme).catch(() => undefined);
    return { around, settings, secrets, enqueue: sqsQueue(settings.queueUrl, 'WORK_QUEUE_URL', NOBODY_WAITS) };
  });
  return middy()
    .use(measured(emf(NAME)))
    .handler(bindDoorway(made, lambdaLog(NAME)));
}
