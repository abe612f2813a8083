import type { Command } from '../../chat/commands.ts';
import { helpCard } from '../../chat/help.ts';
import { simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { switchOf } from '../switch.ts';
import { bind } from './bind.ts';
import { decideByCommand } from './decide.ts';
import { expiring, idle, status } from './look.ts';
import { history, mode, plans } from './people.ts';
import { renew, scale } from './propose.ts';
import { CHAT_OPS, type ChatRun, type Said, said } from './said.ts';

/** Commands that look at the cloud: they do not where chat-ops is switched off. */
const LOOKING: ReadonlySet<Command['name']> = new Set([
  'status',
  'expiring',
  'idle',
  'renew',
  'scale',
  'bind',
  'unbind',
]);

/** Does what a command says. What would cost money or cannot be undone becomes a plan that waits, and nothing more. */
export async function carryOut(command: Command, run: ChatRun): Promise<Said> {
  if (LOOKING.has(command.name) && (await switchOf(CHAT_OPS, run.world)).mode === 'off') return switchedOff(run);
  switch (command.name) {
    case 'help':
      return said(helpCard(run.lang));
    case 'status':
      return status(command.pattern, run);
    case 'expiring':
      return expiring(command.days, run);
    case 'idle':
      return idle(run);
    case 'renew':
      return renew(command.eip, run);
    case 'scale':
      return scale(command.eip, command.toMbps, run);
    case 'bind':
      return bind(command.eip, command.target, run);
    case 'unbind':
      return bind(command.eip, null, run);
    case 'plans':
      return plans(run);
    case 'approve':
    case 'reject':
      return decideByCommand(command.name, command.hash, run);
    case 'mode':
      return mode(command.function, command.mode, run);
    case 'history':
      return history(command.eip, run);
  }
}

function switchedOff({ lang }: ChatRun): Said {
  const words = cardWords(lang);
  return said(simpleCard(lang, words.notDone, [words.off], { tone: 'warning' }));
}
