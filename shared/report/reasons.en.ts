import { englishBindReasons } from './bind-reasons.en.ts';
import { beijingTime, oneDecimal } from './format.ts';
import { englishOrphans } from './reasons-orphans.en.ts';
import type { Sentence } from './words.ts';

/** Every reason code as a sentence of its facts. */
export const englishReasons: Readonly<Record<string, Sentence>> = {
  ...englishOrphans,
  ...englishBindReasons,
  due: ({ daysLeft }) => `expires in ${oneDecimal(daysLeft)} days`,
  'renew-expired': ({ expiresAt }) => `lapsed (${beijingTime(expiresAt)}); a new term starts`,
  'on-demand': () => 'on demand: nothing to renew',
  'exempt-name': ({ pattern }) => `exempt by name pattern ${pattern}`,
  'exempt-label': () => 'exempt by label',
  packaged: () => 'ordered together with a VM',
  unbound: () => 'not bound',
  'not-due': ({ daysLeft }) => `not due: ${oneDecimal(daysLeft)} days left`,
  'console-first': ({ notBeforeDays }) => `due, but left to the console until ${notBeforeDays} days before expiry`,
  gone: () => 'it is gone',
  'billing-unknown': () => 'how it is billed cannot be told',
  'expiry-missing': () => 'periodic, but without an expiry date',
  'expiry-unreadable': ({ text }) => `the expiry date cannot be read: "${text}"`,
  expired: ({ expiresAt }) => `already expired (${beijingTime(expiresAt)}); say "expired": "renew" to start a new term`,
  frozen: () => 'frozen; see the account\'s balance, or say "expired": "renew"',
  'expiry-contradicts-state': ({ status, expiresAt }) => `state ${status}, but the expiry is ${beijingTime(expiresAt)}`,
  state: ({ status }) => `no order can run in state ${status}`,
  'seen-twice': ({ accounts }) => `seen through several accounts (${accounts}); their secrets hold the same key`,
  'labels-unreadable': ({ why }) => `exempting labels could not be read: ${why}`,
  'no-quote': ({ why }) => `no price: ${why}`,
  'package-runs-out': ({ leftPercent, leftGb, sizeGb }) =>
    `${leftPercent}% left (${leftGb} of ${sizeGb} GB); the same is bought again`,
  'package-low': ({ leftPercent, leftGb, sizeGb }) => `only ${leftPercent}% left (${leftGb} of ${sizeGb} GB)`,
  'package-expiring': ({ daysLeft, leftGb, sizeGb }) =>
    `expires in ${oneDecimal(daysLeft)} days with ${leftGb} of ${sizeGb} GB left, and no other follows`,
  'package-enough': ({ leftPercent, daysLeft }) => `${leftPercent}% and ${oneDecimal(daysLeft)} days left`,
  'package-covered': ({ by }) => `another package follows (${by})`,
  'package-over': ({ status }) => `the package is not in force (${status})`,
  'package-unreadable': ({ what, text }) =>
    `${{ status: 'the state', size: 'the size', left: 'what is left' }[String(what)] ?? what} of the package cannot be read${text ? `: "${text}"` : ''}`,
  rebought: ({ sizeGb, after }) => `${sizeGb} GB bought again (${after})`,
  'rebought-by-other': ({ sizeGb, after }) => `${sizeGb} GB bought again (${after}) by another order, not ours`,
  renewed: ({ after }) => `renewed until ${beijingTime(after)}`,
  'renewed-by-other': ({ after }) => `renewed until ${beijingTime(after)} by another order, not ours`,
  settling: ({ orderStatus }) =>
    `order accepted, still running (status ${orderStatus ?? 'unknown'}); the next run looks again`,
  'order-awaits-person': ({ orderStatus }) =>
    `the order waits in the console for ${orderStatus === '1' ? 'payment' : 'review'}`,
  changed: ({ what }) => `changed since the plan: ${what}; the next run decides anew`,
  'price-rose': ({ planned, now }) => `the price rose from ¥${planned} to ¥${now} since the plan: nothing was ordered`,
  'other-order': ({ orderId }) => `another order is running on it (${orderId ?? 'unknown'})`,
  'handed-over': () => 'not started: the time of the run was used up; a later run goes on with it',
  'out-of-time': () => 'not started: the time of the run was used up',
  refused: ({ code, message }) => `refused by CTyun: ${message} (${code})`,
  'order-failed': ({ orderStatus }) => `the order failed (status ${orderStatus})`,
  credentials: ({ code }) => `the key was refused (${code})`,
  'not-sent': ({ code }) => `CTyun could not be reached, nothing was ordered (${code})`,
  'answer-lost': ({ code }) =>
    `the answer was lost (${code}); an order may run: the next run looks, and repeats it with the same token`,
  unconfirmed: () => 'the order has finished, but nothing has changed: look at it in the console',
  'under-way': ({ state, since }) => `an order of ours is under way on it (${state}, since ${beijingTime(since)})`,
  unsettled: ({ state, since }) => `begun ${beijingTime(since)}, stands at ${state}`,
  'in-hand': ({ until }) =>
    `another run is at work on it${until === null ? '' : `, until ${beijingTime(until)} at the latest`}`,
  'already-done': ({ at }) => `done already (${beijingTime(at)}), though CTyun still shows the old facts`,
  busy: ({ token }) => `something else of ours is under way on it (${token})`,
  'cap-reached': ({ cap }) => `other runs have used up the budget meanwhile (${cap})`,
  'switched-off': ({ mode }) => `the switch was turned to "${mode}"`,
  'gave-up': ({ attempts }) => `its order has failed ${attempts} times: look at it in the console`,
  'ledger-failed': ({ message }) => `${message}; what was sent, if anything, is found again by the next run`,
  'settling-long': ({ orderStatus }) =>
    `the order has not ended for hours (status ${orderStatus ?? 'unknown'}): look at it in the console`,
  'ask-a-person': ({ code }) =>
    `the answer was lost (${code}) and nobody can tell what became of it: look in the console, then say so with "resolve"`,
  'never-sent': () => 'an earlier run ended before it sent the order; the next plan decides anew',
  'happened-otherwise': () => 'an earlier run ended before it sent the order, and it has happened without it',
  unseen: ({ message }) => `could not be looked at: ${message}`,
  resized: ({ before, after }) => `bandwidth changed from ${before} to ${after} Mbps`,
  'resized-by-other': ({ before, after }) =>
    `bandwidth changed from ${before} to ${after} Mbps by another order, not ours`,
  released: ({ address }) => `${address} was given back; it does not come back`,
  'released-by-other': ({ address }) => `${address} is gone, not by us`,
  'bought-says-person': ({ who }) => `bought, says ${who}`,
  'not-bought-says-person': ({ who }) => `not bought, says ${who}`,
  crashed: ({ message }) => `an error of this software: ${message}`,
  'resize-asked': ({ before, after }) => `from ${before} to ${after} Mbps, as asked`,
  'shares-bandwidth': ({ id }) => `it shares a bandwidth (${id}); change that one`,
  'bandwidth-unknown': () => 'CTyun does not tell its bandwidth',
  'has-bandwidth': ({ mbps }) => `it has ${mbps} Mbps already`,
};
