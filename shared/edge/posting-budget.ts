import { DIALECTS } from '../chat/dialects.ts';
import { keepForDigest, takeDigest } from '../ledger/digest.ts';
import { LedgerError } from '../ledger/errors.ts';
import { takePosting } from '../ledger/posting-rate.ts';
import type { Card } from '../model/card.ts';
import { labelled, text } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import { beijingTime } from '../report/format.ts';
import type { Address, PostingWorld } from './posting.ts';

/** Left for the posting itself. */
const RESERVE_MS = 10_000;

const over = ({ channel }: Address): string => `over#${channel}`;

/** One of the channel's messages, after waiting where there is time for it; false: the budget is used up. */
export async function budgetFor(address: Address, world: PostingWorld): Promise<boolean> {
  const { ledger, clock, deadline } = world;
  const most = DIALECTS[address.provider].perMinute;
  const take = () => unless(0, takePosting(ledger, address.channel, most, clock.now()), world);
  const waitMs = await take();
  if (waitMs === 0) return true;
  if (clock.now().getTime() + waitMs + RESERVE_MS > deadline.getTime()) return false;
  await clock.sleep(waitMs);
  return (await take()) === 0;
}

/** A line in the place of a message that had no budget. */
export const keepLine = (address: Address, line: string, world: PostingWorld): Promise<void> =>
  unless(undefined, keepForDigest(world.ledger, over(address), { at: world.clock.now(), text: line }), world);

/** The card with what had no budget before it. */
export async function withKept(card: Card, address: Address, world: PostingWorld): Promise<Card> {
  const kept = await unless(
    null,
    takeDigest(world.ledger, over(address), world.clock.now(), () => true),
    world,
  );
  if (!kept || kept.lines.length === 0) return card;
  return { ...card, sections: [...card.sections, keptSection(kept, card.lang, cardWords(card.lang).meanwhile)] };
}

type Kept = Awaited<ReturnType<typeof takeDigest>>;

/** Kept lines, each with its time, and how many were only counted. */
export function keptSection({ lines, left }: Kept, lang: Card['lang'], heading: string | null) {
  const told = lines.map(({ at, text: line }) => labelled(beijingTime(at.toISOString()), line));
  return { heading, lines: [...told, ...(left > 0 ? [text(cardWords(lang).more(left))] : [])] };
}

/** Counting is a courtesy to the channel: where the ledger fails the message goes out all the same. */
async function unless<T>(instead: T, asking: Promise<T>, { log }: PostingWorld): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    log.warn('chat messages could not be counted', { problem: error.message });
    return instead;
  }
}
