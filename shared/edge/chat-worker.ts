import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { InboundCommand, InboundDecision } from '../chat/inbound.ts';
import { chatWords, denialText, problemText } from '../chat/words.ts';
import { ALL_DEEDS } from '../flow/all-deeds.ts';
import { applyApproved } from '../flow/chat/apply.ts';
import { carryOut } from '../flow/chat/carry-out.ts';
import { decideByButton } from '../flow/chat/decide.ts';
import { type ChatRun, type Said, said } from '../flow/chat/said.ts';
import { ConfigError, RejectedRequest } from '../model/errors.ts';
import { simpleCard } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import { type Answering, answer } from './chat-answer.ts';
import { langOf, tellFailure } from './chat-failure.ts';
import { hear } from './chat-hear.ts';
import type { ChatHouse } from './chat-house.ts';
import { tellDigest, tellKept } from './chat-kept.ts';
import { tellReport } from './chat-report.ts';
import { type ApplyWork, type ChatWork, type MessageWork, packed, unpacked } from './chat-work.ts';
import { logWith } from './log.ts';
import { logTry } from './log-try.ts';
import { worldOf } from './world.ts';

/** The house as one message finds it: with a run's name, in every line of its log too. */
type ChatHere = ChatHouse & { readonly runId: string };

/** Left after the work for telling of it. */
const TELLING_MS = 20_000;

/** Works on a batch of the queue, one message after the other. What fails is named, comes again, and in the end is set aside. */
export async function workOn({ Records }: SQSEvent, until: Date, house: ChatHouse): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of Records) {
    if (!(await worked(record, until, house))) batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
}

async function worked(record: SQSRecord, until: Date, chat: ChatHouse): Promise<boolean> {
  const runId = chat.around.newId();
  const house: ChatHere = { ...chat, runId, log: logWith(chat.log, { run: runId, messageId: record.messageId }) };
  let work: ChatWork | undefined;
  try {
    work = unpacked(record.body);
    if (!work) house.log.error('the queue holds a message that is not ours');
    else await done(work, until, house);
    return work !== undefined;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    house.log.error('chat work failed', { kind: work?.kind, name, why: message });
    if (work) await tellFailure(work, record, until, house);
    return false;
  }
}

function done(work: ChatWork, until: Date, house: ChatHere): Promise<void> {
  switch (work.kind) {
    case 'message':
      return reply(work, until, house);
    case 'apply':
      return apply(work, until, house);
    case 'report':
      return tellReport(work, until, house);
    case 'kept':
      return tellKept(work, until, house);
    case 'digest':
      return tellDigest(work, until, house);
  }
}

async function reply({ inbound }: MessageWork, until: Date, house: ChatHere): Promise<void> {
  const { actor, dedupe } = inbound;
  const run = runOf(inbound, actor.id, dedupe.key, until, house);
  const told = await orWhy(carriedOut(inbound, run, house), run);
  // Told before it is applied, or the outcome could be overwritten by the news of the approval.
  await answer(told, inbound, house, until);
  if (told.apply !== null) await run.goOn(told.apply, 0);
}

async function carriedOut(inbound: InboundCommand | InboundDecision, run: ChatRun, house: ChatHouse): Promise<Said> {
  const heard = hear(inbound, house);
  const words = chatWords(run.lang);
  if ('command' in heard) return carryOut(heard.command, run);
  if ('decision' in heard) return decideByButton(heard.decision, run);
  const lines =
    'denied' in heard ? [denialText(heard.denied, words)] : heard.problems.map(each => problemText(each, words));
  return said(simpleCard(run.lang, cardWords(run.lang).notDone, lines, { tone: 'warning' }));
}

async function apply(work: ApplyWork, until: Date, house: ChatHere): Promise<void> {
  const run = runOf(work, work.who, `apply#${work.hash}`, until, house);
  const told = await applyApproved(work.hash, run);
  if (told) await answer(told, work, house, until);
}

/** What a person must mend is told to who asked; anything else comes again. */
async function orWhy(working: Promise<Said>, { lang }: ChatRun): Promise<Said> {
  try {
    return await working;
  } catch (error) {
    if (!(error instanceof RejectedRequest || error instanceof ConfigError)) throw error;
    return said(simpleCard(lang, cardWords(lang).failed, error.problems, { tone: 'bad' }));
  }
}

function runOf(
  { provider, answer: to }: Answering,
  who: string,
  delivery: string,
  until: Date,
  house: ChatHere,
): ChatRun {
  const { around, ask, log, runId } = house;
  const deadline = new Date(until.getTime() - TELLING_MS);
  const world = worldOf(
    around,
    { deadline, who, deeds: ALL_DEEDS, runId },
    () => undefined,
    (account, tried) => logTry(log, account, tried),
  );
  const goOn = (hash: string, delaySeconds: number): Promise<void> =>
    house.enqueue(packed({ kind: 'apply', hash, provider, who, answer: to }), delaySeconds);
  return { world, ask, lang: langOf(provider, house), newToken: around.newId, delivery, goOn };
}
