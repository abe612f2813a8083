import type { Channel } from '../chat/channel.ts';
import type { Provider } from '../chat/inbound.ts';
import type { Ask } from '../model/ask.ts';
import { ConfigError, RejectedRequest } from '../model/errors.ts';
import { type ChatPolicy, readChatAsk } from '../plan/chat-ops.ask.ts';
import { type ChannelSecrets, readChatSecrets } from './chat-secrets.ts';
import { readChannels } from './chat-settings.ts';
import type { Log } from './log.ts';
import { type NotifyChannel, readNotifyChannel } from './notify-secrets.ts';
import { secretCache } from './secret-cache.ts';
import type { Enqueue } from './sqs.ts';
import type { Surroundings } from './world.ts';

/** What lives as long as chat-ops' process. */
export type ChatHouse = {
  readonly around: Surroundings;
  readonly ask: Ask<ChatPolicy>;
  readonly channels: readonly Channel[];
  readonly secretsOf: <P extends Provider>(provider: P) => Promise<ChannelSecrets<P>>;
  /** Where the reports of a channel go, by its name in an ask's `notify`. */
  readonly notifyChannel: (name: string) => Promise<NotifyChannel>;
  readonly enqueue: Enqueue;
  readonly log: Log;
};

/**
 * Reads the settings of chat-ops and starts fetching its channels' secrets (`chat/<provider>`).
 *
 * @param settings JSON: an ask with its policy under `chat` (`events/chat-ops.settings.json`)
 * @throws ConfigError naming every problem
 */
export function chatHouse(settings: string | undefined, around: Surroundings, enqueue: Enqueue, log: Log): ChatHouse {
  const ask = askOf(settings);
  const channels = readChannels(ask.policy.channels);
  const { fetchSecret, clock } = around;
  const ttl = around.settings.credentialsTtlSeconds;
  const read = (name: string, text: string): unknown => readChatSecrets(name.slice('chat/'.length) as Provider, text);
  const cached = secretCache(fetchSecret, read, clock, ttl);
  const secretsOf = <P extends Provider>(provider: P) => cached(`chat/${provider}`) as Promise<ChannelSecrets<P>>;
  const reports = secretCache(fetchSecret, readNotifyChannel, clock, ttl);
  const notifyChannel = (name: string) => reports(`notify/${name}`);
  // A failure is forgotten here and met again by the first request.
  for (const { provider } of channels) secretsOf(provider).catch(() => undefined);
  return { around, ask, channels, secretsOf, notifyChannel, enqueue, log };
}

function askOf(settings: string | undefined): Ask<ChatPolicy> {
  try {
    return readChatAsk(jsonOf(settings));
  } catch (error) {
    if (!(error instanceof RejectedRequest)) throw error;
    throw new ConfigError(
      error.problems.map(each => `CHAT_SETTINGS: ${each}`),
      'Mend the settings of chat-ops.',
    );
  }
}

function jsonOf(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(['CHAT_SETTINGS is not JSON'], 'events/chat-ops.settings.json shows its form.');
  }
}
