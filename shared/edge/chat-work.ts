import type { AnswerTo, InboundCommand, InboundDecision, Provider } from '../chat/inbound.ts';
import { decode, encode } from '../ledger/codec.ts';
import type { Notify } from '../model/ask.ts';
import type { News } from '../report/news.ts';

/** Where something is told: the channel `notify/<name>` of the secrets store, or whoever wrote to us. */
export type Where =
  | { readonly via: 'notify'; readonly name: string }
  | { readonly via: 'answer'; readonly provider: Provider; readonly answer: AnswerTo };

/** An authentic message to be worked on. */
export type MessageWork = { readonly kind: 'message'; readonly inbound: InboundCommand | InboundDecision };

/** An approved plan to be applied. */
export type ApplyWork = {
  readonly kind: 'apply';
  readonly hash: string;
  readonly provider: Provider;
  /** Who gave the last approval, by the provider's ids. */
  readonly who: string;
  readonly answer: AnswerTo;
};

/** What a scheduled run has to say to one channel. `id`: the same where it is delivered again. */
export type ReportWork = {
  readonly kind: 'report';
  readonly id: string;
  readonly channel: string;
  readonly digest: Notify['digest'];
  readonly news: News;
};

/** Lines that had no budget are told now, if no message has taken them with it. */
export type KeptWork = { readonly kind: 'kept'; readonly where: Where };

/** A channel's digest is told when it is due. */
export type DigestWork = { readonly kind: 'digest'; readonly channel: string; readonly due: Date };

/** What goes through the queue of chat-ops. */
export type ChatWork = MessageWork | ApplyWork | ReportWork | KeptWork | DigestWork;

type Envelope = { readonly function: 'chat-ops'; readonly body: string };

/** As it is sent. Instants are marked, so that they come back as such. */
export const packed = (work: ChatWork): Envelope => ({ function: 'chat-ops', body: encode(work) });

/** @returns undefined for a message that is not chat-ops' */
export function unpacked(text: string): ChatWork | undefined {
  const envelope = JSON.parse(text) as Partial<Envelope> | null;
  return envelope?.function === 'chat-ops' && typeof envelope.body === 'string'
    ? decode<ChatWork>(envelope.body)
    : undefined;
}
