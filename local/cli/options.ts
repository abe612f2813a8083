import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { type Lang, langOf } from '../../shared/report/lang.ts';
import { terminalLang } from './terminal.ts';

export const USAGE = `Usage: npm run -s eip -- auto-renew [options]

  --event FILE       the ask, as JSON (default: events/auto-renew.schedule.json)
  --apply            change the cloud; without it every run is a plan, whatever the ask says
  --json             the report as JSON on standard output
  --lang zh-CN|en    language of the report (default: LC_ALL, LC_MESSAGES, LANG)
  --embedded         a simulated CTyun with a sample account, on this machine
  --help

Credentials: CTYUN_AK and CTYUN_SK for account "main", or secret ctyun/<account> in AWS Secrets Manager.
Exit: 0 all well · 1 something failed, a cap held the plan, or data could not be trusted · 2 bad input, settings, credentials
`;

export type Options = {
  readonly command: string | undefined;
  readonly eventFile: string | undefined;
  readonly apply: boolean;
  readonly json: boolean;
  readonly embedded: boolean;
  readonly help: boolean;
  readonly lang: Lang;
};

/** @throws RejectedRequest naming what is wrong with the command line */
export function readOptions(args: string[], environment: Readonly<Record<string, string | undefined>>): Options {
  const { values, positionals } = parsed(args);
  if (values.lang !== undefined && !/^(zh-CN|en)$/.test(values.lang)) {
    throw new RejectedRequest('the command line', ['--lang must be zh-CN or en']);
  }
  if (positionals.length > 1)
    throw new RejectedRequest('the command line', [`unexpected: ${positionals.slice(1).join(' ')}`]);
  return {
    command: positionals[0],
    eventFile: values.event,
    apply: values.apply ?? false,
    json: values.json ?? false,
    embedded: values.embedded ?? false,
    help: values.help ?? false,
    lang: values.lang === undefined ? terminalLang(environment) : langOf(values.lang),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        event: { type: 'string' },
        apply: { type: 'boolean' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
        embedded: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new RejectedRequest('the command line', [error instanceof Error ? error.message : String(error)]);
  }
}

/** Reads a JSON file. @throws RejectedRequest if it is not there or not JSON */
export function readEvent(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RejectedRequest(`the event file ${file}`, [error instanceof Error ? error.message : String(error)]);
  }
}
