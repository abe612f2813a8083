/**
 * `npm start`: the main jobs from beginning to end on this machine, with no account and no cloud. Renewals: a plan over a
 * limit waits for a second person, and what was approved is applied, exactly. Then a spike of traffic: a bandwidth is
 * raised, and comes back when the spike is over. Then idle addresses: one is kept, one is released.
 * `npm start -- --chat`: a renewal that is asked for, approved and told of in chats.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localLedger, sessionOf } from './cli/session.ts';
import { quietSdk, terminalLang } from './cli/terminal.ts';
import { startEmbedded } from './embedded.ts';
import { startLedger } from './ledger/server.ts';
import { chatTour } from './tour/chat.ts';
import { orphansScene } from './tour/orphans.ts';
import { renewalTour } from './tour/renewal.ts';
import { scalingTour } from './tour/scaling.ts';
import { say } from './tour/telling.ts';

const END = {
  'zh-CN': '以上全部运行在本机的模拟天翼云上，没有花一分钱。',
  en: 'All of this ran against a simulated CTyun on this machine; no money was spent.',
} as const;

quietSdk();
const lang = terminalLang(process.env);
process.exitCode = (await (process.argv.includes('--chat') ? chatTour(say, lang) : mainTour())) ? 0 : 1;

async function mainTour(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'eip-autopilot-'));
  const ledger = await startLedger(folder);
  const stack = await startEmbedded();
  try {
    const asker = lang === 'en' ? 'zhang-wei' : '张伟';
    const nothing = async () => undefined;
    // The product's clock is the simulator's: when the tour moves it, both see the same hour.
    const session = sessionOf(asker, localLedger(ledger.url), nothing, stack.simulator.clock);
    const wentWell =
      (await renewalTour(session, stack, lang)) &&
      (await scalingTour(session, stack, lang)) &&
      (await orphansScene(say, lang));
    process.stdout.write(`${END[lang]}\n`);
    return wentWell;
  } finally {
    await Promise.all([stack.close(), ledger.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
