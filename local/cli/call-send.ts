import type { Envelope } from '../../shared/ctyun/envelope.ts';
import { CtyunError, outcomeUnknown } from '../../shared/ctyun/errors.ts';
import type { ApiOperation, BodyValue } from '../../shared/ctyun/operation.ts';
import { surroundings, worldOf } from '../../shared/edge/world.ts';
import { printable } from '../../shared/report/table.ts';
import { adviceOn } from './call-advice.ts';
import type { CallOptions } from './call-options.ts';
import { answerJson, answerText } from './call-output.ts';
import { commandOf } from './call-preview.ts';
import { terminalSecrets } from './secrets.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How long one command may take in all, repetitions included. */
const PATIENCE_MS = 120_000;

/**
 * Sends one call that was checked, and prints what came.
 *
 * @returns the exit code: 0 done, 1 failed or not as documented
 * @throws ConfigError when settings or credentials are wrong
 */
export async function sendCall(
  operation: ApiOperation,
  params: Readonly<Record<string, BodyValue>>,
  token: string | undefined,
  options: CallOptions,
  environment: Environment,
): Promise<number> {
  const around = surroundings({ ...environment, CTYUN_ACCOUNTS: options.account }, ({ secretPrefix }) =>
    terminalSecrets(environment, secretPrefix),
  );
  const deadline = new Date(around.clock.now().getTime() + PATIENCE_MS);
  const client = worldOf(
    around,
    { deadline, who: 'terminal', deeds: {} },
    () => undefined,
    () => undefined,
  ).clientOf(options.account);
  // Shown before the call: should this process die, the token is not lost with it.
  if (token) say(`clientToken ${printable(token)}: the same call with this token is done once`);
  const heard: Heard = {};
  try {
    await client.call(listening(operation, heard), params, token);
  } catch (error) {
    if (!(error instanceof CtyunError)) throw error;
    // An answer that came is shown even where it is not as documented: a write may have been done.
    if (heard.envelope) show(operation, heard.envelope, token, options);
    say(failureText(error, operation, token, options));
    return 1;
  }
  show(operation, heard.envelope ?? {}, token, options);
  return 0;
}

type Heard = { envelope?: Envelope };

/** The call with its answer as the API gave it: a person at a terminal reads the documentation's own words. */
const listening = (operation: ApiOperation, heard: Heard): ApiOperation => ({
  ...operation,
  answer: envelope => {
    heard.envelope = envelope;
    return operation.answer(envelope);
  },
});

function show(operation: ApiOperation, envelope: Envelope, token: string | undefined, { output }: CallOptions): void {
  const text = output === 'json' ? answerJson(operation, envelope, token) : answerText(envelope);
  process.stdout.write(`${text}\n`);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function failureText(
  error: CtyunError,
  operation: ApiOperation,
  token: string | undefined,
  options: CallOptions,
): string {
  const lines = [printable(error.message), ...adviceOn(error, operation)];
  if (operation.effect === 'write' && outcomeUnknown(error.kind) && token)
    lines.push('Repeat it safely, with the same token:', `  ${commandOf(operation, token, options)}`);
  return lines.join('\n');
}
