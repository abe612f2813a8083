import { CtyunError, outcomeUnknown } from '../ctyun/errors.ts';
import { ConfigError } from '../model/errors.ts';
import { clientTokenOf, type Intent } from '../model/intent.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { deedOf } from './deed.ts';
import { forbiddenNow } from './forbidden-now.ts';
import { lookAgain, whatMoved } from './look-again.ts';
import { problemOf, unseen, whyOf } from './problem.ts';
import { advance, finish, leave, ORDER_MS } from './progress.ts';
import { isGuarded, mayResendNow, SENDINGS_PER_RUN } from './resend.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

/** What came of sending an order once. */
type Answer =
  | { readonly orderId: string }
  | { readonly running: string | undefined }
  | { readonly lost: string }
  | { readonly refused: Outcome };

/**
 * Sends the order and waits for it. The intent is SENT before the call, ORDERED or UNKNOWN after it. After a lost answer
 * it looks, and repeats only the same token and body.
 *
 * @param settleMs how long the order is waited for
 */
export async function order(intent: Intent, settleMs: number, world: World): Promise<Outcome> {
  let at = intent;
  for (let sending = 1; ; sending++) {
    const wasSent = at.sendings > 0;
    const now = world.clock.now();
    at = await advance(at, 'SENT', { sendings: at.sendings + 1, firstSentAt: at.firstSentAt ?? now }, world);
    const no = await forbiddenNow(at, world);
    if (no) return wasSent ? unsentAgain(at, no, world) : finish(at, 'SKIPPED', no, world);
    const answer = await send(at, world);
    if ('orderId' in answer) return settle(await ordered(at, answer.orderId, world), after(settleMs, world), world);
    if ('running' in answer) return running(at, answer.running, wasSent, settleMs, world);
    if ('refused' in answer && !wasSent)
      return finish(at, answer.refused.state === 'skipped' ? 'SKIPPED' : 'FAILED', answer.refused, world);
    const code = 'lost' in answer ? answer.lost : String(answer.refused.reason.facts.code ?? 'REFUSED');
    at = await advance(at, 'UNKNOWN', {}, world, code);
    const seen = await lookOnce(at, world);
    if (seen === 'happened') return settle(at, world.clock.now(), world);
    if (sending >= SENDINGS_PER_RUN || 'refused' in answer || seen === 'moved' || !mayResendNow(at, world.clock.now()))
      return settle(at, after('refused' in answer || !isGuarded(at) ? settleMs : 0, world), world);
    await world.clock.sleep(1000 * sending);
    // The order may have ended in the pause; then no running order refuses a second one.
    if ((await lookOnce(at, world)) !== 'unmoved') return settle(at, world.clock.now(), world);
  }
}

const after = (ms: number, { clock }: World): Date => new Date(clock.now().getTime() + ms);
const ordered = (intent: Intent, orderId: string, world: World) => advance(intent, 'ORDERED', { orderId }, world);

/** Another order runs on the EIP. After a lost answer it may well be the one that we sent. */
async function running(at: Intent, orderId: string | undefined, wasSent: boolean, settleMs: number, world: World) {
  if (orderId && wasSent) return settle(await ordered(at, orderId, world), after(settleMs, world), world);
  const blocked = { ...outcome('skipped', 'other-order', { orderId: orderId ?? null }), orderId: orderId ?? null };
  if (wasSent) return leave(await advance(at, 'UNKNOWN', {}, world, 'other-order'), blocked, world);
  return leave(await advance(at, 'BLOCKED', { orderId: orderId ?? null }, world), blocked, world);
}

/** After a lost answer nobody knows whether the order acts; what forbids it now forbids only to send it again. */
async function unsentAgain(at: Intent, no: Outcome, world: World): Promise<Outcome> {
  return settle(await advance(at, 'UNKNOWN', {}, world, no.reason.code), world.clock.now(), world);
}

/** `moved`: something else has changed, so the order must not be repeated now. */
export async function lookOnce(intent: Intent, world: World): Promise<'happened' | 'moved' | 'unmoved'> {
  const { action } = intent;
  try {
    const eip = await lookAgain(action, world);
    if (deedOf(action, world).isDone(eip)) return 'happened';
    return eip === 'gone' || whatMoved(action, eip, world).length > 0 ? 'moved' : 'unmoved';
  } catch (error) {
    // What cannot be seen is no reason to send again.
    return unseen(error, 'moved');
  }
}

async function send(intent: Intent, world: World): Promise<Answer> {
  const { action } = intent;
  try {
    const client = world.clientOf(action.account);
    return { orderId: await deedOf(action, world).order(client, clientTokenOf(intent), after(ORDER_MS, world)) };
  } catch (error) {
    if (!(error instanceof CtyunError)) return { refused: refusal(error) };
    if (error.kind === 'in-progress') return { running: error.details.orderId };
    return outcomeUnknown(error.kind) ? { lost: error.code } : { refused: refusal(error) };
  }
}

/** Nothing was ordered. Anything but a known kind of error is a bug, and is thrown again. */
export function refusal(error: unknown): Outcome {
  if (error instanceof ConfigError) return outcome('failed', 'credentials', { code: whyOf(error) });
  if (!(error instanceof CtyunError)) throw error;
  if (error.kind === 'not-found') return outcome('skipped', 'gone');
  if (error.kind === 'credentials') return outcome('failed', 'credentials', { code: error.code });
  if (error.kind === 'refused' || problemOf(error).mistake) {
    return outcome('failed', 'refused', { code: error.code, message: error.details.message });
  }
  return outcome('failed', 'not-sent', { code: error.code });
}
