import {
  type Begun,
  type BindEnd,
  type Binding,
  type BindStep,
  type Place,
  placeOf,
  samePlace,
} from '../model/binding.ts';
import type { Eip } from '../model/eip.ts';
import type { Reason } from '../model/plan.ts';

/** What is to happen next with a request whose EIP is in hand. */
export type Move =
  | { readonly next: 'wait' }
  | { readonly next: 'send'; readonly deed: BindStep['deed']; readonly again: boolean }
  | { readonly next: 'turn-back'; readonly why: Reason }
  | { readonly next: 'end'; readonly end: BindEnd };

/** CTyun's documents spell the passing state in two ways; UPDATING is an order that runs. */
const PASSING: ReadonlySet<string> = new Set(['BANDING_OR_UNBANGDING', 'BANGDING_OR_UNBANDING', 'UPDATING']);
export const isPassing = ({ status }: Eip): boolean => PASSING.has(status);

/** An accepted call that shows no effect for so long has failed; the cloud's own tools look every five seconds. */
const EFFECT_MS = 30_000;
/** So long after a call without an answer it is looked, before the same is sent again. */
const LOST_MS = 2_000;
const SENDINGS = 3;
/** An EIP is not left unbound after one refusal. */
const RESTORES = 5;
const RESTORE_EVERY_MS = 5_000;
/** So long a passing state is believed to pass. */
const STUCK_MS = 15 * 60_000;

const reason = (code: string, facts: Reason['facts'] = {}): Reason => ({ code, facts });
const end = (outcome: BindEnd['outcome'], why: Reason, where: Place | null): Move => ({
  next: 'end',
  end: { outcome, reason: why, where },
});

export type InHand = Pick<Binding, 'steps' | 'back'> & { readonly begun: Begun };

/**
 * Decides on what was just seen, whatever has happened before: forward to the goal, back to where the EIP was, or an end.
 *
 * @param overtaken a later request for the same EIP has come: nothing more is begun
 */
export function nextMove(binding: InHand, eip: Eip | 'gone', overtaken: boolean, now: Date): Move {
  const { begun, steps, back } = binding;
  if (eip === 'gone') return end('failed', reason('gone'), null);
  if (isPassing(eip)) return passing(binding, eip, now);
  const here = placeOf(eip);
  if (overtaken) return end('overtaken', reason('overtaken'), here);
  if (samePlace(begun.goal, here)) return end(...arrived(binding), here);
  if (back !== null && samePlace(begun.before, here))
    return end('failed', { ...back, facts: { ...back.facts, restored: true } }, here);
  const deed = deedFor(binding, here);
  if (deed === null) return end('failed', reason('changed'), here);
  if (eip.status !== (deed === 'unbind' ? 'ACTIVE' : 'DOWN'))
    return end(steps.length === 0 ? 'refused' : 'failed', reason('state', { status: eip.status }), here);
  return stepOn(binding, deed, here, now);
}

function passing({ begun }: InHand, eip: Eip, now: Date): Move {
  if (now.getTime() - begun.at.getTime() < STUCK_MS) return { next: 'wait' };
  return { next: 'end', end: { outcome: 'unknown', reason: reason('stuck', { status: eip.status }) } };
}

function arrived({ begun, steps }: InHand): [BindEnd['outcome'], Reason] {
  if (steps.length === 0) return ['already', reason('already')];
  return begun.goal === null ? ['unbound', reason('unbound')] : ['bound', reason('bound')];
}

/** What brings the EIP nearer; null where somebody else has moved it. */
function deedFor({ begun, back, steps }: InHand, here: Place | null): BindStep['deed'] | null {
  if (here === null) return back === null ? 'bind' : 'restore';
  const untouched = back === null && !steps.some(({ deed }) => deed === 'bind');
  return untouched && samePlace(begun.from, here) ? 'unbind' : null;
}

/** The EIP still stands where it stood before the deed: begin it, repeat it, wait, or see that it has failed. */
function stepOn(binding: InHand, deed: BindStep['deed'], here: Place | null, now: Date): Move {
  const last = binding.steps.findLast(step => step.deed === deed);
  if (last === undefined) return { next: 'send', deed, again: false };
  const ageMs = now.getTime() - last.at.getTime();
  if (ageMs < patience(last)) return { next: 'wait' };
  const repeatable = last.result !== 'accepted' && last.result !== 'refused';
  if (repeatable && last.sendings < SENDINGS) return { next: 'send', deed, again: true };
  return failed(binding, last, here, ageMs);
}

const patience = ({ result }: BindStep): number =>
  result === 'accepted' ? EFFECT_MS : result === 'refused' ? 0 : LOST_MS;

function failed({ begun, steps }: InHand, { deed, result, note }: BindStep, here: Place | null, ageMs: number): Move {
  const code = { refused: 'refused', accepted: 'no-effect', 'not-sent': 'not-sent' }[String(result)] ?? 'answer-lost';
  const why = reason(code, { deed, message: note });
  if (deed === 'bind' && begun.before !== null) return { next: 'turn-back', why };
  if (deed !== 'restore') return end('failed', why, here);
  if (steps.filter(step => step.deed === 'restore').length >= RESTORES)
    return end('failed', reason('not-restored', { message: note }), here);
  return ageMs < RESTORE_EVERY_MS ? { next: 'wait' } : { next: 'send', deed, again: false };
}
