import type { Card, CardLine } from '../model/card.ts';
import type { Eip } from '../model/eip.ts';
import type { TargetReport } from '../model/report.ts';
import { labelled, simpleCard, text } from './card.ts';
import { cardWords } from './card-words.ts';
import { beijingTime, oneDecimal } from './format.ts';
import type { Lang } from './lang.ts';

const DAY_MS = 86_400_000;
/** More would be scrolled past. */
const MOST = 40;

/** EIPs as a list, with what could not be looked at: a list with a hole must not look complete. */
export function eipsCard(
  title: string,
  eips: readonly Eip[],
  targets: readonly TargetReport[],
  now: Date,
  lang: Lang,
): Card {
  const words = cardWords(lang);
  const lines = eips.slice(0, MOST).map(eip => eipLine(eip, now, lang));
  const left = eips.length > MOST ? [text(words.more(eips.length - MOST))] : [];
  const unseen = unseenLines(targets, lang);
  const card = simpleCard(lang, title, lines.length > 0 ? [...lines, ...left] : [words.none]);
  if (unseen.length === 0) return card;
  return { ...card, tone: 'warning', sections: [...card.sections, { heading: words.unseen, lines: unseen }] };
}

type Looked = Pick<TargetReport, 'account' | 'region' | 'regionName' | 'problem'>;

export const unseenLines = (targets: readonly Looked[], lang: Lang): CardLine[] =>
  targets.flatMap(({ account, region, regionName, problem }) =>
    problem ? [labelled(`${account}/${regionName ?? region}`, problemOf(problem.message, lang))] : [],
  );

const problemOf = (message: string, lang: Lang): string => message || cardWords(lang).unseen;

/** One EIP in one line. */
export function eipLine(eip: Eip, now: Date, lang: Lang): CardLine {
  const words = cardWords(lang);
  const { address, bandwidthMbps, bound, association, expiresAt, status, id } = eip;
  const parts = [
    address,
    ...(bandwidthMbps === null ? [] : [`${bandwidthMbps} Mbps`]),
    bound ? [words.bound, association?.id].filter(Boolean).join(' ') : words.unbound,
    expiresAt ? words.expires(beijingTime(expiresAt.toISOString()), daysTo(expiresAt, now)) : words.noExpiry,
    status,
    id,
  ];
  return labelled(eip.name || id, parts.join(' · '));
}

const daysTo = (at: Date, now: Date): string => oneDecimal((at.getTime() - now.getTime()) / DAY_MS);
