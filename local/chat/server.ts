import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Answer,
  accepted,
  CHECKS,
  type ChatName,
  type Posted,
  type RobotSecrets,
  tooMany,
} from './outbound-checks.ts';

/** A message that was posted; `taken` is false where the provider refused it. */
export type ChatRecord = {
  readonly provider: ChatName;
  readonly path: string;
  readonly body: unknown;
  readonly taken: boolean;
};

/** The chat providers' receiving side on one machine: robots, incoming webhooks and answer addresses. */
export type ChatStandIn = {
  readonly url: string;
  /** Where each provider's robot takes messages. */
  readonly webhook: Readonly<Record<ChatName, string>>;
  /** An answer address of Slack's or DingTalk's, fresh for every name; Slack's may be used five times. */
  readonly answerUrl: (provider: 'slack' | 'dingtalk', name: string) => string;
  readonly messages: (provider?: ChatName) => readonly ChatRecord[];
  /** Answers a provider's next `times` messages so, for instance 429 or an errcode with 200. */
  readonly fail: (provider: ChatName, answer: Answer, times: number) => void;
  readonly close: () => Promise<void>;
};

const PATHS: readonly (readonly [RegExp, ChatName])[] = [
  [/^\/(?:services|response)\//, 'slack'],
  [/^\/open-apis\/bot\/v2\/hook\//, 'feishu'],
  [/^\/robot\/(?:send|sendBySession)$/, 'dingtalk'],
  [/^\/cgi-bin\/webhook\/send$/, 'wecom'],
];

const PER_MINUTE = 20;
const RESPONSE_USES = 5;

type State = {
  readonly secrets: RobotSecrets;
  readonly now: () => Date;
  readonly records: (ChatRecord & { readonly at: number })[];
  readonly failures: { readonly provider: ChatName; readonly answer: Answer }[];
};

/** @param now the providers' clock, for signatures and rates */
export async function startChat(secrets: RobotSecrets, now: () => Date = () => new Date()): Promise<ChatStandIn> {
  const state: State = { secrets, now, records: [], failures: [] };
  const server = createServer((request, response) => {
    serve(request, state).then(
      ({ status, body, headers }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    webhook: webhooks(url, secrets),
    answerUrl: (provider, name) =>
      provider === 'slack' ? `${url}/response/${name}` : `${url}/robot/sendBySession?session=${name}`,
    messages: provider => state.records.filter(each => provider === undefined || each.provider === provider),
    fail: (provider, answer, times) => void state.failures.push(...Array(times).fill({ provider, answer })),
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

const webhooks = (url: string, { wecomKey }: RobotSecrets): ChatStandIn['webhook'] => ({
  slack: `${url}/services/T1/B1/x`,
  feishu: `${url}/open-apis/bot/v2/hook/x`,
  dingtalk: `${url}/robot/send?access_token=x`,
  wecom: `${url}/cgi-bin/webhook/send?key=${wecomKey}`,
});

async function serve(request: IncomingMessage, state: State): Promise<Answer> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://local');
  const provider = PATHS.find(([pattern]) => pattern.test(path))?.[1];
  const body = await textOf(request);
  if (provider === undefined || request.method !== 'POST') return { status: 404, body: 'no_service' };
  const posted: Posted = { path, query, body, now: state.now() };
  const answer = judge(provider, posted, state);
  const taken = answer === accepted[provider];
  state.records.push({ provider, path, body: jsonOr(body), taken, at: posted.now.getTime() });
  return answer;
}

function judge(provider: ChatName, posted: Posted, { secrets, records, failures }: State): Answer {
  const planned = failures.findIndex(failure => failure.provider === provider);
  if (planned >= 0) return failures.splice(planned, 1)[0]?.answer ?? accepted[provider];
  const taken = records.filter(each => each.provider === provider && each.taken);
  const uses = taken.filter(({ path }) => path === posted.path).length;
  if (posted.path.startsWith('/response/') && uses >= RESPONSE_USES) return { status: 404, body: 'used_url' };
  const recent = taken.filter(({ at }) => posted.now.getTime() - at < 60_000);
  if (recent.length >= PER_MINUTE) return tooMany[provider];
  return CHECKS[provider](posted, secrets) ?? accepted[provider];
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
