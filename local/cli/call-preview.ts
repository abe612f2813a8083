import type { ApiOperation, BodyValue } from '../../shared/ctyun/operation.ts';
import { printable } from '../../shared/report/table.ts';
import type { CallOptions } from './call-options.ts';

type Params = Readonly<Record<string, BodyValue>>;

/** What `--yes` would send. */
export function preview(
  operation: ApiOperation,
  params: Params,
  token: string | undefined,
  options: CallOptions,
): string {
  const { name, title, method, path } = operation;
  const lines = Object.entries(params)
    .filter(([parameter]) => parameter !== 'clientToken')
    .map(
      ([parameter, value]) => `  ${parameter}: ${printable(Array.isArray(value) ? value.join(', ') : String(value))}`,
    );
  return [
    `${name} (${title}) is a write: nothing was sent.`,
    `${method} ${path}  account ${printable(options.account)}`,
    ...lines,
    ...(token ? [`  clientToken: ${printable(token)}`] : []),
    'Send it with:',
    `  ${commandOf(operation, token, options)}`,
    '',
  ].join('\n');
}

/** The command line that sends a write, with the token by which it is done once however often it is sent. */
export function commandOf({ name }: ApiOperation, token: string | undefined, options: CallOptions): string {
  const pairs = options.pairs.filter(pair => !pair.startsWith('clientToken='));
  const words = [
    ...pairs.flatMap(pair => ['--param', pair]),
    ...(options.jsonFile === undefined ? [] : ['--json', options.jsonFile]),
    ...(token === undefined ? [] : ['--param', `clientToken=${token}`]),
    ...(options.account === 'main' ? [] : ['--account', options.account]),
    ...(options.embedded ? ['--embedded'] : []),
  ];
  return ['npm run -s eip -- call', name, ...words.map(quoted), '--yes'].join(' ');
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", `'\\''`)}'`;
