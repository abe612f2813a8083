import { readControl, turnSwitch } from '../../ledger/control.ts';
import { historyOf } from '../../ledger/history.ts';
import { openProposals } from '../../ledger/proposals.ts';
import type { EipRef } from '../../model/bind-request.ts';
import type { Switch } from '../../model/control.ts';
import { labelled, simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { beijingTime } from '../../report/format.ts';
import { historyCard } from '../../report/history-card.ts';
import { plansCard } from '../../report/plan-card.ts';
import { findEip } from './look.ts';
import { type ChatRun, type Said, said } from './said.ts';

const HISTORY_MS = 400 * 86_400_000;

export const plans = async ({ world, lang }: ChatRun): Promise<Said> =>
  said(plansCard(await openProposals(world.ledger), lang));

/** Shows the switch, or turns it for one function or for all. */
export async function mode(fn: string | null, to: Switch | null, { world, lang }: ChatRun): Promise<Said> {
  const { ledger, who, clock } = world;
  const { all, functions, changed } =
    to === null ? await readControl(ledger) : await turnSwitch(ledger, fn, to, who, clock.now());
  const words = cardWords(lang);
  const names = fn === null || to !== null ? Object.entries(functions) : [[fn, functions[fn] ?? all] as const];
  const lines = [labelled(words.all, all), ...names.map(([name, at]) => labelled(name, at))];
  const footer = changed ? words.changedBy(changed.who, beijingTime(changed.at.toISOString())) : null;
  return said(simpleCard(lang, words.mode, lines, { footer }), { forAll: to !== null });
}

/** An EIP that is gone has a history too: by its id nothing needs to be looked up. */
export async function history(eip: EipRef, run: ChatRun): Promise<Said> {
  const found = eip.by === 'id' ? null : await findEip(eip, run);
  if (found && 'answer' in found) return found.answer;
  const id = found?.eip.id ?? eip.value;
  const { clock, ledger } = run.world;
  const past = await historyOf(ledger, id, new Date(clock.now().getTime() - HISTORY_MS));
  return said(historyCard(found ? `${found.eip.name} ${id}`.trim() : id, past, run.lang));
}
