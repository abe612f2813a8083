import type { Channel } from './channel.ts';
import type { Actor } from './inbound.ts';
import { refuse } from './refusal.ts';

type Place = { readonly tenant: string; readonly app: string; readonly chat: string };

/** The tenant is always compared; app and chat where the settings list any. */
export function inScope({ tenants, apps, chats }: Channel, { tenant, app, chat }: Place): void {
  if (tenant === '' || !tenants.includes(tenant)) refuse('wrong-tenant');
  if (apps.length > 0 && !apps.includes(app)) refuse('wrong-app');
  if (chats.length > 0 && !chats.includes(chat)) refuse('wrong-channel');
}

/** Ids have neither blanks nor slashes, so that two pairs of them never read the same. */
const ID = /^[^\s/*\p{C}]{1,128}$/u;

export function actorOf(provider: Actor['provider'], tenant: string, ...user: readonly string[]): Actor {
  if (![tenant, ...user].every(part => ID.test(part))) refuse('actor-missing');
  return { provider, tenant, user: user.join('/'), id: `${provider}:${[tenant, ...user].join('/')}` };
}

/** An address to answer to: only of an origin that the settings allow, or a forged body could lead our answers away. */
export function answerUrl(url: string, { answerOrigins }: Channel): string {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return refuse('foreign-answer-url');
  return answerOrigins.includes(parsed.origin) ? parsed.href : refuse('foreign-answer-url');
}

/** A dedupe key. The id comes from the provider and must be there. */
export function dedupeBy(provider: string, ttlSeconds: number, ...id: readonly string[]) {
  if (id.some(part => part === '')) refuse('id-missing');
  return { key: `${provider}:${id.join('/')}`, ttlSeconds };
}
