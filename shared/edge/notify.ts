import { DIALECTS } from '../chat/dialects.ts';
import { decisionButtons } from '../flow/chat/buttons.ts';
import { keepForDigest, takeDigest } from '../ledger/digest.ts';
import type { Notify } from '../model/ask.ts';
import type { Card } from '../model/card.ts';
import type { Report } from '../model/report.ts';
import { simpleCard } from '../report/card.ts';
import { cardWords } from '../report/card-words.ts';
import { healthOf } from '../report/health.ts';
import { isWorthTelling, reportCard, sums } from '../report/report-card.ts';
import { channelOf } from './chat-answer.ts';
import type { Log } from './log.ts';
import { type NotifyChannel, readNotifyChannel } from './notify-secrets.ts';
import { post } from './posting.ts';
import { keptSection } from './posting-budget.ts';
import { secretCache } from './secret-cache.ts';
import type { Surroundings } from './world.ts';

/** What a run works with when it tells of itself. */
export type Telling = { readonly around: Surroundings; readonly log: Log; readonly deadline: Date };
export type Notifying = (report: Report, notify: Notify, telling: Telling) => Promise<Notified>;
/** Which channels were told, which not, and why. */
export type Notified = { readonly told: readonly string[]; readonly problems: readonly string[] };

const BEIJING_MS = 8 * 3600_000;
const dayOf = (at: Date): string => new Date(at.getTime() + BEIJING_MS).toISOString().slice(0, 10);

/** Tells the channels that an ask names, with their secrets cached for the life of the process. Never throws. */
export function notifying(): Notifying {
  let cached: ((name: string) => Promise<NotifyChannel>) | undefined;
  return async (report, notify, telling) => {
    const { fetchSecret, clock, settings } = telling.around;
    cached ??= secretCache(fetchSecret, readNotifyChannel, clock, settings.credentialsTtlSeconds);
    const results = await Promise.all(notify.channels.map(name => tell(name, report, notify, telling, cached)));
    const problems = results.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`]));
    if (problems.length > 0) telling.log.error('chat channels could not be told', { problems });
    return { told: results.flatMap(({ name, told }) => (told ? [name] : [])), problems };
  };
}

async function tell(
  name: string,
  report: Report,
  notify: Notify,
  telling: Telling,
  channelNamed: ((name: string) => Promise<NotifyChannel>) | undefined,
) {
  try {
    const channel = await channelNamed?.(`notify/${name}`);
    if (!channel) return { name, told: false, problem: 'no secrets' };
    const { told, refused } = await toldTo(name, channel, report, notify, telling);
    return { name, told, problem: refused ? 'the message was not taken' : null };
  } catch (error) {
    // Whatever a chat does, the run has done its work; a bug here is a line in the log and a note in the report.
    return { name, told: false, problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** At once, or a line for the digest; and the digest of the days before, if it has not gone out. */
async function toldTo(name: string, channel: NotifyChannel, report: Report, notify: Notify, telling: Telling) {
  const { ledger } = telling.around;
  const cards = notify.digest === 'daily' ? await digestOf(name, channel, telling) : [];
  const worth = notify.when === 'always' || isWorthTelling(report);
  const urgent = healthOf(report) !== 'ok' || report.approval !== null;
  if (worth && (notify.digest === null || urgent)) cards.push(await cardOf(report, channel, telling));
  else if (worth) {
    const line = `${report.plan.function} · ${sums(report, channel.lang)}`;
    await keepForDigest(ledger, `daily#${name}`, { at: report.plan.madeAt, text: line });
  }
  let refused = false;
  for (const card of cards) refused = !(await sent(card, channel, telling)) || refused;
  return { told: cards.length > 0 && !refused, refused };
}

/** One card for the days before this one; the first run of a day (Beijing's) tells it. */
async function digestOf(
  name: string,
  { lang }: NotifyChannel,
  { around: { ledger, clock } }: Telling,
): Promise<Card[]> {
  const now = clock.now();
  const kept = await takeDigest(ledger, `daily#${name}`, now, oldest => dayOf(oldest) < dayOf(now));
  if (kept.lines.length === 0) return [];
  return [{ ...simpleCard(lang, cardWords(lang).digest, []), sections: [keptSection(kept, lang, null)], id: 'digest' }];
}

/** A plan that waits has its buttons with it. */
async function cardOf(report: Report, { lang }: NotifyChannel, { around }: Telling): Promise<Card> {
  const buttons = report.approval ? await decisionButtons(report.plan, around.ledger, around.newId, lang) : [];
  return reportCard(report, buttons, lang);
}

function sent(card: Card, { provider, webhook }: NotifyChannel, { around, log, deadline }: Telling): Promise<boolean> {
  const make = (each: Card, now: Date) => DIALECTS[provider].posting(webhook, each, now);
  return post(card, { provider, channel: channelOf(provider, webhook), make }, { ...around, log, deadline });
}
