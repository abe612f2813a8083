import { DIALECTS } from '../chat/dialects.ts';
import { giveBack, type Kept, keepForDigest, takeDigest } from '../ledger/digest.ts';
import { LedgerError } from '../ledger/errors.ts';
import { takePosting } from '../ledger/posting-rate.ts';
import type { Card } from '../model/card.ts';
import { labelled, text } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import { beijingTime } from '../report/format.ts';
import { packed } from './chat-work.ts';
import type { Address, PostingWorld } from './posting.ts';

/** Left for the posting itself. */
const RESERVE_MS = 10_000;
/** After a minute the channel takes messages again; nothing need follow for a kept line to be told. */
export const FLUSH_SECONDS = 65;

/** The list of a channel's lines that had no budget. */
export const over = ({ channel }: Pick<Address, 'channel'>): string => `over#${channel}`;

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

/** A line in the place of a message that had no budget, and a message to the queue that has it told in a minute. */
export async function keepLine(address: Address, line: string, world: PostingWorld): Promise<void> {
  const { ledger, clock, log } = world;
  await unless(false, keepForDigest(ledger, over(address), { at: clock.now(), text: line }), world);
  try {
    await world.enqueue(packed({ kind: 'kept', where: address.where }), FLUSH_SECONDS);
  } catch (error) {
    // The line is kept all the same, and goes with the channel's next message.
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log.error('a kept chat line waits for the next message', { channel: address.channel, name, why: message });
  }
}

const NOTHING: Kept = { lines: [], left: 0 };

/** Takes what had no budget, so that it goes with this message. */
export const takeKept = (address: Address, world: PostingWorld): Promise<Kept> =>
  unless(
    NOTHING,
    takeDigest(world.ledger, over(address), world.clock.now(), () => true),
    world,
  );

/** What was taken and not told is kept again. */
export async function keepAgain(list: string, kept: Kept, world: PostingWorld): Promise<void> {
  if (kept.lines.length > 0) await unless(undefined, giveBack(world.ledger, list, kept, world.clock.now()), world);
}

/** The card with what had no budget before it. */
export const withKept = (card: Card, kept: Kept): Card =>
  kept.lines.length === 0
    ? card
    : { ...card, sections: [...card.sections, keptSection(kept, card.lang, cardWords(card.lang).meanwhile)] };

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
