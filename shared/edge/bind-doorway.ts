import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { at, textAt, tryJson } from '../chat/json.ts';
import { continueBinding } from '../flow/bind/request.ts';
import { type BindWorld, NAME } from '../flow/bind/world.ts';
import type { Enqueue } from '../flow/work.ts';
import { findBinding } from '../ledger/bindings.ts';
import { answerBind } from './bind-http.ts';
import type { BindSettings } from './bind-settings.ts';
import { type HttpAnswer, refusedAnswer } from './http-answer.ts';
import { decodeHttpEvent } from './http-event.ts';
import { type Log, logWith } from './log.ts';
import { logTry } from './log-try.ts';
import { verifyWebhook } from './webhook.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';
import { type Surroundings, worldOf } from './world.ts';

/** What the doorway stands in, made at cold start. */
export type BindSurroundings = {
  readonly around: Surroundings;
  readonly settings: BindSettings;
  readonly secrets: WebhookSecrets;
  readonly enqueue: Enqueue;
};

/** API Gateway gives up after thirty seconds; what is not done by then goes on from the queue. */
const HTTP_MS = 27_000;
const RESERVE_MS = 3_000;
const WITHOUT_LAMBDA_MS = 60_000;

/**
 * The handler: signed HTTP requests, and the queue's messages about what they left. What it throws is logged by Lambda
 * and counted by its alarm, and the caller is told 500 without a word of it.
 */
export function bindDoorway(surroundings: () => BindSurroundings, log: Log) {
  return async (event: unknown, context?: Context): Promise<HttpAnswer | SQSBatchResponse> => {
    const made = surroundings();
    const leftMs = (context?.getRemainingTimeInMillis?.() ?? WITHOUT_LAMBDA_MS) - RESERVE_MS;
    const runId = made.around.newId();
    const own = logWith(log, { run: runId });
    if (Array.isArray(at(event, 'Records'))) return goOn(event as SQSEvent, worldIn(made, leftMs, runId, own), own);
    return answer(event, made, worldIn(made, Math.min(leftMs, HTTP_MS), runId, own), own);
  };
}

function worldIn({ around, settings, enqueue }: BindSurroundings, ms: number, runId: string, log: Log): BindWorld {
  const deadline = new Date(around.clock.now().getTime() + ms);
  const world = worldOf(
    around,
    { deadline, who: 'webhook', deeds: {}, runId },
    () => undefined,
    (account, tried) => logTry(log, account, tried),
  );
  return { ...world, enqueue, targets: settings.targets };
}

async function answer(event: unknown, made: BindSurroundings, world: BindWorld, log: Log): Promise<HttpAnswer> {
  const request = decodeHttpEvent(event);
  if ('kind' in request) return refused(request, log);
  const webhook = await verifyWebhook(request, made.settings.schemes, made.secrets, world.clock.now());
  if (webhook.kind === 'refused') return refused(webhook, log);
  const given = await answerBind(request, webhook, world);
  const { statusCode: status = 0 } = given;
  log[status >= 500 ? 'error' : 'info']('answered', { request: webhook.id, path: request.path, status });
  return given;
}

/** Which check failed is for the log alone. */
function refused(refusal: Parameters<typeof refusedAnswer>[0], log: Log): HttpAnswer {
  log.warn('refused', { code: refusal.code });
  return refusedAnswer(refusal);
}

async function goOn({ Records }: SQSEvent, world: BindWorld, log: Log): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { messageId, body } of Records) {
    try {
      await goOnWith(tryJson(body), world, log);
    } catch (error) {
      log.error('message failed', { messageId, error: error instanceof Error ? error.message : String(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function goOnWith(message: unknown, world: BindWorld, log: Log): Promise<void> {
  if (textAt(message, 'kind') !== NAME) throw new Error('the message is of another kind of work');
  const id = textAt(message, 'id');
  await continueBinding(id, world);
  const binding = (await findBinding(world.ledger, id))?.value;
  const end = binding?.end;
  const failed = end?.outcome === 'failed' || end?.outcome === 'unknown';
  log[failed ? 'error' : 'info']('went on', {
    request: id,
    ...(binding ? { account: binding.order.request.account, region: binding.order.request.region } : {}),
    outcome: end?.outcome ?? null,
    code: end?.reason.code ?? null,
  });
}
