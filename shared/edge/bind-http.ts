import { jsonObject, utf8 } from '../chat/json.ts';
import { judged } from '../chat/refusal.ts';
import { bindByWebhook } from '../flow/bind/request.ts';
import type { BindWorld } from '../flow/bind/world.ts';
import { findBinding } from '../ledger/bindings.ts';
import type { BindOrder } from '../model/binding.ts';
import { RejectedRequest } from '../model/errors.ts';
import { readBindRequest, readUnbindRequest } from '../plan/bind-on-webhook.ask.ts';
import type { Lang } from '../report/lang.ts';
import { bindingAnswer, bindingBody, statusOf } from './bind-answer.ts';
import { type HttpAnswer, json } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';
import type { AuthenticWebhook } from './standard-webhooks.ts';

const READ: Readonly<Record<string, (body: unknown) => BindOrder>> = {
  '/bind': body => ({ kind: 'bind', request: readBindRequest(body) }),
  '/unbind': body => ({ kind: 'unbind', request: readUnbindRequest(body) }),
};
const REQUESTS = '/requests/';

/** Answers a request that is authentic. @throws LedgerError, ConfigError, and bugs */
export async function answerBind(
  request: HttpRequest,
  { id, sentAt }: AuthenticWebhook,
  world: BindWorld,
): Promise<HttpAnswer> {
  const { path, method } = request;
  const lang = langOf(request);
  const read = Object.hasOwn(READ, path) ? READ[path] : undefined;
  if (read === undefined && !path.startsWith(REQUESTS)) return json(404, { error: 'not-found' });
  const allow = read ? 'POST' : 'GET';
  if (method !== allow) return json(405, { error: 'method-not-allowed' }, { allow });
  if (read === undefined) return outcomeOf(path.slice(REQUESTS.length), lang, world);
  const order = orderOf(request, read);
  if ('problems' in order) return json(400, { error: 'bad-request', problems: order.problems });
  const binding = await bindByWebhook({ id, sentAt, order }, world);
  if (binding === 'other-body') return json(422, { error: 'id-reused', request: id });
  if (binding === 'off') return json(503, { error: 'switched-off' }, { 'retry-after': '300' });
  return bindingAnswer(binding, lang);
}

function orderOf({ body }: HttpRequest, read: (body: unknown) => BindOrder) {
  const given = judged(() => ({ kind: 'read' as const, value: jsonObject(utf8(body)) }));
  if (given.kind === 'refused') return { problems: ['the body is not a JSON object'] };
  try {
    return read(given.value);
  } catch (error) {
    if (error instanceof RejectedRequest) return { problems: error.problems };
    throw error;
  }
}

/** What became of a request: always 200 where there is one; `status` is what its sender is answered. */
async function outcomeOf(encoded: string, lang: Lang, { ledger }: BindWorld): Promise<HttpAnswer> {
  const id = decoded(encoded);
  const binding = id ? (await findBinding(ledger, id))?.value : undefined;
  if (binding === undefined) return json(404, { error: 'not-found' });
  return json(200, { ...bindingBody(binding, lang), status: binding.end ? statusOf(binding.end) : 202 });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const langOf = ({ headers }: HttpRequest): Lang => (/^\s*zh/i.test(headers['accept-language'] ?? '') ? 'zh-CN' : 'en');
