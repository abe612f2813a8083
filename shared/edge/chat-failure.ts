import type { SQSRecord } from 'aws-lambda';
import type { Provider } from '../chat/inbound.ts';
import { said } from '../flow/chat/said.ts';
import { simpleCard } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import type { Lang } from '../report/lang.ts';
import { shortHash } from '../report/plan-card.ts';
import { answer } from './chat-answer.ts';
import type { ChatHouse } from './chat-house.ts';
import type { ChatWork } from './chat-work.ts';

/** After so many tries the queue sets a message aside (`maxReceiveCount` of `ChatWork` in serverless.yml). */
export const MOST_RECEIVES = 3;

export const langOf = (provider: Provider, { channels }: Pick<ChatHouse, 'channels'>): Lang =>
  channels.find(each => each.provider === provider)?.lang ?? 'en';

/**
 * Tells who waits for an answer that none will come, on the last try; what was wrong is for the log alone. Of a report
 * nobody waits for an answer: it stays in the dead letters, and the log says so. Never throws.
 */
export async function tellFailure(work: ChatWork, record: SQSRecord, until: Date, house: ChatHouse): Promise<void> {
  if (Number(record.attributes.ApproximateReceiveCount) < MOST_RECEIVES) return;
  house.log.error('chat work is given up', { kind: work.kind });
  if (work.kind !== 'message' && work.kind !== 'apply') return;
  const to = work.kind === 'message' ? work.inbound : work;
  const lang = langOf(to.provider, house);
  const words = cardWords(lang);
  const line = work.kind === 'message' ? words.gaveUp : words.gaveUpApplying(shortHash(work.hash));
  try {
    await answer(said(simpleCard(lang, words.failed, [line], { tone: 'bad' })), to, house, until);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    house.log.error('nobody could be told of it', { name, why: message });
  }
}
