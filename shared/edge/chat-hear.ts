import { type Denial, denial, roleFor } from '../chat/access.ts';
import { type Command, type CommandProblem, parseCommand } from '../chat/commands.ts';
import type { InboundCommand, InboundDecision } from '../chat/inbound.ts';
import { SWITCHED } from '../flow/chat/said.ts';
import type { ChatHouse } from './chat-house.ts';

/** What a message asks for, if its sender may; asked at the door, and again where the work is done. */
export function hear(inbound: InboundCommand | InboundDecision, { channels }: ChatHouse): Heard {
  const { actor, capabilities, provider } = inbound;
  const roles = channels.find(each => each.provider === provider)?.roles ?? NOBODY;
  const denied = (needs: Denial['needs']) => denial(needs, actor, roles, capabilities);
  const stranger = denied('viewer');
  if (stranger) return { denied: stranger };
  if (inbound.kind === 'decision') {
    const no = denied('approver');
    return no ? { denied: no } : { decision: inbound.decision };
  }
  const parsed = parseCommand(inbound.text, SWITCHED);
  if (!parsed.ok) return { problems: parsed.problems };
  const no = denied(roleFor(parsed.command));
  return no ? { denied: no } : { command: parsed.command };
}

const NOBODY = { viewers: [], operators: [], approvers: [] };

export type Heard =
  | { readonly denied: Denial }
  | { readonly problems: readonly CommandProblem[] }
  | { readonly command: Command }
  | { readonly decision: InboundDecision['decision'] };
