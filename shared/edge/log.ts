import type { Ask } from '../model/ask.ts';

type Fields = Readonly<Record<string, unknown>>;
type Write = (message: string, fields?: Fields) => void;

/**
 * Where log lines go: structured on Lambda, plain on a terminal. Fields never hold credentials, and none has the name of
 * what every line has by itself (`message`, `level`, `timestamp`, `service`).
 */
export type Log = {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** The same log, with these fields in every line; a terminal, which shows one run, has no need of it. */
  readonly with?: (fields: Fields) => Log;
};

/** The log of one run or request: every line says whose it is. A field of the line itself counts more. */
export const logWith = (log: Log, fields: Fields): Log => log.with?.(fields) ?? log;

/** What the lines of a run carry: its id, and the slot, account and region where there is one. */
export function runFields(run: string, { slot, targets }: Pick<Ask<unknown>, 'slot' | 'targets'>): Fields {
  const accounts = [...new Set(targets.map(({ account }) => account))];
  const regions = [...new Set(targets.flatMap(target => target.regions))].filter(region => region !== '*');
  const isWhole = targets.some(target => target.regions.includes('*'));
  return {
    run,
    ...(slot === null ? {} : { slot }),
    ...(accounts.length === 1 ? { account: accounts[0] } : {}),
    ...(accounts.length === 1 && regions.length === 1 && !isWhole ? { region: regions[0] } : {}),
  };
}
