import type { ButtonDecision } from './decision.ts';

export type Provider = 'slack' | 'feishu' | 'dingtalk' | 'wecom';

/** An HTTP answer, exactly as it has to go out. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Who acts, by the provider's own ids and never by a name. `id` is what role lists hold: `slack:T1/U2`. */
export type Actor = {
  readonly provider: Provider;
  readonly tenant: string;
  readonly user: string;
  readonly id: string;
};

/** Where the answer may go. */
export type AnswerTo =
  /** Post there, at most `uses` times. */
  | { readonly via: 'url'; readonly url: string; readonly until: Date; readonly uses: number }
  /** Update the card that was clicked, through the provider's API, at most `uses` times. */
  | { readonly via: 'card-token'; readonly token: string; readonly until: Date; readonly uses: number }
  /** Reply in a chat through the provider's API. */
  | { readonly via: 'chat'; readonly chat: string; readonly message: string }
  /** The channel's own configured webhook, and nowhere else. */
  | { readonly via: 'channel' };

/** What a request may do by the strength of its signature, whoever sent it. */
export type Capabilities = { readonly mayOperate: boolean; readonly mayApprove: boolean };

export const FULL: Capabilities = { mayOperate: true, mayApprove: true };
/** A signature that does not cover the body proves nothing about what is asked or by whom. */
export const READ_ONLY: Capabilities = { mayOperate: false, mayApprove: false };

/** What every authentic request tells. */
export type Envelope = {
  readonly provider: Provider;
  readonly actor: Actor;
  readonly tenant: string;
  /** The provider's id of our app or bot; empty where it does not say. */
  readonly app: string;
  /** The provider's id of the chat; empty where it does not say. */
  readonly channel: string;
  /** To be stored by a conditional write before anything is done. A write that fails is a refusal. */
  readonly dedupe: { readonly key: string; readonly ttlSeconds: number };
  readonly answer: AnswerTo;
  readonly capabilities: Capabilities;
  readonly sentAt: Date;
  /** The first HTTP answer must be out by then, in milliseconds. */
  readonly ackWithinMs: number;
};

export type InboundCommand = Envelope & { readonly kind: 'command'; readonly text: string };
export type InboundDecision = Envelope & { readonly kind: 'decision'; readonly decision: ButtonDecision };

/** An authentic request. `handshake` and `nothing` are answered at once and reach neither store nor queue. */
export type Inbound =
  | { readonly kind: 'handshake'; readonly reply: Reply }
  | { readonly kind: 'nothing'; readonly reply: Reply }
  | InboundCommand
  | InboundDecision;
