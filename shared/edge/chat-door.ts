import { randomBytes } from 'node:crypto';
import { rolesOf } from '../chat/access.ts';
import { authentic } from '../chat/authentic.ts';
import { DIALECTS } from '../chat/dialects.ts';
import type { Inbound, InboundCommand, InboundDecision, Provider, Reply } from '../chat/inbound.ts';
import { type Refusal, refusal } from '../chat/refusal.ts';
import { chatWords, denialText, problemText } from '../chat/words.ts';
import { dropDelivery, takeDelivery } from '../ledger/deliveries.ts';
import { LedgerError } from '../ledger/errors.ts';
import { ConfigError } from '../model/errors.ts';
import { decisionAck } from './chat-decision-ack.ts';
import { hear } from './chat-hear.ts';
import type { ChatHouse } from './chat-house.ts';
import { packed } from './chat-work.ts';
import { decodeHttpEvent, type HttpRequest } from './http-event.ts';

const PATH = /^\/chat\/(slack|feishu|dingtalk|wecom)$/;
const REFUSED: Readonly<Record<number, string>> = { 401: 'refused', 405: 'refused', 413: 'too large' };

const refused = ({ status }: Pick<Refusal, 'status'>): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: REFUSED[status] ?? 'not now',
});

/**
 * Answers a chat provider's request, within its limit: verifies, takes the delivery, authorises, hands the work on.
 * Handshakes touch neither store nor queue. Where the store or the queue fails the request is refused with 503.
 */
export async function answerChat(event: unknown, house: ChatHouse): Promise<Reply> {
  const request = decodeHttpEvent(event);
  if ('kind' in request) return noted(request, null, house);
  const provider = PATH.exec(request.path)?.[1] as Provider | undefined;
  try {
    const inbound = provider ? await judge(provider, request, house) : refusal('wrong-channel');
    if (inbound.kind === 'refused') return noted(inbound, provider ?? null, house);
    return inbound.kind === 'handshake' || inbound.kind === 'nothing' ? inbound.reply : await admit(inbound, house);
  } catch (error) {
    if (!(error instanceof LedgerError || error instanceof ConfigError)) throw error;
    house.log.error('chat request could not be taken', { provider, problem: error.message });
    return refused({ status: 503 });
  }
}

/** The code is for the log; the caller learns nothing that could be probed. */
function noted(refusal: Refusal, provider: Provider | null, { log }: ChatHouse): Reply {
  log.warn('chat request refused', { provider, code: refusal.code });
  return refused(refusal);
}

async function judge(provider: Provider, request: HttpRequest, house: ChatHouse): Promise<Inbound | Refusal> {
  const channel = house.channels.find(each => each.provider === provider);
  if (!channel) return refusal('wrong-channel');
  const { clock, newId } = house.around;
  const salt = { random: randomBytes(16), nonce: newId() };
  return authentic(provider, request, { channel, secrets: await house.secretsOf(provider), now: clock.now(), salt });
}

/** Takes the delivery and hands it on; a repetition is acknowledged and forgotten. */
async function admit(inbound: InboundCommand | InboundDecision, house: ChatHouse): Promise<Reply> {
  const { provider, dedupe } = inbound;
  const { ledger, clock } = house.around;
  const forgetAt = new Date(clock.now().getTime() + dedupe.ttlSeconds * 1000);
  if (!(await takeDelivery(ledger, dedupe.key, forgetAt))) return DIALECTS[provider].ack(null);
  const { answer, pass } = hearing(inbound, house);
  const firstAnswer = () => acknowledged(inbound, answer, pass, house);
  if (!pass && (showsAck(inbound) || isStranger(inbound, house))) return firstAnswer();
  try {
    await house.enqueue(packed({ kind: 'message', inbound }));
  } catch (error) {
    house.log.error('chat work could not be handed on', {
      provider,
      problem: error instanceof Error ? error.name : '',
    });
    await dropDelivery(ledger, dedupe.key, forgetAt);
    return refused({ status: 503 });
  }
  return firstAnswer();
}

async function acknowledged(
  inbound: InboundCommand | InboundDecision,
  answer: string,
  pass: boolean,
  house: ChatHouse,
): Promise<Reply> {
  if (inbound.kind === 'decision') return decisionAck(inbound, answer, pass, house);
  return DIALECTS[inbound.provider].ack(showsAck(inbound) ? answer : null);
}

/** Slack shows the answer to a slash command, Feishu a toast to who clicked; the others show nothing, or not to all. */
const showsAck = ({ provider, kind, answer }: InboundCommand | InboundDecision): boolean =>
  (provider === 'slack' && kind === 'command' && answer.via === 'url') ||
  (provider === 'feishu' && kind === 'decision');

/** Who is on no list gets no work done for him, not even an answer in the channel. */
const isStranger = ({ actor, provider }: InboundCommand | InboundDecision, { channels }: ChatHouse): boolean =>
  channels.every(channel => channel.provider !== provider || rolesOf(actor, channel.roles).size === 0);

function hearing(inbound: InboundCommand | InboundDecision, house: ChatHouse) {
  const lang = house.channels.find(({ provider }) => provider === inbound.provider)?.lang ?? 'en';
  const words = chatWords(lang);
  const heard = hear(inbound, house);
  if ('denied' in heard) return { pass: false, answer: denialText(heard.denied, words) };
  if ('problems' in heard)
    return { pass: false, answer: heard.problems.map(each => problemText(each, words)).join(' ') };
  return { pass: true, answer: words.received };
}
