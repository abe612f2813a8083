import { kindOf } from '../model/eip.ts';
import type { Intent, Origin } from '../model/intent.ts';
import { cny } from '../model/money.ts';
import type { Past } from '../model/past.ts';
import type { Action } from '../model/plan.ts';
import { bindingJson, bindingRow } from './binding-history.ts';
import { beijingTime } from './format.ts';
import type { Lang } from './lang.ts';
import { printable, table } from './table.ts';
import { reasonText, type Words, wordsFor } from './words.ts';

/** What was decided, as JSON-ready data: one object for each decision that acted or held. */
export const historyJson = (past: readonly Past[]) =>
  past.map(one =>
    'intent' in one ? intentJson(one.intent) : 'held' in one ? heldJson(one) : bindingJson(one.binding),
  );

const originJson = ({ function: fn, who, run, slot, ask, plan, approvedBy }: Origin) => ({
  function: fn,
  who,
  run,
  slot,
  ask,
  plan,
  approvedBy,
});

function intentJson(intent: Intent) {
  const { action, eip, outcome, createdAt, updatedAt, origin } = intent;
  return {
    what: 'acted' as const,
    at: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...originJson(origin),
    account: action.account,
    region: action.region,
    eip: { resource: kindOf(eip), id: eip.id, name: eip.name, address: eip.address },
    action: action.kind,
    reason: { code: intent.reason.code, ...intent.reason.facts },
    token: intent.token,
    state: intent.state,
    attempt: intent.attempt,
    quote: cny(intent.price),
    orderId: intent.orderId,
    before: action.expects,
    after: afterOf(intent),
    spent: outcome ? cny(outcome.spent) : null,
    outcome: outcome && { state: outcome.state, code: outcome.reason.code, ...outcome.reason.facts },
    reverse: reverseOf(action),
    history: intent.history.map(({ state, at, note = null }) => ({ state, at: at.toISOString(), note })),
  };
}

/** What was there afterwards, as far as it was seen. */
const afterOf = ({ outcome }: Intent) => (outcome?.state === 'done' ? (outcome.reason.facts.after ?? 'gone') : null);

/** How an action is taken back, or that it cannot be. Codes; words are in the dictionaries. */
const reverseOf = (action: Action): string =>
  ({
    renew: 'no',
    rebuy: 'no',
    resize: `resize-to-${'bandwidthMbps' in action.expects ? action.expects.bandwidthMbps : '?'}`,
    release: 'no',
  })[action.kind];

function heldJson({ held }: Extract<Past, { held: unknown }>) {
  const { at, origin, item, caps } = held;
  const { account, region, eip, verdict } = item;
  const action = verdict.decision === 'act' ? verdict.action : null;
  return {
    what: 'held' as const,
    at: at.toISOString(),
    ...originJson(origin),
    account,
    region,
    eip: { resource: kindOf(eip), id: eip.id, name: eip.name, address: eip.address },
    action: action?.kind ?? null,
    reason: { code: verdict.reason.code, ...verdict.reason.facts },
    token: action?.token ?? null,
    quote: action ? cny(action.price) : null,
    heldBy: caps.map(({ cap }) => cap),
  };
}

/** What was decided, for a terminal: a line for each decision, oldest first. */
export function historyText(past: readonly Past[], lang: Lang): string {
  const words = wordsFor(lang);
  const { history } = words;
  if (past.length === 0) return history.none;
  const titles = [history.when, history.eip, history.what, history.who, history.price, history.why];
  return table(
    titles.map(title => ({ title, align: title === history.price ? 'right' : 'left' })),
    past.map(one => rowOf(one, words)),
    cell => cell,
  ).join('\n');
}

function rowOf(one: Past, words: Words): string[] {
  const { history } = words;
  if ('held' in one) {
    const { at, origin, item, caps } = one.held;
    const why = [reasonText(item.verdict.reason, words), ...caps.map(({ cap }) => words.caps[cap] ?? cap)].join('; ');
    return [when(at), shown(item.eip), history.held, origin.who, '', why].map(printable);
  }
  if ('binding' in one) return bindingRow(one.binding, words);
  const { action, eip, state, origin, outcome, createdAt, reason, price } = one.intent;
  const who = [origin.who, ...origin.approvedBy].join(' + ');
  const why = reasonText(outcome?.reason ?? reason, words);
  return [when(createdAt), shown(eip), `${history.kinds[action.kind]} ${state}`, who, cny(price), why].map(printable);
}

const when = (at: Date): string => beijingTime(at.toISOString());
const shown = ({ id, name }: Intent['eip']): string => (name ? `${name} (${id})` : id);
