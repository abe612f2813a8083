import { dingtalkCardAck } from '../chat/dingtalk/outbound.ts';
import { feishuAck } from '../chat/feishu/outbound.ts';
import type { InboundDecision, Reply } from '../chat/inbound.ts';
import { slackAck } from '../chat/slack/outbound.ts';
import { wecomAck } from '../chat/wecom/outbound.ts';
import { buttonsWith } from '../flow/chat/buttons.ts';
import { findButton } from '../ledger/buttons.ts';
import { LedgerError } from '../ledger/errors.ts';
import { findProposal } from '../ledger/proposals.ts';
import type { Card } from '../model/card.ts';
import { text } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import { planCard } from '../report/plan-card.ts';
import { langOf } from './chat-failure.ts';
import type { ChatHouse } from './chat-house.ts';

/**
 * The first answer to a click, as far as a provider lets it change the card: it says whose word is being checked. What
 * the word counts for is worked out from the queue, and follows.
 *
 * @param said what is shown to who clicked, where there is a place for it
 * @param passed whether the word goes to the queue at all
 */
export async function decisionAck(
  inbound: InboundDecision,
  said: string,
  passed: boolean,
  house: ChatHouse,
): Promise<Reply> {
  switch (inbound.provider) {
    case 'feishu':
      return feishuAck(said, passed ? await beingChecked(inbound, house) : null);
    case 'dingtalk':
      return dingtalkCardAck(said);
    case 'slack':
      // The response_url replaces the card in a moment.
      return slackAck(null);
    case 'wecom':
      return wecomAck();
  }
}

/** The card as it is, its buttons too, for the word may not count; null where it has been decided, or cannot be read. */
async function beingChecked({ decision, provider, actor }: InboundDecision, house: ChatHouse): Promise<Card | null> {
  const { ledger } = house.around;
  const lang = langOf(provider, house);
  try {
    const button = await findButton(ledger, decision.token);
    if (button?.value.planHash !== decision.planHash) return null;
    const proposal = await findProposal(ledger, decision.planHash);
    if (proposal?.state !== 'PENDING') return null;
    const card = planCard(proposal, buttonsWith(decision.token, decision.planHash, lang), lang);
    const line = text(cardWords(lang).checking(actor.id, decision.decision));
    return { ...card, sections: [...card.sections, { heading: null, lines: [line] }] };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    house.log.warn('the card of a decision could not be shown', { provider, problem: error.message });
    return null;
  }
}
