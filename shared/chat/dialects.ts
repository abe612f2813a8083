import type { Card } from '../model/card.ts';
import { dingtalkAck, dingtalkFailure, dingtalkPosting } from './dingtalk/outbound.ts';
import { feishuAck, feishuFailure, feishuPosting } from './feishu/outbound.ts';
import type { Provider, Reply } from './inbound.ts';
import type { Posted, Posting, PostingFailure, Webhook } from './outbound.ts';
import { slackAck, slackFailure, slackPosting } from './slack/outbound.ts';
import { wecomAck, wecomFailure, wecomPosting } from './wecom/outbound.ts';

/** How one provider is spoken to. */
export type Dialect = {
  /** The first answer to an authentic request; the text is shown where the provider can show one. */
  readonly ack: (text: string | null) => Reply;
  readonly posting: (webhook: Webhook, card: Card, now: Date) => Posting;
  readonly failure: (posted: Posted) => PostingFailure | undefined;
  /** Messages that one webhook takes in a minute. */
  readonly perMinute: number;
};

export const DIALECTS: Readonly<Record<Provider, Dialect>> = {
  slack: { ack: slackAck, posting: slackPosting, failure: slackFailure, perMinute: 20 },
  feishu: { ack: text => feishuAck(text), posting: feishuPosting, failure: feishuFailure, perMinute: 20 },
  dingtalk: { ack: dingtalkAck, posting: dingtalkPosting, failure: dingtalkFailure, perMinute: 20 },
  wecom: { ack: wecomAck, posting: wecomPosting, failure: wecomFailure, perMinute: 20 },
};
