import { beijingTime, oneDecimal } from './format.ts';
import type { Sentence } from './words.ts';

type Fact = Parameters<Sentence>[0][string] | undefined;

const days = (hours: Fact): string => `${oneDecimal(Number(hours) / 24)} 天`;
const cost = (perMonth: Fact): string =>
  perMonth === null || perMonth === undefined ? '费用未知' : `每月 ¥${perMonth}`;

const WITNESSES: Readonly<Record<string, string>> = {
  eip: '已绑定',
  snat: 'SNAT 规则',
  dnat: 'DNAT 规则',
  'load-balancer': '负载均衡',
  'virtual-ip': '虚拟 IP',
  port: '网卡',
  instance: '云主机',
};
const witness = (name: Fact): string => WITNESSES[String(name)] ?? String(name);

/** The reasons of release-orphans. */
export const chineseOrphans: Readonly<Record<string, Sentence>> = {
  orphan: ({ ageHours, perMonth, warnedAt }) =>
    `已闲置 ${days(ageHours)}${warnedAt ? `，已于 ${beijingTime(warnedAt)} 预警` : ''}：释放后无法恢复（${cost(perMonth)}）`,
  idle: ({ ageHours, deadline, perMonth }) =>
    `已闲置 ${days(ageHours)}（${cost(perMonth)}），最早于 ${beijingTime(deadline)} 释放；如需保留请打上豁免标签`,
  'idle-warned': ({ ageHours, deadline, perMonth }) =>
    `预警：已闲置 ${days(ageHours)}（${cost(perMonth)}），将在 ${beijingTime(deadline)} 之后释放；如需保留请打标签或绑定`,
  'idle-periodic': ({ daysLeft, expiresAt }) =>
    `闲置，包年包月还剩 ${oneDecimal(daysLeft)} 天（至 ${beijingTime(expiresAt)}），仅报告`,
  'idle-not-asked': () => '闲置，但请求不释放此计费方式的弹性公网IP',
  'expired-idle': ({ expiresAt }) => `闲置，且已到期（${beijingTime(expiresAt)}）`,
  'seen-once': () => '闲置，但只看到过一次，下次运行再次确认',
  'in-use': ({ witness: name, by }) => `使用中：${witness(name)} ${by}`,
  'exempt-address': () => '地址在豁免名单中',
  'address-missing': () => '未返回地址',
  'witness-unreadable': ({ witness: name, why }) => `无法确认是否被使用（${name}）：${why}`,
  'memory-unreadable': ({ why }) => `无法读取闲置起始时间：${why}`,
  'dns-points-here': ({ name }) => `域名 ${name} 仍指向该地址`,
  'dns-unreadable': ({ why }) => `无法查询指向该地址的域名：${why}`,
  'inventory-floor': ({ seen, floor }) => `只看到 ${seen} 个弹性公网IP，少于 ${floor} 个，列表不可信`,
  'unbound-jump': ({ before, now, limit }) =>
    `闲置比例自上次运行从 ${before}% 升至 ${now}%（上限 ${limit} 个百分点），暂不采信`,
  'look-slow': ({ seconds }) => `最后一次查看耗时 ${seconds} 秒，已不足为凭，下次运行重试`,
};
