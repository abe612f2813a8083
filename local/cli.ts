import { autoRenew, type Job, releaseOrphans, scaleBandwidth, settle } from '../shared/flow/jobs.ts';
import { LedgerError } from '../shared/ledger/errors.ts';
import { ConfigError, RejectedRequest } from '../shared/model/errors.ts';
import type { Report } from '../shared/model/report.ts';
import { healthOf } from '../shared/report/health.ts';
import { reportJson } from '../shared/report/json.ts';
import { reportText } from '../shared/report/text.ts';
import { callCommand } from './cli/call.ts';
import { asPersonAsks, runHere } from './cli/job.ts';
import { exactly, type Options, readEvent, readOptions, USAGE } from './cli/options.ts';
import * as people from './cli/people.ts';
import { openSession, type Session } from './cli/session.ts';
import { quietSdk, textOptions } from './cli/terminal.ts';
import { withZones } from './cli/zone-files.ts';
import { sampleAsk, sampleScaleAsk } from './sample.ts';

const EXIT = { ok: 0, failed: 1, mistake: 2 } as const;

type Command = (options: Options, session: Session) => Promise<number>;

const runs =
  <Policy>(job: Job<Policy>, embeddedAsk?: unknown): Command =>
  async (options, session) => {
    exactly(0, options, 'nothing');
    const { eventFile, embedded, apply, lang } = options;
    const sample = embedded && eventFile === undefined ? embeddedAsk : undefined;
    const event = withZones(sample ?? readEvent(eventFile ?? `events/${job.name}.schedule.json`));
    return printReport(await runHere(job, asPersonAsks(event, apply), session, lang), options);
  };

const says =
  (command: (options: Options, session: Session) => Promise<people.Said>): Command =>
  async (options, session) => {
    const { text, json } = await command(options, session);
    process.stdout.write(`${options.json ? JSON.stringify(json, null, 2) : text}\n`);
    return EXIT.ok;
  };

const COMMANDS: Readonly<Record<string, Command>> = {
  'auto-renew': runs(autoRenew, sampleAsk),
  'scale-bandwidth': runs(scaleBandwidth, sampleScaleAsk),
  'release-orphans': runs(releaseOrphans),
  'settle-orders': runs(settle),
  plans: says(people.plans),
  approve: says(people.approve),
  reject: says(people.reject),
  apply: async (options, session) => printReport(await people.apply(options, session), options),
  mode: says(people.mode),
  history: says(people.history),
  resolve: says(people.resolve),
};

/** What a report advises to type, where the plan is one of the embedded cloud: without the word it would mean CTyun's. */
const NEXT = /npm run -s eip -- (approve|apply) [0-9a-f]{64}/g;

function printReport(report: Report, { json, lang, embedded }: Options): number {
  const text = json ? JSON.stringify(reportJson(report), null, 2) : reportText(report, textOptions(lang));
  const shown = embedded ? text.replace(NEXT, '$& --embedded') : text;
  process.stdout.write(`${shown}\n`);
  return EXIT[healthOf(report)];
}

async function main(): Promise<number> {
  if (process.argv[2] === 'call') return callCommand(process.argv.slice(3), process.env);
  const options = readOptions(process.argv.slice(2), process.env, Object.keys(COMMANDS));
  const command = options.command === undefined ? undefined : COMMANDS[options.command];
  if (options.help || !command) {
    process.stdout.write(USAGE);
    return options.help ? EXIT.ok : EXIT.mistake;
  }
  const session = await openSession(options, process.env);
  try {
    return await command(options, session);
  } finally {
    await session.close();
  }
}

quietSdk();
try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = told(error);
}

/** A person's mistake is told in full and without a stack; anything else is a bug and crashes with one. */
function told(error: unknown): number {
  if (error instanceof LedgerError) {
    process.stderr.write(`${error.message}\nCheck LEDGER_TABLE, AWS_REGION and the permissions, then run again.\n`);
    return EXIT.failed;
  }
  if (!(error instanceof RejectedRequest || error instanceof ConfigError)) throw error;
  const what = error instanceof RejectedRequest ? error.message.split(':')[0] : 'cannot start';
  const advice = error instanceof ConfigError ? `\n${error.advice}` : '\nSee npm run -s eip -- --help';
  process.stderr.write(`${what}:\n${error.problems.map(problem => `  - ${problem}`).join('\n')}${advice}\n`);
  return EXIT.mistake;
}
