import type { Binding } from '../model/binding.ts';
import { beijingTime } from './format.ts';
import { printable } from './table.ts';
import { reasonText, type Words } from './words.ts';

/** A request to bind that has ended, as JSON-ready data. */
export function bindingJson({ id, order, who, begun, end, steps, receivedAt, endedAt }: Binding) {
  const { account, region } = order.request;
  return {
    what: 'bound' as const,
    at: receivedAt.toISOString(),
    updatedAt: endedAt?.toISOString() ?? null,
    function: 'bind-on-webhook',
    who,
    request: id,
    account,
    region,
    eip: begun && { id: begun.eip.id, name: begun.eip.name, address: begun.eip.address },
    action: order.kind,
    before: begun?.before ?? null,
    goal: begun?.goal ?? null,
    outcome: end && { state: end.outcome, code: end.reason.code, ...end.reason.facts },
    where: end?.where ?? null,
    history: steps.map(({ deed, result, at, sendings, note }) => ({
      ...{ state: `${deed} ${result}`, at: at.toISOString(), sendings, note },
    })),
  };
}

/** A line of the history; binding costs nothing. */
export function bindingRow({ order, who, begun, end, receivedAt }: Binding, words: Words): string[] {
  const eip = begun?.eip;
  const shown = eip?.name ? `${eip.name} (${eip.id})` : (eip?.id ?? '');
  const why = end ? reasonText(end.reason, words) : '';
  const what = `${words.history.bindings[order.kind]} ${end?.outcome ?? ''}`;
  return [beijingTime(receivedAt.toISOString()), shown, what, who, '', why].map(printable);
}
