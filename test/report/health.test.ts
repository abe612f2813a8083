import { describe, expect, it } from 'vitest';
import type { Outcome, Report } from '../../shared/model/report.ts';
import { type Health, healthOf } from '../../shared/report/health.ts';
import { langOf } from '../../shared/report/lang.ts';
import { item, report, result, target } from './samples.ts';

const CAP = { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const;
const acted = (state: Outcome['state'], code: string): Report =>
  report([item('act', 'due')], { outcomes: { 'token-main-eip-0000000001': result(state, code) } });
const broken = (mistake: boolean): Report =>
  report([], { targets: [target({ problem: { code: 'x', message: 'x', mistake } })] });

describe('the health of a run', () => {
  it.each<[string, Health, Report]>([
    ['nothing to do', 'ok', report([item('keep', 'not-due')])],
    ['renewed', 'ok', acted('done', 'renewed')],
    ['an order that still runs', 'ok', acted('ordered', 'settling')],
    ['an order that must be paid', 'failed', acted('ordered', 'order-awaits-person')],
    ['changed since', 'ok', acted('skipped', 'changed')],
    ['an order of another', 'ok', acted('skipped', 'other-order')],
    ['no time left, and a later run goes on', 'ok', acted('skipped', 'handed-over')],
    ['no time left', 'failed', acted('skipped', 'out-of-time')],
    ['no price at the last moment', 'failed', acted('skipped', 'no-quote')],
    ['a failure', 'failed', acted('failed', 'refused')],
    ['a lost answer', 'failed', acted('unknown', 'answer-lost')],
    ['an EIP in a passing state', 'ok', report([item('hold', 'state')])],
    ['an expired EIP that waits for a person', 'ok', report([item('hold', 'expired')])],
    ['a frozen one', 'ok', report([item('hold', 'frozen')])],
    ['no price', 'failed', report([item('hold', 'no-quote')])],
    ['an unreadable expiry', 'failed', report([item('hold', 'expiry-unreadable')])],
    ['a missing expiry', 'failed', report([item('hold', 'expiry-missing')])],
    ['a contradiction', 'failed', report([item('hold', 'expiry-contradicts-state')])],
    ['an unknown way of billing', 'failed', report([item('hold', 'billing-unknown')])],
    ['an EIP of two accounts', 'failed', report([item('hold', 'seen-twice')])],
    ['unreadable labels', 'failed', report([item('hold', 'labels-unreadable')])],
    ['a cap that held an apply', 'failed', report([item('act', 'due')], { held: [CAP] })],
    ['a cap over nothing to do', 'ok', report([item('keep', 'not-due')], { held: [CAP] })],
    ['an order that finished and moved nothing', 'failed', acted('unknown', 'unconfirmed')],
    ['an error of this software', 'failed', acted('unknown', 'crashed')],
    ['an order of another that was faster', 'ok', acted('done', 'renewed-by-other')],
    ['a price that rose', 'ok', acted('skipped', 'price-rose')],
    [
      'a wrong key next to a mere outage',
      'mistake',
      { ...broken(true), targets: [...broken(false).targets, ...broken(true).targets] },
    ],
    ['a plan with a wrong key', 'mistake', { ...broken(true), mode: 'plan' }],
    ['a cap that would hold, seen by a plan', 'ok', report([item('act', 'due')], { held: [CAP], mode: 'plan' })],
    ['a plan with doubtful data', 'ok', report([item('hold', 'no-quote')], { mode: 'plan' })],
    ['a target that could not be looked at', 'failed', broken(false)],
    ['a target with a wrong key', 'mistake', broken(true)],
    ['a plan of a target that could not be looked at', 'failed', { ...broken(false), mode: 'plan' }],
  ])('%s is %s', (_sentence, expected, made) => {
    expect(healthOf(made)).toBe(expected);
  });
});

describe('the language', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['ZH_TW', 'zh-CN'],
    ['zh_Hans_CN.UTF-8', 'zh-CN'],
    ['zhx', 'en'],
    ['POSIX', 'en'],
    ['en_US.UTF-8', 'en'],
    ['C', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%s is %s', (value, lang) => {
    expect(langOf(value)).toBe(lang);
  });
});
