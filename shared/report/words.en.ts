import { englishReasons } from './reasons.en.ts';
import type { Words } from './words.ts';

const monthly = ({ perMonth, unknown }: { perMonth: string; unknown: number }): string =>
  `¥${perMonth} a month (price query × 730 h)${unknown > 0 ? `, and ${unknown} of unknown cost` : ''}`;

export const english: Words = {
  reasons: englishReasons,
  caps: {
    maxActions: 'actions per run (maxActions)',
    maxSharePercent: 'share of the EIPs seen (maxSharePercent)',
    maxSpendPerAction: 'price of one action (maxSpendPerAction)',
    maxSpendPerRun: 'spend per run (maxSpendPerRun)',
    maxSpendPerDay: 'spend per day, all runs (maxSpendPerDay)',
    maxSpendPerMonth: 'spend per month, all runs (maxSpendPerMonth)',
    approval: 'approvals that the ask requires',
  },
  advice: {
    config: 'mend the setting or the secret, then run again',
    credentials: "check the access key and the secret key, that the key is enabled, and this machine's clock",
    forbidden: 'grant the key the EIP and order permissions in CTyun IAM',
    'no-access': 'check the region id (资源池 ID); "regions": ["*"] finds all that the account can see',
    INVENTORY_MISMATCH: 'the list does not add up, so nothing was done here; if it lasts, open a ticket with CTyun',
    OUT_OF_TIME: 'give the run more time, or fewer targets',
    throttled: 'lower CTYUN_CONCURRENCY, or run at another hour',
    refused: 'CTyun refused the request; its message says why',
    unavailable: 'CTyun is busy or down; the next run tries again',
    unreadable: 'CTyun answers in a form that this version does not know; if it lasts, update it or report the message',
    lost: 'the connection broke before the answer; the next run tries again',
    'not-sent': "check this machine's network, DNS and proxy; the next run tries again",
  },
  adviceOtherwise: 'CTyun could not be reached or understood; the next run tries again',
  columns: {
    name: 'NAME',
    address: 'ADDRESS',
    id: 'EIP',
    place: 'REGION',
    expires: 'EXPIRES',
    left: 'DAYS',
    price: 'CNY',
    why: 'WHY',
  },
  resources: {
    eip: '',
    'ipv6-bandwidth': 'IPv6 bandwidth',
    'shared-bandwidth': 'shared bandwidth',
    'traffic-package': 'traffic package',
  },
  title: (fn, mode) => `${fn} · ${mode}`,
  dryRun: 'dry run: nothing was changed',
  beijing: 'Beijing time',
  problem: (place, message) => `${place} could not be looked at: ${message}`,
  todo: advice => `what to do: ${advice}`,
  held: 'The whole plan is held.',
  heldAdvice: 'Look through the list; to let it run, raise the limit in the ask.',
  approve: (hash, approvers, until) =>
    `or let ${approvers === 1 ? 'another person' : `${approvers} other people`} approve exactly this list before ${until}:\n` +
    `    npm run -s eip -- approve ${hash} --as NAME\n    npm run -s eip -- apply ${hash}`,
  off: 'switched off: nothing was looked at',
  byNobody: 'the switch allows no more than a plan; nothing was changed',
  ledger: problem => `${problem}; nothing can be changed without it`,
  slot: (place, slot) =>
    slot === 'done'
      ? `${place}: this slot was worked on before; nothing to do`
      : `${place}: another run works on this slot`,
  crossed: (cap, wanted, limit) => `${cap}: ${wanted}, the limit is ${limit}`,
  kept: counts => `Left as they are: ${counts}`,
  keptBy: {
    'not-due': 'not due',
    'on-demand': 'on demand',
    'exempt-name': 'exempt by name',
    'exempt-label': 'exempt by label',
    'exempt-address': 'exempt by address',
    'in-use': 'in use',
    packaged: 'ordered with a VM',
    unbound: 'unbound',
    'console-first': 'left to the console',
    gone: 'gone',
    'package-enough': 'enough traffic',
    'package-covered': 'followed by another package',
    'package-over': 'packages that are over',
  },
  none: 'Nothing to do.',
  seen: (count, place, onlyEips) => {
    const where = typeof place === 'string' ? place : `${place} region${place === 1 ? '' : 's'}`;
    return `${count} ${onlyEips ? 'EIP' : 'resource'}${count === 1 ? '' : 's'} seen in ${where}`;
  },
  counts: {
    act: 'to do',
    hold: 'held',
    keep: 'kept',
    done: 'done',
    ordered: 'ordered',
    skipped: 'skipped',
    failed: 'failed',
    unknown: 'unknown',
  },
  plans: {
    none: 'No plan waits for approval.',
    hash: 'HASH',
    fn: 'FUNCTION',
    state: 'STATE',
    approvals: 'APPROVED',
    by: 'ASKED BY',
    expires: 'EXPIRES',
    approved: 'approved',
    rejected: 'rejected',
    states: {
      PENDING: 'waits',
      APPROVED: 'approved',
      REJECTED: 'rejected',
      APPLYING: 'being applied',
      APPLIED: 'applied',
    },
  },
  history: {
    none: 'Nothing was decided in this time.',
    when: 'WHEN',
    eip: 'EIP',
    what: 'WHAT',
    who: 'WHO',
    price: 'CNY',
    why: 'WHY',
    held: 'held',
    kinds: { renew: 'renew', rebuy: 'buy again', resize: 'resize', release: 'release' },
  },
  releases: {
    idle: (eips, cost) => `${eips} unused EIP${eips === 1 ? '' : 's'}: ${monthly(cost)}`,
    noUndo: (eips, cost) =>
      `${eips} would be given back, saving ${monthly(cost)}. This cannot be undone: an address that is released does not come back.`,
    saved: (eips, cost) => `${eips} given back: saves ${monthly(cost)}`,
    keep: "To keep one: give it a label of the ask's exempt.labels (say autopilot=off), or bind it. Nothing that is bound is released.",
  },
  planned: 'would cost',
  spent: 'spent',
};
