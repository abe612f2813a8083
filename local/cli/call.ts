/** `npm run -s eip -- call <operation>`: any call of the EIP API from the terminal. */
import { randomUUID } from 'node:crypto';
import { operationNamed } from '../../shared/ctyun/api/catalogue.ts';
import { checkedParams } from '../../shared/ctyun/check.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import { ConfigError, RejectedRequest } from '../../shared/model/errors.ts';
import { embeddedHere } from '../embedded.ts';
import { homeFolder } from '../ledger/home.ts';
import { callList, unknownCall } from './call-list.ts';
import { CALL_USAGE, type CallOptions, readCallOptions } from './call-options.ts';
import { paramsOf } from './call-params.ts';
import { preview } from './call-preview.ts';
import { type Environment, sendCall } from './call-send.ts';

const EXIT = { ok: 0, mistake: 2 } as const;

/**
 * Runs the command. Parameters are checked before anything is sent; reads are sent at once, writes only with `--yes`.
 *
 * @param args what follows `call` on the command line
 * @returns the exit code: 0 done, 1 the call failed or its answer is not as documented, 2 bad input, nothing was sent
 */
export async function callCommand(args: string[], environment: Environment): Promise<number> {
  try {
    return await run(readCallOptions(args), environment);
  } catch (error) {
    // A person's mistake is told in full and without a stack; anything else is a bug and crashes with one.
    if (!(error instanceof RejectedRequest || error instanceof ConfigError)) throw error;
    const what = error instanceof RejectedRequest ? error.message.split(': ')[0] : 'cannot start';
    const advice = error instanceof ConfigError ? error.advice : 'See npm run -s eip -- call --help and call --list';
    process.stderr.write(`${what}:\n${error.problems.map(problem => `  - ${problem}\n`).join('')}${advice}\n`);
    return EXIT.mistake;
  }
}

async function run(options: CallOptions, environment: Environment): Promise<number> {
  if (options.help || options.list || options.operation === undefined) {
    process.stdout.write(options.list ? callList(options.operation) : CALL_USAGE);
    return options.help || options.list ? EXIT.ok : EXIT.mistake;
  }
  const operation = operationNamed(options.operation);
  if (!operation) throw unknownCall(options.operation);
  const params = checkedParams(operation, paramsOf(operation, options));
  const token = tokenOf(operation, params.clientToken);
  if (operation.effect === 'write' && !options.yes) {
    process.stderr.write(preview(operation, params, token, options));
    return EXIT.mistake;
  }
  const send = (within: Environment): Promise<number> => sendCall(operation, params, token, options, within);
  return options.embedded ? embedded(send) : send(environment);
}

/** The token of an idempotent write: the given one, or a new one that is shown, so that the call can be repeated. */
const tokenOf = ({ token }: ApiOperation, given: unknown): string | undefined =>
  token === 'idempotent' ? (typeof given === 'string' ? given : randomUUID()) : undefined;

async function embedded(send: (environment: Environment) => Promise<number>): Promise<number> {
  const close = await embeddedHere(homeFolder(process.env));
  try {
    return await send(process.env);
  } finally {
    await close();
  }
}
