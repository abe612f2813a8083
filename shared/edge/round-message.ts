import { at, textAt } from '../chat/json.ts';
import type { Target } from '../model/ask.ts';
import { digest } from '../model/token.ts';

/** One part of a round as it is sent: the ask with the part's targets, and whose part it is. */
export type RoundMessage = {
  readonly round: {
    readonly id: string;
    /** What locks its places: the schedule's planned time, or the request's name where it has none. */
    readonly name: string;
    readonly part: string;
    /** How often it was handed over, and how often of late without anything done. */
    readonly handOvers: number;
    readonly stalled: number;
    readonly seenBefore: number;
  };
  readonly event: Readonly<Record<string, unknown>>;
};

/** One more hand-over than any run needs that makes progress at all: a part ends within two days, or it fails. */
const MOST_HAND_OVERS = 48;
const MOST_STALLED = 3;

/** The first message of a part. @param name of the round: its planned time, or what else is the same at a repetition */
export function firstOf(fn: string, name: string, event: unknown, targets: readonly Target[]): RoundMessage {
  const id = `${fn}#${name}#${digest(event).slice(0, 16)}`;
  const part = digest(targets).slice(0, 16);
  const round = { id, name, part, handOvers: 0, stalled: 0, seenBefore: 0 };
  return { round, event: { ...(event as object), targets } };
}

/** The message that goes on with a part, or undefined where it has gone round too often or done nothing for too long. */
export function nextOf({
  round,
  event,
}: RoundMessage):
  | ((rest: {
      readonly targets: readonly Target[];
      readonly seenBefore: number;
      readonly progress: boolean;
    }) => RoundMessage)
  | null {
  const handOvers = round.handOvers + 1;
  if (handOvers > MOST_HAND_OVERS || round.stalled >= MOST_STALLED) return null;
  return ({ targets, seenBefore, progress }) => ({
    round: { ...round, handOvers, stalled: progress ? 0 : round.stalled + 1, seenBefore },
    event: { ...event, targets },
  });
}

/** Each run of a part has a lock of its own: what goes on does so beside nobody, and a repetition of it finds it taken. */
export const lockOf = ({ round: { name, handOvers } }: RoundMessage): string =>
  handOvers === 0 ? name : `${name}+${handOvers}`;

/** @returns undefined for what is no message of a round */
export function readRound(message: unknown): RoundMessage | undefined {
  const isText = ['id', 'name', 'part'].every(key => textAt(message, 'round', key) !== '');
  const isCount = ['handOvers', 'stalled', 'seenBefore'].every(key => Number.isInteger(at(message, 'round', key)));
  const event = at(message, 'event');
  if (!isText || !isCount || typeof event !== 'object' || event === null) return undefined;
  return message as RoundMessage;
}
