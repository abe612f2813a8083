import { DIALECTS } from '../chat/dialects.ts';
import type { Provider } from '../chat/inbound.ts';
import type { Posted, Posting, PostingFailure } from '../chat/outbound.ts';
import { WireError } from '../ctyun/wire.ts';
import type { Card } from '../model/card.ts';
import type { Where } from './chat-work.ts';
import type { Log } from './log.ts';
import { budgetFor, keepAgain, keepLine, over, takeKept, withKept } from './posting-budget.ts';
import type { Enqueue } from './sqs.ts';
import type { Surroundings } from './world.ts';

/** Where a card goes. */
export type Address = {
  readonly provider: Provider;
  /** Whose budget the message counts in; in logs it stands for the URL, which is a secret. */
  readonly channel: string;
  readonly make: (card: Card, now: Date) => Posting;
  /** How the queue finds it again, for what had no budget. */
  readonly where: Where;
};

export type PostingWorld = Pick<Surroundings, 'wire' | 'clock' | 'ledger'> & {
  readonly deadline: Date;
  readonly log: Log;
  /** The queue of chat-ops. */
  readonly enqueue: Enqueue;
};

const TRIES = 3;
const TIMEOUT_MS = 8_000;
const MAX_BYTES = 64 * 1024;
/** A provider that wants more patience is tried by the next message. */
const MOST_WAIT_MS = 65_000;

/**
 * Posts a card, within the channel's budget and a bounded number of tries. What cannot be posted for want of a budget is
 * kept for the channel's next message, or is told by the queue in a minute. Never throws for what a chat does: the work
 * behind the message is done.
 *
 * @param line what is kept in the card's place
 * @returns false where the message was refused, or nobody answered
 */
export async function post(card: Card, address: Address, world: PostingWorld, line = card.title): Promise<boolean> {
  if (!(await budgetFor(address, world))) {
    await keepLine(address, line, world);
    return true;
  }
  const kept = await takeKept(address, world);
  if (await sent(withKept(card, kept), address, world)) return true;
  await keepAgain(over(address), kept, world);
  return false;
}

/** Sends a card that has its budget already, in a bounded number of tries. @returns whether it was taken */
export async function sent(card: Card, address: Address, world: PostingWorld): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const failure = await attempt(card, address, world);
    if (!failure) return true;
    const { code, next, waitSeconds } = failure;
    world.log.warn('chat message was not taken', { channel: address.channel, code, next, tries });
    const waitMs = waitSeconds * 1000;
    if (next !== 'later' || tries >= TRIES || !fits(waitMs, world)) return false;
    await world.clock.sleep(waitMs);
  }
}

const fits = (ms: number, { clock, deadline }: PostingWorld): boolean =>
  ms <= MOST_WAIT_MS && clock.now().getTime() + ms + TIMEOUT_MS < deadline.getTime();

async function attempt(
  card: Card,
  { provider, make }: Address,
  { wire, clock }: PostingWorld,
): Promise<PostingFailure | undefined> {
  const { url, headers, body } = make(card, clock.now());
  try {
    const request = {
      method: 'POST' as const,
      url,
      headers,
      body: Buffer.from(body),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    };
    const answer = await wire(request);
    const posted: Posted = { ...answer, body: Buffer.from(answer.body).toString() };
    return DIALECTS[provider].failure(posted);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { code: error.code, next: 'later', waitSeconds: 2 };
  }
}
