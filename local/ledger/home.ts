import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../../shared/model/errors.ts';

const PATIENCE_MS = 30_000;
/** A keeper that does not get its folder ends at once; another is tried after this. */
const NEXT_KEEPER_MS = 3_000;

/** Where what the terminal remembers is kept: `AUTOPILOT_HOME`, or `.autopilot` in the current folder. */
export const homeFolder = ({ AUTOPILOT_HOME }: Readonly<Record<string, string | undefined>>): string =>
  resolve(AUTOPILOT_HOME?.trim() || '.autopilot');

/**
 * The ledger of a folder. Processes that use one folder at once share one keeper, which the first of them starts and
 * which outlives none of them by more than seconds.
 *
 * @returns its URL; valid while this process lives
 * @throws ConfigError if the folder cannot be used
 */
export async function ledgerAt(folder: string): Promise<string> {
  makeFolder(folder);
  const until = Date.now() + PATIENCE_MS;
  let nextKeeper = 0;
  while (Date.now() < until) {
    const url = await reachable(join(folder, 'ledger.url'));
    if (url) return url;
    if (Date.now() >= nextKeeper) {
      startKeeper(folder);
      nextKeeper = Date.now() + NEXT_KEEPER_MS;
    }
    await pause(50);
  }
  const log = join(folder, 'ledger.log');
  throw new ConfigError([`the ledger in ${folder} does not open; ${log} says why`], 'Mend it, or set AUTOPILOT_HOME.');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`the folder ${folder} cannot be made: ${why}`], 'Set AUTOPILOT_HOME to one that can.');
  }
}

function startKeeper(folder: string): void {
  const log = openSync(join(folder, 'ledger.log'), 'a', 0o600);
  const program = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, folder], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  child.unref();
}

/** The keeper's URL, if it answers. The connection is kept open, for the keeper stays as long as one is. */
async function reachable(file: string): Promise<string | undefined> {
  const url = addressIn(file);
  if (!url || !(await isLedger(url))) return undefined;
  const socket = connect({ host: url.hostname, port: Number(url.port) });
  const open = await new Promise<boolean>(answer => {
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
  if (open) hold(socket);
  return open ? url.origin : undefined;
}

/** After a crash of the machine another program may listen there. */
async function isLedger(url: URL): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    response => response.text(),
    () => '',
  );
  return answer.startsWith('healthy: dynamodb');
}

function hold(socket: Socket): void {
  socket.unref();
  // A keeper that ends early is met by the next call, which says so.
  socket.on('error', () => undefined);
}

function addressIn(file: string): URL | undefined {
  try {
    return new URL(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Not there yet, or just being replaced: the caller asks again.
  }
}
