import { parseArgs } from 'node:util';
import { RejectedRequest } from '../../shared/model/errors.ts';

export const CALL_USAGE = `Usage: npm run -s eip -- call <operation> [options]

  --list             all operations by group; with <operation>: what it takes
  --param k=v        a parameter; again for each one. Lists: k=a,b or k=a k=b
  --json FILE        parameters as a JSON object; --param goes before it
  --yes              send a write; without it a write is only shown. Reads are sent at once
  --account NAME     whose key signs (default: main)
  --output text|json a table or a list of fields, or the answer as JSON (default: text)
  --embedded         a simulated CTyun with a sample account, on this machine
  --help

An operation is named as in --list, as in the official SDK, or by its path. A write that takes a clientToken is given a
new one, which is shown: repeat it with --param clientToken=… and the same parameters, and it is done once.
Exit: 0 done · 1 the call failed, or its answer is not as documented · 2 bad input, nothing was sent
`;

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export type CallOptions = {
  readonly operation: string | undefined;
  /** `name=value`, in order. */
  readonly pairs: readonly string[];
  readonly jsonFile: string | undefined;
  readonly yes: boolean;
  readonly list: boolean;
  readonly account: string;
  readonly output: 'text' | 'json';
  readonly embedded: boolean;
  readonly help: boolean;
};

/** @throws RejectedRequest naming every problem of the command line */
export function readCallOptions(args: string[]): CallOptions {
  const { values, positionals } = parsed(args);
  const { output = 'text' } = values;
  const problems = [
    ...(output === 'text' || output === 'json' ? [] : ['--output must be text or json']),
    ...(ACCOUNT.test(values.account ?? 'main') ? [] : ['--account must be letters, digits, ., _ or -']),
    ...(positionals.length > 1 ? [`unexpected: ${positionals.slice(1).join(' ')}`] : []),
    ...(values.param ?? []).flatMap(pair => (/^[^=]+=/.test(pair) ? [] : [`--param ${pair}: must be name=value`])),
  ];
  if (problems.length > 0) throw new RejectedRequest('the command line', problems);
  return {
    operation: positionals[0],
    pairs: values.param ?? [],
    jsonFile: values.json,
    yes: values.yes ?? false,
    list: values.list ?? false,
    account: values.account ?? 'main',
    output: output === 'json' ? 'json' : 'text',
    embedded: values.embedded ?? false,
    help: values.help ?? false,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        param: { type: 'string', multiple: true },
        json: { type: 'string' },
        yes: { type: 'boolean' },
        list: { type: 'boolean' },
        account: { type: 'string' },
        output: { type: 'string' },
        embedded: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new RejectedRequest('the command line', [error instanceof Error ? error.message : String(error)]);
  }
}
