import type { BindEnd, Binding } from '../model/binding.ts';
import type { Lang } from '../report/lang.ts';
import { reasonText, wordsFor } from '../report/words.ts';
import { type HttpAnswer, json } from './http-answer.ts';

const OUTCOMES: Readonly<Record<BindEnd['outcome'], number>> = {
  ...{ bound: 200, unbound: 200, already: 200, planned: 200 },
  ...{ refused: 409, overtaken: 409, failed: 502, unknown: 504 },
};

const REFUSALS: Readonly<Record<string, number>> = {
  ...{ 'eip-not-found': 404, 'target-not-found': 404, 'port-not-supported': 400 },
  ...{ 'target-not-allowed': 403, 'no-targets-allowed': 403, 'switched-off': 503 },
};

export const statusOf = ({ outcome, reason }: BindEnd): number =>
  (outcome === 'refused' ? REFUSALS[reason.code] : undefined) ?? OUTCOMES[outcome];

/** Where the outcome of a request is asked for. */
export const pathOf = (id: string): string => `/requests/${encodeURIComponent(id)}`;

/** A request as data; the same for the same state of it, whoever asks. */
export function bindingBody({ id, order, begun, steps, end }: Binding, lang: Lang) {
  const eip = begun && { id: begun.eip.id, name: begun.eip.name, address: begun.eip.address };
  const common = { request: id, asked: order.kind, eip };
  const done = steps.map(({ deed, result, at, note }) => ({ deed, result, at: at.toISOString(), note }));
  if (end === null) return { ...common, state: 'working' as const, outcome: null, steps: done, see: pathOf(id) };
  const { outcome, reason, where } = end;
  const message = reasonText(reason, wordsFor(lang));
  const told = { outcome, reason: { code: reason.code, ...reason.facts }, message };
  return { ...common, state: 'ended' as const, ...told, ...(where === undefined ? {} : { where }), steps: done };
}

/** The answer to who sent a request: its outcome, or 202 and where to ask for it. */
export function bindingAnswer(binding: Binding, lang: Lang): HttpAnswer {
  const body = bindingBody(binding, lang);
  if (binding.end !== null) return json(statusOf(binding.end), body);
  return json(202, body, { location: pathOf(binding.id), 'retry-after': '5' });
}
