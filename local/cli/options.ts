import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { type Lang, langOf } from '../../shared/report/lang.ts';
import { terminalLang } from './terminal.ts';

export const USAGE = `Usage: npm run -s eip -- COMMAND [options]

  auto-renew, scale-bandwidth, release-orphans, settle-orders   run a function; a plan, unless --apply is said
    --event FILE                 the ask, as JSON (default: events/<function>.schedule.json)
    --apply                      change the cloud; without it every run is a plan, whatever the ask says
  plans [HASH]                   plans that wait for people, or all of one
  approve HASH --as NAME         your word for a plan; reject HASH --as NAME
  apply HASH                     apply exactly what was approved
  mode [FUNCTION] off|plan|apply turn the kill switch of a function, or of all; "mode" alone shows it
  history [--eip ID] [--since ISO]   what was decided, and what became of it (default: the last 7 days)
  resolve TOKEN --bought|--not-bought --as NAME   say what became of an order that the software cannot find out

  --as NAME          who you are (default: your user name)
  --json             JSON on standard output
  --lang zh-CN|en    language (default: LC_ALL, LC_MESSAGES, LANG)
  --embedded         a simulated CTyun with a sample account, on this machine
  --help

Credentials: CTYUN_AK and CTYUN_SK for account "main", or secret ctyun/<account> in AWS Secrets Manager.
Memory: the DynamoDB table LEDGER_TABLE, or without it the folder AUTOPILOT_HOME (default: .autopilot).
Exit: 0 all well · 1 something failed, a cap held an apply, or data could not be trusted · 2 bad input, settings, credentials
`;

const OPTIONS = {
  event: { type: 'string' },
  apply: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  embedded: { type: 'boolean' },
  as: { type: 'string' },
  eip: { type: 'string' },
  since: { type: 'string' },
  bought: { type: 'boolean' },
  'not-bought': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type Options = {
  readonly command: string | undefined;
  /** What stands behind the command. */
  readonly args: readonly string[];
  readonly eventFile: string | undefined;
  readonly apply: boolean;
  readonly json: boolean;
  readonly embedded: boolean;
  readonly help: boolean;
  readonly lang: Lang;
  /** Who gives the command. */
  readonly as: string;
  readonly eip: string | undefined;
  readonly since: Date | undefined;
  /** What a person says became of an order; undefined if nothing, or both, was said. */
  readonly bought: boolean | undefined;
};

/**
 * @param commands that there are
 * @throws RejectedRequest naming everything that is wrong with the command line
 */
export function readOptions(
  args: string[],
  environment: Readonly<Record<string, string | undefined>>,
  commands: readonly string[],
): Options {
  const { values, positionals } = parsed(args);
  const [command, ...rest] = positionals;
  const since = values.since === undefined ? undefined : new Date(values.since);
  const problems = [
    ...(command !== undefined && !values.help && !commands.includes(command)
      ? [`there is no function "${command}" (${commands.join(', ')})`]
      : []),
    ...(values.lang !== undefined && !/^(zh-CN|en)$/.test(values.lang) ? ['--lang must be zh-CN or en'] : []),
    ...(since && Number.isNaN(since.getTime()) ? ['--since must be an ISO 8601 time, for instance 2026-11-24'] : []),
    ...(values.as !== undefined && values.as.trim() === '' ? ['--as must be a name'] : []),
  ];
  if (problems.length > 0) throw new RejectedRequest('the command line', problems);
  const { bought = false, 'not-bought': notBought = false } = values;
  return {
    command,
    args: rest,
    eventFile: values.event,
    apply: values.apply ?? false,
    json: values.json ?? false,
    embedded: values.embedded ?? false,
    help: values.help ?? false,
    lang: values.lang === undefined ? terminalLang(environment) : langOf(values.lang),
    as: values.as?.trim() || environment.USER || environment.LOGNAME || 'terminal',
    eip: values.eip,
    since,
    bought: bought === notBought ? undefined : bought,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new RejectedRequest('the command line', [error instanceof Error ? error.message : String(error)]);
  }
}

/** @throws RejectedRequest unless exactly so many words stand behind the command */
export function exactly(count: number, { command, args }: Options, usage: string): readonly string[] {
  if (args.length === count) return args;
  const problem = args.length > count ? `unexpected: ${args.slice(count).join(' ')}` : `${command} needs ${usage}`;
  throw new RejectedRequest('the command line', [problem]);
}

/** Reads a JSON file. @throws RejectedRequest if it is not there or not JSON */
export function readEvent(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RejectedRequest(`the event file ${file}`, [error instanceof Error ? error.message : String(error)]);
  }
}
