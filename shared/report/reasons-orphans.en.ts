import { beijingTime, oneDecimal } from './format.ts';
import type { Sentence } from './words.ts';

type Fact = Parameters<Sentence>[0][string] | undefined;

const days = (hours: Fact): string => `${oneDecimal(Number(hours) / 24)} days`;
const cost = (perMonth: Fact): string =>
  perMonth === null || perMonth === undefined ? 'cost unknown' : `¥${perMonth} a month`;

const WITNESSES: Readonly<Record<string, string>> = {
  eip: 'bound',
  snat: 'in SNAT rule',
  dnat: 'in DNAT rule',
  'load-balancer': 'on load balancer',
  'virtual-ip': 'on virtual IP',
  port: 'on NIC',
  instance: 'on instance',
};
const witness = (name: Fact): string => WITNESSES[String(name)] ?? String(name);

/** The reasons of release-orphans. */
export const englishOrphans: Readonly<Record<string, Sentence>> = {
  orphan: ({ ageHours, perMonth, warnedAt }) =>
    `unused for ${days(ageHours)}${warnedAt ? `, warned ${beijingTime(warnedAt)}` : ''}: release it, which cannot be undone (${cost(perMonth)})`,
  idle: ({ ageHours, deadline, perMonth }) =>
    `unused for ${days(ageHours)} (${cost(perMonth)}); released at the earliest ${beijingTime(deadline)}; label it to keep it`,
  'idle-warned': ({ ageHours, deadline, perMonth }) =>
    `WARNING: unused for ${days(ageHours)} (${cost(perMonth)}), will be released after ${beijingTime(deadline)}; label or bind it to keep it`,
  'idle-periodic': ({ daysLeft, expiresAt }) =>
    `unused, paid for ${oneDecimal(daysLeft)} more days (until ${beijingTime(expiresAt)}); only reported`,
  'idle-not-asked': () => 'unused; the ask does not release EIPs billed this way',
  'expired-idle': ({ expiresAt }) => `unused, and its term is over (${beijingTime(expiresAt)})`,
  'seen-once': () => 'unused, but seen so only once; the next run sees it again',
  'in-use': ({ witness: name, by }) => `in use: ${witness(name)} ${by}`,
  'exempt-address': () => 'exempt by its address',
  'address-missing': () => 'its address is not told',
  'witness-unreadable': ({ witness: name, why }) => `who uses it could not be read (${name}): ${why}`,
  'memory-unreadable': ({ why }) => `since when it is unused could not be read: ${why}`,
  'dns-points-here': ({ name }) => `the name ${name} points at it`,
  'dns-unreadable': ({ why }) => `which names point at it could not be asked: ${why}`,
  'inventory-floor': ({ seen, floor }) => `only ${seen} EIPs were seen, fewer than ${floor}: the list is not believed`,
  'unbound-jump': ({ before, now, limit }) =>
    `the unused share rose from ${before}% to ${now}% since the last run (limit ${limit} points): not believed yet`,
  'look-slow': ({ seconds }) => `the last look took ${seconds} s, too long to rest on; the next run tries again`,
};
