/**
 * The keeper of one ledger folder, started by `home.ts` when a process needs it: LevelDB lets one process open a folder,
 * so that process serves the others. It ends by itself soon after the last of them is gone.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLedger } from './server.ts';

const QUIET_MS = 2_000;
const FIRST_CALLER_MS = 20_000;

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
// Where another keeper has the folder open, this throws and the process ends: that one serves.
const { url, server, close } = await startLedger(join(folder, 'ledger'));
const address = join(folder, 'ledger.url');
publish();

let callers = 0;
let ending = setTimeout(end, FIRST_CALLER_MS);
server.on('connection', socket => {
  callers += 1;
  clearTimeout(ending);
  socket.once('close', () => {
    callers -= 1;
    if (callers === 0) ending = setTimeout(end, QUIET_MS);
  });
});

/** In one step, so that nobody reads half an address. */
function publish(): void {
  const draft = `${address}.${process.pid}`;
  writeFileSync(draft, url, { mode: 0o600 });
  renameSync(draft, address);
}

async function end(): Promise<void> {
  rmSync(address, { force: true });
  // Whoever read the address just before has called by then.
  await pause(300);
  if (callers > 0) return publish();
  await close();
  process.exit(0);
}
