import { canonicalAddress } from '../model/address.ts';
import type { EipRef, TARGET_TYPES } from '../model/bind-request.ts';
import type { Switch } from '../model/control.ts';
import { folded, type Token } from './commands-tokens.ts';

/** `eip-` and letters or digits: an id. What looks like an address must be one. Anything else is a name, as it is written. */
export function readEip({ text, quoted }: Token): EipRef | undefined {
  if (quoted) return named(text);
  const plain = folded(text).replaceAll('。', '.');
  if (/^eip-[0-9a-z]{6,64}$/.test(plain)) return { by: 'id', value: plain };
  if (/^[0-9.]+$/.test(plain) || /^[0-9a-f]*:[0-9a-f:.]+$/.test(plain)) {
    const value = canonicalAddress(plain);
    return value === null ? undefined : { by: 'address', value };
  }
  return named(text);
}

/** Longer than CTyun lets a name be. */
const named = (text: string): EipRef | undefined =>
  text.length > 128 ? undefined : { by: 'name', value: text.normalize('NFC') };

/** A pattern of names; a Chinese keyboard has its own star and question mark. */
export const readPattern = (text: string): string => text.normalize('NFC').replaceAll('＊', '*').replaceAll('？', '?');

/** A whole number of days, 0 to 366, with or without its unit. */
export const readDays = (text: string): number | undefined =>
  bounded(/^(\d{1,3})(?:d|days?|天|日)?(?:内|以内)?$/.exec(folded(text))?.[1], 0, 366);

/** A whole number of Mbit/s, 1 to 10000; the plan compares it with what the region sells. */
export const readMbps = (text: string): number | undefined =>
  bounded(/^(\d{1,5})(?:m|mb|mbps|mbit\/s|兆)?$/.exec(folded(text))?.[1], 1, 10_000);

function bounded(digits: string | undefined, from: number, to: number): number | undefined {
  const value = Number(digits);
  return digits !== undefined && value >= from && value <= to ? value : undefined;
}

/** At least twelve digits of a plan's hash, so that nobody can make another plan that begins alike; `#` may stand before it. */
export const readHash = (text: string): string | undefined => /^#?([0-9a-f]{12,64})$/.exec(folded(text))?.[1];

const TYPES: Readonly<Record<string, (typeof TARGET_TYPES)[number]>> = {
  vm: 'vm',
  云主机: 'vm',
  主机: 'vm',
  vip: 'vip',
  虚拟ip: 'vip',
  baremetal: 'baremetal',
  bm: 'baremetal',
  物理机: 'baremetal',
  裸金属: 'baremetal',
  port: 'port',
  网卡: 'port',
  端口: 'port',
};

export const readTargetType = (text: string) => (Object.hasOwn(TYPES, folded(text)) ? TYPES[folded(text)] : undefined);

const MODES = {
  off: ['off', '关', '关闭', '停', '停用'],
  plan: ['plan', '计划', '仅计划'],
  apply: ['apply', '执行', '应用', '开启'],
} as const;

export const MODE_WORDS: readonly string[] = Object.values(MODES).flat();

export function readMode(text: string): Switch | undefined {
  const word = folded(text);
  const modes = ['off', 'plan', 'apply'] as const;
  return modes.find(mode => MODES[mode].some(each => each === word));
}
