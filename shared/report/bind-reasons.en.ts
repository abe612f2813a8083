import type { Sentence } from './words.ts';

/** The reason codes of bind-on-webhook as sentences of their facts. */
export const englishBindReasons: Readonly<Record<string, Sentence>> = {
  bound: () => `bound as asked`,
  already: () => `already as asked`,
  overtaken: () => `a later request for the same EIP has come`,
  'bound-elsewhere': ({ type, id }) => `bound to ${type} ${id}; say "onConflict": "move" to take it from there`,
  'cannot-go-back': ({ type, id }) => `bound to ${type} ${id}, where it could not be put back if the move failed`,
  'no-targets-allowed': () => 'the settings (BIND_TARGETS, for a chat bindTargets) let nothing be bound',
  'target-not-allowed': ({ account, region, name }) =>
    `the settings (BIND_TARGETS, for a chat bindTargets) do not list ${[account, region, name].filter(Boolean).join(' / ')}`,
  'target-not-found': ({ type, id }) => `there is no ${type} ${id}`,
  'port-not-supported': ({ type }) => `a ${type} is bound whole, without a port`,
  'eip-not-found': () => 'there is no such EIP',
  'eip-ambiguous': ({ found }) => `${found} EIPs are called so; name one by its id`,
  'moved-since': () => 'it is bound to something else than when the plan was made; ask again',
  'no-effect': ({ deed }) => `${deed}: accepted by CTyun, but nothing came of it`,
  'not-restored': ({ message }) =>
    `the EIP is left unbound: it could be bound neither as asked nor as before (${message ?? 'no answer'})`,
  stuck: ({ status }) => `CTyun leaves it in state ${status}`,
  unseen: () => 'CTyun could not be asked for hours',
  'switched-off': ({ mode }) => `the switch says ${mode}`,
  busy: () => 'something else was at work on the EIP for ten minutes',
  would: ({ deeds }) => `would ${deeds}`,
};
