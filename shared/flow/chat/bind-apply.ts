import { findBinding } from '../../ledger/bindings.ts';
import { changeProposal } from '../../ledger/proposals.ts';
import { type BindEnd, placeOf, samePlace } from '../../model/binding.ts';
import { RejectedRequest } from '../../model/errors.ts';
import { type BindProposal, bindHash, type Proposal } from '../../model/proposal.ts';
import { bindCard } from '../../report/bind-card.ts';
import { claim } from '../apply-plan.ts';
import { bindByWebhook } from '../bind/request.ts';
import { refused, show } from '../bind/resolve.ts';
import { type BindWorld, NAME } from '../bind/world.ts';
import { switchOf } from '../switch.ts';
import { bindWorldOf } from './bind.ts';
import { CHAT_OPS, type ChatRun, type Said, said } from './said.ts';

type Bound = Proposal & { readonly binding: BindProposal };
export const isBound = (proposal: Proposal | undefined): proposal is Bound => proposal?.binding !== undefined;

/**
 * Has an approved binding carried out by the machine that serves webhooks, once: the plan's hash is the request's id, so
 * that every delivery goes on with the same request.
 *
 * @returns null where it goes on, or is told by somebody else
 * @throws RejectedRequest where it may not be done; nothing is changed then
 */
export async function applyBinding(stored: Bound, run: ChatRun): Promise<Said | null> {
  const { hash } = stored.plan;
  if (stored.state !== 'APPLYING') await begin(stored, run);
  const end = await endOf(stored, run);
  if (end === null || !(await endedByUs(hash, run))) return null;
  return said(bindCard(stored, end, run.lang), { forAll: true, replaces: true });
}

async function begin({ plan, binding }: Bound, { world }: ChatRun): Promise<void> {
  const { hash } = plan;
  if (bindHash(plan, binding) !== hash)
    throw new RejectedRequest(`plan ${hash}`, ['what is stored is not what was approved: its hash differs']);
  for (const name of [CHAT_OPS, NAME]) {
    const { mode } = await switchOf(name, world);
    if (mode !== 'apply') throw new RejectedRequest(`plan ${hash}`, [`the switch of ${name} is on "${mode}"`]);
  }
  await changeProposal(world.ledger, hash, proposal => claim(hash, proposal, world));
}

/** How it ended; null while it goes on. */
async function endOf({ plan, binding, origin, approvals }: Bound, run: ChatRun): Promise<BindEnd | null> {
  const who = [origin.who, ...approvals.map(each => each.who)].join(' + ');
  const world: BindWorld = { ...bindWorldOf(run, plan.hash), who };
  const id = `plan-${plan.hash}`;
  if (!(await findBinding(world.ledger, id)) && (await hasMoved(binding, world))) return refused('moved-since');
  const request = await bindByWebhook({ id, sentAt: null, order: binding.order }, world);
  if (request === 'off') return refused('switched-off', { mode: request });
  if (request === 'other-body') throw new Error(`request ${id} asks for something else`);
  return request.end;
}

/** Whether the EIP is neither where the plan has seen it nor where it is to go: people decided on something else. */
async function hasMoved({ order, eip, from, goal }: BindProposal, world: BindWorld): Promise<boolean> {
  const { account, region } = order.request;
  const now = await show(world.clientOf(account), region, eip.id);
  if (now === 'gone') return true;
  return !samePlace(placeOf(now), from) && !samePlace(placeOf(now), goal);
}

/** Of several deliveries that see the end, one tells it. */
async function endedByUs(hash: string, { world }: ChatRun): Promise<boolean> {
  let ours = false;
  await changeProposal(world.ledger, hash, ({ state }) => {
    ours = state === 'APPLYING';
    return ours ? { state: 'APPLIED' } : {};
  });
  return ours;
}
