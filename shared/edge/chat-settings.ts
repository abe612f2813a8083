import * as z from 'zod/mini';
import { ANSWER_ORIGINS, type Channel } from '../chat/channel.ts';
import { ConfigError } from '../model/errors.ts';
import { problemsOf } from '../plan/ask-problems.ts';

const PROVIDERS = ['slack', 'feishu', 'dingtalk', 'wecom'] as const;

const id = z.string().check(z.regex(/^[^\s/*\p{C}]{1,128}$/u, 'must be an id without blanks, slashes or stars'));
const ids = z._default(z.array(id), []);
const ACTOR = /^(slack|feishu|dingtalk|wecom):[^\s/*\p{C}]+(\/[^\s/*\p{C}]+){1,2}$/u;
const actor = z.string().check(z.regex(ACTOR, 'must be provider:tenant/user, by ids and not by names'));
const viewer = z
  .string()
  .check(
    z.refine(
      text => ACTOR.test(text.replace(/\/\*$/, '/x')),
      'must be provider:tenant/user, or provider:tenant/* for all of a tenant',
    ),
  );

const origin = z
  .string()
  .check(z.refine(text => URL.parse(text)?.origin === text, 'must be an origin such as https://hooks.slack.com'));

const roles = z.strictObject({
  viewers: z._default(z.array(viewer), []),
  operators: z._default(z.array(actor), []),
  approvers: z._default(z.array(actor), []),
});

const channel = z.strictObject({
  provider: z.enum(PROVIDERS),
  lang: z._default(z.enum(['zh-CN', 'en']), 'zh-CN'),
  tenants: z.array(id).check(z.minLength(1)),
  apps: ids,
  chats: ids,
  answerOrigins: z.optional(z.array(origin)),
  // DingTalk's own hour is the widest of any provider.
  windowSeconds: z._default(z.int().check(z.gte(1), z.lte(3600)), 300),
  aiBots: ids,
  roles: z._default(roles, { viewers: [], operators: [], approvers: [] }),
});

const channels = z.array(channel);

/**
 * Reads the channels of the settings, at most one for each provider. Nobody who is not listed may do anything.
 *
 * @throws ConfigError naming every problem
 */
export function readChannels(value: unknown): readonly Channel[] {
  const read = z.safeParse(channels, value, { reportInput: true });
  const problems = read.success ? strangers(read.data) : problemsOf(read.error.issues);
  if (!read.success || problems.length > 0) throw new ConfigError(problems, 'Mend the chat channels in the settings.');
  return read.data.map(each => ({ ...each, answerOrigins: each.answerOrigins ?? ANSWER_ORIGINS[each.provider] }));
}

type Read = z.infer<typeof channel>;

/** A list that names people of another provider is a mistake: nobody of them could ever come this way. */
function strangers(list: readonly Read[]): string[] {
  const people = list.flatMap(({ provider, roles: { viewers, operators, approvers } }, index) =>
    [...viewers, ...operators, ...approvers]
      .filter(each => !each.startsWith(`${provider}:`))
      .map(each => `[${index}].roles: "${each}" is not of ${provider}`),
  );
  const twice = list.filter(({ provider }, index) => list.findIndex(each => each.provider === provider) < index);
  return [...people, ...twice.map(({ provider }) => `${provider} has two channels`)];
}
