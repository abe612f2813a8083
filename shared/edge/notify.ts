import type { Notify } from '../model/ask.ts';
import type { Report } from '../model/report.ts';
import { isWorthTelling, type News, newsOf } from '../report/news.ts';
import { packed } from './chat-work.ts';
import type { Log } from './log.ts';
import type { Enqueue } from './sqs.ts';

/** What a run works with when it tells of itself. */
export type Telling = { readonly newId: () => string; readonly log: Log };
export type Notifying = (report: Report, notify: Notify, telling: Telling) => Promise<Notified>;
/** To which channels the report was handed over, to which not, and why. Nobody is in either where there was nothing to say. */
export type Notified = { readonly told: readonly string[]; readonly problems: readonly string[] };

/**
 * Hands a report to chat-ops' queue, for each channel that the ask names: whoever works on the cloud's EIPs holds no
 * chat's secret and speaks to none. Never throws: a chat that cannot be told is no reason for a run to fail.
 *
 * @param enqueue the queue of chat-ops
 */
export function notifying(enqueue: Enqueue): Notifying {
  return async (report, notify, telling) => {
    const news = newsOf(report);
    if (notify.when !== 'always' && !isWorthTelling(news)) return { told: [], problems: [] };
    const results = await Promise.all(notify.channels.map(name => handOver(name, news, notify, telling, enqueue)));
    const problems = results.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`]));
    if (problems.length > 0) telling.log.error('chat channels could not be told', { problems });
    return { told: results.flatMap(({ name, problem }) => (problem === null ? [name] : [])), problems };
  };
}

async function handOver(
  name: string,
  news: News,
  { digest }: Notify,
  { newId }: Telling,
  enqueue: Enqueue,
): Promise<{ readonly name: string; readonly problem: string | null }> {
  try {
    await enqueue(packed({ kind: 'report', id: newId(), channel: name, digest, news }));
    return { name, problem: null };
  } catch (error) {
    // Whatever becomes of the chat, the run has done its work; a bug here is a line in the log and a note in the report.
    return { name, problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
