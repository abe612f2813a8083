import { createHash, randomUUID } from 'node:crypto';

export type QueueSettings = {
  readonly name: string;
  readonly visibilitySeconds: number;
  /** After so many receptions without deletion a message goes to the queue of this name; null: never. */
  readonly deadLetter: { readonly queue: string; readonly maxReceives: number } | null;
};

export type StoredMessage = {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly sentAt: number;
  receives: number;
  firstReceivedAt: number | null;
  /** Milliseconds since 1970; from then on it can be received. */
  visibleAt: number;
  /** Of the last reception: an older one deletes nothing. */
  receipt: string | null;
};

/** A standard queue in memory: at least once, in no promised order. Time is given, so that tests need not wait. */
export class Queue {
  readonly settings: QueueSettings;
  private messages: StoredMessage[] = [];
  private readonly now: () => number;
  private readonly queueOf: (name: string) => Queue | undefined;

  constructor(settings: QueueSettings, now: () => number, queueOf: (name: string) => Queue | undefined) {
    this.settings = settings;
    this.now = now;
    this.queueOf = queueOf;
  }

  /** All that is here, received or not. */
  get all(): readonly StoredMessage[] {
    return this.messages;
  }

  send(body: string, delaySeconds = 0): StoredMessage {
    const md5 = createHash('md5').update(body).digest('hex');
    const sentAt = this.now();
    const visibleAt = sentAt + delaySeconds * 1000;
    const message = {
      id: randomUUID(),
      body,
      md5,
      sentAt,
      visibleAt,
      receives: 0,
      firstReceivedAt: null,
      receipt: null,
    };
    this.messages.push(message);
    return message;
  }

  receive(most: number, visibilitySeconds = this.settings.visibilitySeconds): StoredMessage[] {
    this.bury();
    const now = this.now();
    const taken = this.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    for (const message of taken) {
      message.receives += 1;
      message.firstReceivedAt ??= now;
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receipt = `${message.id}#${message.receives}`;
    }
    return taken;
  }

  /** False for a receipt that is none of this queue's, or no longer the last one. Deleting again is no error. */
  delete(receipt: string): boolean {
    const [id] = receipt.split('#');
    if (!receipt.includes('#')) return false;
    this.messages = this.messages.filter(message => message.id !== id || message.receipt !== receipt);
    return true;
  }

  /** Undefined for an unknown receipt; null for a message that is not being worked on. */
  changeVisibility(receipt: string, seconds: number): StoredMessage | null | undefined {
    const message = this.messages.find(each => each.receipt === receipt);
    if (message === undefined) return undefined;
    if (message.visibleAt <= this.now()) return null;
    message.visibleAt = this.now() + seconds * 1000;
    return message;
  }

  /** Moves what was received too often, as SQS does: when it would be received once more. */
  private bury(): void {
    const { deadLetter } = this.settings;
    const grave = deadLetter && this.queueOf(deadLetter.queue);
    if (!deadLetter || !grave) return;
    const dead = this.messages.filter(each => each.receives >= deadLetter.maxReceives && each.visibleAt <= this.now());
    this.messages = this.messages.filter(each => !dead.includes(each));
    grave.messages.push(...dead.map(each => ({ ...each, receipt: null })));
  }
}
