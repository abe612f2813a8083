import type { Card, CardButton, CardLine } from '../model/card.ts';
import { cny } from '../model/money.ts';
import { labelled, simpleCard, text } from './card.ts';
import { cardWords } from './card-words.ts';
import { unseenLines } from './eip-card.ts';
import type { Health } from './health.ts';
import type { Lang } from './lang.ts';
import type { News, NewsItem } from './news.ts';
import { cardId } from './plan-card.ts';
import { reasonText, wordsFor } from './words.ts';

const MARKS: Readonly<Record<NewsItem['state'], string>> = {
  act: '→',
  wait: '!',
  done: '✓',
  ordered: '…',
  skipped: '-',
  failed: '✗',
  unknown: '?',
};
const TONES: Readonly<Record<Health, Card['tone']>> = { ok: 'good', failed: 'bad', mistake: 'bad' };

/** News as a card: problems first, then every decision that is more than leaving things alone. */
export function reportCard(news: News, buttons: readonly CardButton[], lang: Lang): Card {
  const words = wordsFor(lang);
  const lines = [
    ...(news.ledgerProblem === null ? [] : [text(words.ledger(news.ledgerProblem))]),
    ...(news.notAllowed ? [text(words.notAllowed)] : []),
    ...unseenLines(news.problems, lang),
    ...(news.held ? [text(words.held)] : []),
    ...news.items.map(item => itemLine(item, lang)),
    ...(news.left > 0 ? [text(cardWords(lang).more(news.left))] : []),
  ];
  return simpleCard(lang, words.title(news.function, news.mode), lines.length > 0 ? lines : [words.none], {
    tone: news.approval && news.health === 'ok' ? 'warning' : TONES[news.health],
    footer: sums(news, lang),
    buttons,
    id: cardId(news.plan.hash),
  });
}

function itemLine({ name, address, state, why, price }: NewsItem, lang: Lang): CardLine {
  const cost = price === null ? '' : ` · ¥${cny(price)}`;
  return labelled(`${MARKS[state]} ${name}`, `${address} · ${reasonText(why, wordsFor(lang))}${cost}`);
}

/** News in one line: the card's footer, and a line of a digest. */
export function sums({ totals, mode, targets }: News, lang: Lang): string {
  const words = wordsFor(lang);
  const names = ['act', 'done', 'ordered', 'skipped', 'failed', 'unknown', 'hold'] as const;
  const counts = names.filter(name => totals[name] > 0).map(name => `${words.counts[name]} ${totals[name]}`);
  const money = mode === 'apply' ? `${words.spent} ¥${cny(totals.spent)}` : `${words.planned} ¥${cny(totals.planned)}`;
  return [words.seen(totals.seen, targets, true), ...counts, money].join(' · ');
}
