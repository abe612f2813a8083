import { ConfigError, RejectedRequest } from '../shared/model/errors.ts';
import { healthOf } from '../shared/report/health.ts';
import { reportJson } from '../shared/report/json.ts';
import { reportText } from '../shared/report/text.ts';
import { autoRenewHere, withMode } from './cli/auto-renew.ts';
import { callCommand } from './cli/call.ts';
import { type Options, readEvent, readOptions, USAGE } from './cli/options.ts';
import { quietSdk, textOptions } from './cli/terminal.ts';
import { startEmbedded } from './embedded.ts';
import { sampleAsk } from './sample.ts';

const EXIT = { ok: 0, failed: 1, mistake: 2 } as const;
const DEFAULT_EVENT = 'events/auto-renew.schedule.json';

async function main(): Promise<number> {
  if (process.argv[2] === 'call') return callCommand(process.argv.slice(3), process.env);
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help || options.command === undefined) {
    process.stdout.write(USAGE);
    return options.help ? EXIT.ok : EXIT.mistake;
  }
  if (options.command !== 'auto-renew') {
    throw new RejectedRequest('the command line', [`there is no function "${options.command}" (auto-renew)`]);
  }
  return options.embedded ? embedded(options) : autoRenew(options, readEvent(options.eventFile ?? DEFAULT_EVENT));
}

async function embedded(options: Options): Promise<number> {
  const stack = await startEmbedded();
  try {
    return await autoRenew(options, options.eventFile ? readEvent(options.eventFile) : sampleAsk);
  } finally {
    await stack.close();
  }
}

async function autoRenew(options: Options, event: unknown): Promise<number> {
  const report = await autoRenewHere(withMode(event, options.apply), options, process.env);
  const shown = options.json
    ? JSON.stringify(reportJson(report), null, 2)
    : reportText(report, textOptions(options.lang));
  process.stdout.write(`${shown}\n`);
  return EXIT[healthOf(report)];
}

quietSdk();
try {
  process.exitCode = await main();
} catch (error) {
  // A person's mistake is told in full and without a stack; anything else is a bug and crashes with one.
  if (!(error instanceof RejectedRequest || error instanceof ConfigError)) throw error;
  const what = error instanceof RejectedRequest ? error.message.split(':')[0] : 'cannot start';
  const advice = error instanceof ConfigError ? `\n${error.advice}` : '\nSee npm run -s eip -- --help';
  process.stderr.write(`${what}:\n${error.problems.map(problem => `  - ${problem}`).join('\n')}${advice}\n`);
  process.exitCode = EXIT.mistake;
}
