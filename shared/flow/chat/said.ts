import type { Ask } from '../../model/ask.ts';
import type { Card } from '../../model/card.ts';
import type { ChatPolicy } from '../../plan/chat-ops.ask.ts';
import type { Lang } from '../../report/lang.ts';
import type { World } from '../world.ts';

/** The function under whose name and switch a chat's plans stand. */
export const CHAT_OPS = 'chat-ops';

/** Functions that have a switch. Names alone: their jobs would bring all their rules into chat-ops' bundle. */
export const SWITCHED: readonly string[] = [
  'auto-renew',
  'scale-bandwidth',
  'release-orphans',
  'bind-on-webhook',
  'settle-orders',
  CHAT_OPS,
];

/** What one message is worked on with. `world.who` is who sent it, by the provider's ids. */
export type ChatRun = {
  readonly world: World;
  readonly ask: Ask<ChatPolicy>;
  readonly lang: Lang;
  /** A fresh token that nobody can guess. */
  readonly newToken: () => string;
  /** Identifies the message: the same where it is delivered again. */
  readonly delivery: string;
  /** Has an approved plan gone on with in another run. @param delaySeconds 0 to 900 */
  readonly goOn: (hash: string, delaySeconds: number) => Promise<void>;
};

/** What is answered. */
export type Said = {
  readonly card: Card;
  /** For everybody in the chat, not only for who asked. */
  readonly forAll: boolean;
  /** Takes the place of the card whose button was clicked, where the provider can do that; else it follows. */
  readonly replaces: boolean;
  /** The hash of a plan that is now to be applied, in a run of its own. */
  readonly apply: string | null;
};

/** An answer to who asked. */
export const said = (card: Card, more: Partial<Said> = {}): Said => ({
  card,
  forAll: false,
  replaces: false,
  apply: null,
  ...more,
});
