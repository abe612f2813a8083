import { decisionButtons } from '../flow/chat/buttons.ts';
import { type Claim, claimDelivery, endClaim } from '../ledger/deliveries.ts';
import { isKept, keepForDigest } from '../ledger/digest.ts';
import type { Card } from '../model/card.ts';
import type { Lang } from '../report/lang.ts';
import { isUrgent, type News } from '../report/news.ts';
import { reportCard, sums } from '../report/report-card.ts';
import { postingWorld } from './chat-answer.ts';
import type { ChatHouse } from './chat-house.ts';
import { daily, digestDue, MOST_DELAY_SECONDS, notifyAddress, tellDue } from './chat-kept.ts';
import { packed, type ReportWork } from './chat-work.ts';
import { post } from './posting.ts';

/** Longer than the queue and its dead letters keep a message. */
const REMEMBERED_MS = 20 * 86_400_000;

/**
 * Tells a channel what a scheduled run had to say: at once, or as a line of its digest. Delivered twice it is told once;
 * only where a process dies between the chat's answer and its note in the ledger, twice.
 *
 * @throws where it was not told: the message comes again, and in the end waits for a person
 */
export async function tellReport(work: ReportWork, until: Date, house: ChatHouse): Promise<void> {
  const { ledger, clock, newId } = house.around;
  const key = `report/${work.id}/${work.channel}`;
  const now = clock.now();
  const claim: Claim = { by: newId(), now, until, forgetAt: new Date(now.getTime() + REMEMBERED_MS) };
  const taken = await claimDelivery(ledger, key, claim);
  if (taken === 'done') return;
  if (taken === 'busy') throw new Error('another process is telling this report');
  try {
    await told(work, until, house);
  } catch (error) {
    await endClaim(ledger, key, claim, 'dropped');
    throw error;
  }
  await endClaim(ledger, key, claim, 'handed-on');
}

async function told({ channel, digest, news }: ReportWork, until: Date, house: ChatHouse): Promise<void> {
  const { address, lang } = await notifyAddress(channel, house);
  // Due lines first: also where the message that was to tell them is lost.
  if (digest === 'daily') await tellDue(channel, until, house);
  const line = `${news.function} · ${sums(news, lang)}`;
  if (digest === 'daily' && !isUrgent(news)) return keptFor(channel, line, house);
  const taken = await post(await cardOf(news, lang, house), address, postingWorld(house, until), line);
  if (!taken) throw new Error(`the report for ${channel} was not taken`);
}

/** The first line of a digest sets out the message that will tell it: before it is kept, for a process may die between. */
async function keptFor(
  channel: string,
  line: string,
  { around: { ledger, clock }, enqueue }: ChatHouse,
): Promise<void> {
  const at = clock.now();
  const setOut = () => enqueue(packed({ kind: 'digest', channel, due: digestDue(at) }), MOST_DELAY_SECONDS);
  const empty = !(await isKept(ledger, daily(channel), () => true));
  if (empty) await setOut();
  const first = await keepForDigest(ledger, daily(channel), { at, text: line });
  // Told by somebody else in between: there is no message out for this line.
  if (first && !empty) await setOut();
}

/** A plan that waits has its buttons with it. */
async function cardOf(news: News, lang: Lang, { around }: ChatHouse): Promise<Card> {
  const buttons = news.approval ? await decisionButtons(news.plan, around.ledger, around.newId, lang) : [];
  return reportCard(news, buttons, lang);
}
