import { randomUUID } from 'node:crypto';
import { readSettings } from '../../shared/config/settings.ts';
import { systemClock } from '../../shared/edge/system.ts';
import { type Surroundings, surroundings, worldOf } from '../../shared/edge/world.ts';
import { ALL_DEEDS } from '../../shared/flow/all-deeds.ts';
import type { World } from '../../shared/flow/world.ts';
import { dynamoLedger } from '../../shared/ledger/client.ts';
import { createTable, type Table } from '../../shared/ledger/table.ts';
import type { Clock } from '../../shared/model/clock.ts';
import { embeddedHere } from '../embedded.ts';
import { homeFolder, ledgerAt } from '../ledger/home.ts';
import { LEDGER_TABLE, ledgerClient } from '../ledger/server.ts';
import type { Options } from './options.ts';
import { terminalSecrets } from './secrets.ts';
import { terminalLog } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Without Lambda nothing ends a run but itself. */
const PATIENCE_MS = 15 * 60_000;

/** One command of a terminal: who gives it, and what it reaches. */
export type Session = {
  readonly who: string;
  readonly ledger: Table;
  readonly surroundings: () => Surroundings;
  readonly world: () => World;
  readonly close: () => Promise<void>;
};

/**
 * Opens what a command needs. Its memory is the table LEDGER_TABLE, or the folder AUTOPILOT_HOME without it; the embedded
 * cloud is always remembered in the folder.
 *
 * @throws ConfigError naming every wrong setting
 */
export async function openSession(
  { embedded, as }: Pick<Options, 'embedded' | 'as'>,
  environment: Environment,
): Promise<Session> {
  const folder = homeFolder(environment);
  const table = embedded ? undefined : readSettings(environment).ledgerTable;
  const ledger = table === undefined ? localLedger(await ledgerAt(folder)) : dynamoLedger(table, randomUUID);
  const close = embedded ? await embeddedHere(folder) : async () => undefined;
  return sessionOf(as, ledger, close);
}

export const localLedger = (url: string): Table => createTable(ledgerClient(url), LEDGER_TABLE, randomUUID);

/**
 * @param close what to end with the command
 * @param time whose time it is, if not this machine's
 */
export function sessionOf(
  who: string,
  ledger: Table,
  close: Session['close'],
  time: Pick<Clock, 'now'> = systemClock,
): Session {
  const clock: Clock = { now: () => time.now(), sleep: systemClock.sleep };
  const around = (): Surroundings =>
    surroundings(process.env, ({ secretPrefix }) => terminalSecrets(process.env, secretPrefix), { ledger, clock });
  return {
    who,
    ledger,
    surroundings: around,
    world: () => {
      const open = around();
      const deadline = new Date(open.clock.now().getTime() + PATIENCE_MS);
      const warn = (account: string, { result, ...tried }: { result: string }) => {
        if (result !== 'ok') terminalLog.warn('ctyun call failed', { account, ...tried, result });
      };
      return worldOf(open, { deadline, who, deeds: ALL_DEEDS }, () => undefined, warn);
    },
    close,
  };
}
