import * as z from 'zod/mini';
import type { Provider } from '../chat/inbound.ts';
import type { Webhook } from '../chat/outbound.ts';
import { ConfigError } from '../model/errors.ts';
import { jsonOf } from '../model/json.ts';
import { problemsOf } from '../plan/ask-problems.ts';
import type { Lang } from '../report/lang.ts';

/** Where the reports of a channel go, as the secret `notify/<name>` says. */
export type NotifyChannel = { readonly provider: Provider; readonly webhook: Webhook; readonly lang: Lang };

const schema = z.strictObject({
  provider: z.enum(['slack', 'feishu', 'dingtalk', 'wecom']),
  url: z.string().check(z.refine(text => /^https?:/.test(text) && URL.canParse(text), 'must be a URL')),
  secret: z._default(z.nullable(z.string().check(z.minLength(1), z.maxLength(512))), null),
  lang: z._default(z.enum(['zh-CN', 'en']), 'zh-CN'),
});

/** Values are never repeated in an error. @throws ConfigError naming every problem */
export function readNotifyChannel(name: string, text: string): NotifyChannel {
  const read = z.safeParse(schema, jsonOf(text), { reportInput: true });
  if (!read.success)
    throw new ConfigError(problemsOf(read.error.issues), `Mend the secret "${name}" in the secrets store.`);
  const { provider, url, secret, lang } = read.data;
  return { provider, webhook: { url, secret }, lang };
}

/** What is no JSON is no object either, which is then said; the text itself must not get into an error. */
