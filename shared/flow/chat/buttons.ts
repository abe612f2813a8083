import { KEYWORDS } from '../../chat/commands-keywords.ts';
import { buttonValue } from '../../chat/decision.ts';
import { chatWords } from '../../chat/words.ts';
import { issueButton } from '../../ledger/buttons.ts';
import type { Table } from '../../ledger/table.ts';
import type { CardButton } from '../../model/card.ts';
import type { Plan } from '../../model/plan.ts';
import type { Lang } from '../../report/lang.ts';
import { shortHash } from '../../report/plan-card.ts';

/**
 * Yes and no to one plan, with one single-use token for both: after either, the card is answered by another one.
 *
 * @param newToken that nobody can guess
 */
export async function decisionButtons(
  { hash: planHash, expiresAt }: Pick<Plan, 'hash' | 'expiresAt'>,
  ledger: Table,
  newToken: () => string,
  lang: Lang,
): Promise<CardButton[]> {
  const token = newToken();
  await issueButton(ledger, token, planHash, expiresAt);
  return buttonsWith(token, planHash, lang);
}

/** The buttons of a token that was issued. */
export function buttonsWith(token: string, planHash: string, lang: Lang): CardButton[] {
  const words = chatWords(lang);
  const button = (decision: 'approve' | 'reject', style: CardButton['style']): CardButton => ({
    label: words[decision],
    style,
    value: buttonValue({ decision, planHash, token }),
    command: `${KEYWORDS[decision][lang === 'en' ? 0 : 1]} ${shortHash(planHash)}`,
  });
  return [button('approve', 'primary'), button('reject', 'danger')];
}
