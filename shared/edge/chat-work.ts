import type { AnswerTo, InboundCommand, InboundDecision, Provider } from '../chat/inbound.ts';
import { decode, encode } from '../ledger/codec.ts';

/** What goes through the queue: an authentic message to be worked on, or an approved plan to be applied. */
export type ChatWork =
  | { readonly kind: 'message'; readonly inbound: InboundCommand | InboundDecision }
  | {
      readonly kind: 'apply';
      readonly hash: string;
      readonly provider: Provider;
      /** Who gave the last approval, by the provider's ids. */
      readonly who: string;
      readonly answer: AnswerTo;
    };

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
