import { gatherEips } from '../../ctyun/list-eips.ts';
import type { EipRef } from '../../model/bind-request.ts';
import type { Eip } from '../../model/eip.ts';
import type { RegionFacts } from '../../model/facts.ts';
import { matchingPattern } from '../../plan/names.ts';
import { simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { eipLine, eipsCard } from '../../report/eip-card.ts';
import { observe, type Sight } from '../observe.ts';
import { placesOf } from '../places.ts';
import { type ChatRun, type Said, said } from './said.ts';

const DAY_MS = 86_400_000;

/** Looks at all places that the settings let this chat see. */
export async function sightOf({ ask, world }: ChatRun): Promise<Sight> {
  const { places, unlisted } = await placesOf(ask.targets, world);
  const { facts, targets } = await observe(places, { labels: {}, lists: [gatherEips] }, world);
  return { facts, targets: [...unlisted, ...targets] };
}

const eipsOf = ({ facts }: Sight): Eip[] => facts.flatMap(({ eips }) => eips);

/** @param pattern of names, or an id or address; null: all */
export async function status(pattern: string | null, run: ChatRun): Promise<Said> {
  const sight = await sightOf(run);
  const fits = ({ name, id, address }: Eip): boolean =>
    pattern === null || [name, id, address].some(text => matchingPattern(text, [pattern]) !== undefined);
  const eips = eipsOf(sight).filter(fits);
  const bound = eips.filter(each => each.bound).length;
  return list(`${cardWords(run.lang).counts(eips.length, bound, eips.length - bound)}`, eips, sight, run);
}

/** What has expired or will within so many days, the most urgent first. */
export async function expiring(days: number | null, run: ChatRun): Promise<Said> {
  const within = days ?? run.ask.policy.expiringWithinDays;
  const sight = await sightOf(run);
  const until = run.world.clock.now().getTime() + within * DAY_MS;
  const at = ({ expiresAt }: Eip): number => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const eips = eipsOf(sight).filter(eip => at(eip) <= until);
  return list(
    cardWords(run.lang).expiring(within),
    eips.toSorted((a, b) => at(a) - at(b)),
    sight,
    run,
  );
}

export async function idle(run: ChatRun): Promise<Said> {
  const sight = await sightOf(run);
  return list(
    cardWords(run.lang).idle,
    eipsOf(sight).filter(({ bound }) => !bound),
    sight,
    run,
  );
}

const list = (title: string, eips: readonly Eip[], { targets }: Sight, { world, lang }: ChatRun): Said =>
  said(eipsCard(title, eips, targets, world.clock.now(), lang));

/** One EIP and where it is. */
export type Found = { readonly facts: RegionFacts; readonly eip: Eip; readonly sight: Sight };

/** The one EIP that a person names; or what to answer where there is none, or several. */
export async function findEip({ by, value }: EipRef, run: ChatRun): Promise<Found | { readonly answer: Said }> {
  const sight = await sightOf(run);
  const nameOf = (eip: Eip): string => ({ id: eip.id, address: eip.address, name: eip.name.normalize('NFC') })[by];
  const fits = sight.facts.flatMap(facts =>
    facts.eips.filter(eip => nameOf(eip) === value).map(eip => ({ facts, eip, sight })),
  );
  const [only] = fits;
  const words = cardWords(run.lang);
  if (only && fits.length === 1) return only;
  if (!only) return { answer: missing(value, sight, run) };
  const now = run.world.clock.now();
  const lines = [words.severalEips(value), ...fits.map(({ eip }) => eipLine(eip, now, run.lang))];
  return { answer: said(simpleCard(run.lang, words.notDone, lines, { tone: 'warning' })) };
}

/** Says also what could not be looked at, for it may be there. */
function missing(value: string, { targets }: Sight, { world, lang }: ChatRun): Said {
  const words = cardWords(lang);
  const card = eipsCard(words.notDone, [], targets, world.clock.now(), lang);
  const [, ...unseen] = card.sections;
  const first = { heading: null, lines: [{ label: null, text: words.noSuchEip(value) }] };
  return said({ ...card, tone: 'warning', sections: [first, ...unseen] });
}
