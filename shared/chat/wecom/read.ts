import type { Channel } from '../channel.ts';
import { readButton } from '../decision.ts';
import { type AnswerTo, type Envelope, FULL, type Inbound } from '../inbound.ts';
import { utf8 } from '../json.ts';
import { refuse } from '../refusal.ts';
import { plainReply } from '../reply.ts';
import { actorOf, dedupeBy, inScope } from '../scope.ts';
import { flatXml } from './xml.ts';

/** WeCom tries three times more; a nonce is said to be unique within two hours. */
const TTL_SECONDS = 3 * 3600;
const ACK_WITHIN_MS = 5000;
/** A click's response code updates the card once, within 72 hours. */
const UPDATE = { uses: 1, livesMs: 72 * 3600_000 };

const NOTHING: Inbound = { kind: 'nothing', reply: plainReply('') };

type Field = (name: string) => string;

/** Reads the decrypted XML of an app's callback: a text message, or a click on a template card. */
export function readWecom(text: Buffer, receiver: string, channel: Channel, sentAt: Date): Inbound {
  const message = flatXml(utf8(text));
  const field: Field = name => message.get(name) ?? '';
  // The id inside must be the one that the text was sealed for.
  if (field('ToUserName') !== receiver) refuse('wrong-receiver');
  if (field('MsgType') === 'text') return readText(field, channel, sentAt);
  return field('Event') === 'template_card_event' ? readClick(field, channel, sentAt) : NOTHING;
}

function envelope(field: Field, id: readonly string[], answer: AnswerTo, channel: Channel, sentAt: Date): Envelope {
  const [tenant, app] = [field('ToUserName'), field('AgentID')];
  inScope({ ...channel, chats: [] }, { tenant, app, chat: '' });
  return {
    provider: 'wecom',
    actor: actorOf('wecom', tenant, app, field('FromUserName')),
    tenant,
    app,
    channel: '',
    dedupe: dedupeBy('wecom', TTL_SECONDS, ...id),
    answer,
    capabilities: FULL,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}

const readText = (field: Field, channel: Channel, sentAt: Date): Inbound => ({
  kind: 'command',
  text: field('Content'),
  ...envelope(field, [field('MsgId')], { via: 'channel' }, channel, sentAt),
});

function readClick(field: Field, channel: Channel, sentAt: Date): Inbound {
  const decision = readButton(field('EventKey'));
  if (decision === undefined) return NOTHING;
  const until = new Date(sentAt.getTime() + UPDATE.livesMs);
  const token = field('ResponseCode');
  const answer: AnswerTo = token === '' ? { via: 'channel' } : { via: 'card-token', token, until, uses: UPDATE.uses };
  // Not the task alone: two approvers click on the same card.
  const id = [field('TaskId'), field('FromUserName'), field('CreateTime')];
  return { kind: 'decision', decision, ...envelope(field, id, answer, channel, sentAt) };
}
