import { isKept, type Kept, takeDigest } from '../ledger/digest.ts';
import type { Card } from '../model/card.ts';
import { simpleCard } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import type { Lang } from '../report/lang.ts';
import { addressesOf, channelOf, postingWorld, toWebhook } from './chat-answer.ts';
import type { ChatHouse } from './chat-house.ts';
import { type DigestWork, type KeptWork, packed, type Where } from './chat-work.ts';
import { type Address, type PostingWorld, sent } from './posting.ts';
import { budgetFor, FLUSH_SECONDS, keepAgain, keptSection, over } from './posting-budget.ts';

/** SQS delays a message by no more. */
export const MOST_DELAY_SECONDS = 900;
const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nine o'clock in Beijing, by the clock of UTC. */
const DIGEST_AT_MS = HOUR_MS;

/** When a line that is kept now is told: at the next nine o'clock in Beijing. */
export const digestDue = (at: Date): Date =>
  new Date((Math.floor((at.getTime() - DIGEST_AT_MS) / DAY_MS) + 1) * DAY_MS + DIGEST_AT_MS);

export const daily = (channel: string): string => `daily#${channel}`;

/** Tells the lines that had no budget, once; where there is none yet either, in another minute. */
export async function tellKept({ where }: KeptWork, until: Date, house: ChatHouse): Promise<void> {
  const { addresses, lang } = await placeOf(where, house);
  const [first] = addresses;
  if (!first) return house.log.error('kept chat lines have nowhere to go', { via: where.via });
  const list = { name: over(first), title: cardWords(lang).meanwhile, isDue: () => true };
  if (await tellList(list, lang, addresses, postingWorld(house, until)))
    await house.enqueue(packed({ kind: 'kept', where }), FLUSH_SECONDS);
}

/** Tells a channel's digest once it is due; until then its message is handed on, for a queue delays by minutes only. */
export async function tellDigest(work: DigestWork, until: Date, house: ChatHouse): Promise<void> {
  const now = house.around.clock.now();
  const wait = Math.ceil((work.due.getTime() - now.getTime()) / 1000);
  if (wait > 0) return house.enqueue(packed(work), Math.min(wait, MOST_DELAY_SECONDS));
  if (await tellDue(work.channel, until, house)) await house.enqueue(packed(work), FLUSH_SECONDS);
}

/** Tells a channel's digest if any of it is due. @returns whether it has to wait for a budget */
export async function tellDue(name: string, until: Date, house: ChatHouse): Promise<boolean> {
  const { addresses, lang } = await placeOf({ via: 'notify', name }, house);
  const now = house.around.clock.now();
  const list = { name: daily(name), title: cardWords(lang).digest, isDue: (at: Date) => digestDue(at) <= now };
  return tellList(list, lang, addresses, postingWorld(house, until));
}

type List = { readonly name: string; readonly title: string; readonly isDue: (oldest: Date) => boolean };

/** @returns whether it has to wait for a budget. @throws where nobody took it: it is kept, and the message comes again */
async function tellList(list: List, lang: Lang, addresses: readonly Address[], world: PostingWorld): Promise<boolean> {
  const [first] = addresses;
  if (!first || !(await isKept(world.ledger, list.name, list.isDue))) return false;
  if (!(await budgetFor(first, world))) return true;
  const kept = await takeDigest(world.ledger, list.name, world.clock.now(), list.isDue);
  if (kept.lines.length === 0) return false;
  const card = cardOf(list.title, kept, lang);
  for (const address of addresses) if (await sent(card, address, world)) return false;
  await keepAgain(list.name, kept, world);
  throw new Error(`the lines kept for ${first.channel} were not taken`);
}

const cardOf = (title: string, kept: Kept, lang: Lang): Card => ({
  ...simpleCard(lang, title, []),
  sections: [keptSection(kept, lang, null)],
  id: 'digest',
});

/** The addresses of a place, and its language. @throws ConfigError for a secret that a person must mend */
async function placeOf(where: Where, house: ChatHouse): Promise<{ addresses: readonly Address[]; lang: Lang }> {
  if (where.via === 'notify') {
    const { address, lang } = await notifyAddress(where.name, house);
    return { addresses: [address], lang };
  }
  const lang = house.channels.find(({ provider }) => provider === where.provider)?.lang ?? 'en';
  return { addresses: await addressesOf(where, house, { forAll: true, replaces: false }), lang };
}

/** Where the reports of a channel go. @throws ConfigError */
export async function notifyAddress(name: string, house: ChatHouse): Promise<{ address: Address; lang: Lang }> {
  const { provider, webhook, lang } = await house.notifyChannel(name);
  const channel = channelOf(provider, webhook);
  return { address: { provider, channel, make: toWebhook(provider, webhook), where: { via: 'notify', name } }, lang };
}
