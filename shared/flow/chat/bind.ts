import type { BindTarget, EipRef } from '../../model/bind-request.ts';
import { type BindEnd, type BindOrder, placeOf } from '../../model/binding.ts';
import { makePlan } from '../../model/plan.ts';
import { type BindProposal, bindHash } from '../../model/proposal.ts';
import { needsPeople } from '../../plan/limits.ts';
import { labelled, simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { reasonText, wordsFor } from '../../report/words.ts';
import { planned } from '../bind/proceed.ts';
import { wishOf } from '../bind/wish.ts';
import type { BindWorld } from '../bind/world.ts';
import { type Found, findEip } from './look.ts';
import { storedAndShown } from './propose.ts';
import { CHAT_OPS, type ChatRun, type Said, said } from './said.ts';

/** How long the run that binds waits for the cloud before it leaves the rest to the next one. */
const WAIT_SECONDS = 20;

/** Plans a binding, or with no target an unbinding. Nothing is sent: the plan waits for people. */
export async function bind(ref: EipRef, target: BindTarget | null, run: ChatRun): Promise<Said> {
  const found = await findEip(ref, run);
  if ('answer' in found) return found.answer;
  const order = orderOf(found, target);
  const world = bindWorldOf(run, '');
  const wish = await wishOf({ order }, world);
  const end = 'outcome' in wish ? wish : await planned({ order }, wish, world);
  if (end.outcome !== 'planned' || 'outcome' in wish) return nothing(found, end, run);
  return waiting({ order, eip: wish.eip, from: placeOf(wish.eip), goal: wish.goal }, found, run);
}

/** An EIP that is bound is moved only from where the plan has seen it; one that is free is taken from nowhere. */
function orderOf({ facts: { account, region }, eip }: Found, target: BindTarget | null): BindOrder {
  const common = { account, region, eip: { by: 'id', value: eip.id }, waitSeconds: WAIT_SECONDS } as const;
  if (target === null) return { kind: 'unbind', request: common };
  return { kind: 'bind', request: { ...common, target, onConflict: eip.bound ? 'move' : 'refuse' } };
}

/** @param hash of the plan that is applied; what the machine of bindings leaves undone is gone on with under it */
export const bindWorldOf = ({ world, ask, goOn }: ChatRun, hash: string): BindWorld => ({
  ...world,
  targets: ask.policy.bindTargets,
  enqueue: (_message, delaySeconds) => goOn(hash, delaySeconds),
});

function nothing({ eip }: Found, { outcome, reason }: BindEnd, { lang }: ChatRun): Said {
  const words = cardWords(lang);
  const title = outcome === 'already' ? words.nothingToDo : words.notDone;
  return said(simpleCard(lang, title, [labelled(eip.name || eip.id, reasonText(reason, wordsFor(lang)))]));
}

function waiting(binding: BindProposal, found: Found, run: ChatRun): Promise<Said> {
  const { world, ask } = run;
  const plan = makePlan(CHAT_OPS, world.clock.now(), [], [needsPeople(ask.approval.approvers)]);
  return storedAndShown({ ...plan, hash: bindHash(plan, binding) }, found, run, binding);
}
