import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleAsk } from '../../local/sample.ts';
import { readAlarm } from '../../shared/plan/alarm.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { readOrphansAsk } from '../../shared/plan/release-orphans.ask.ts';
import { readScaleAsk } from '../../shared/plan/scale-bandwidth.ask.ts';
import { readSettleAsk } from '../../shared/plan/settle-orders.ask.ts';

const samples = readdirSync('events').filter(file => file.startsWith('auto-renew.'));
const releasing = readdirSync('events').filter(file => file.startsWith('release-orphans.'));
const settling = readdirSync('events').filter(file => file.startsWith('settle-orders.'));

describe('every ask that we show', () => {
  it.each(samples)('events/%s is read, and changes nothing unless told to', file => {
    expect(readRenewAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8'))).mode).toBe('plan');
  });
  it.each(releasing)('events/%s is read, releases nothing, and has a grace and a warning', file => {
    const { mode, policy } = readOrphansAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8')));
    expect([mode, policy.graceHours, policy.warnHours]).toEqual(['plan', 168, 24]);
  });
  it.each(settling)('events/%s is read', file => {
    expect(readSettleAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8'))).policy.resend).toBe(true);
  });
  it('events/scale-bandwidth.schedule.json is read, and changes nothing unless told to', () => {
    const ask = readScaleAsk(JSON.parse(readFileSync('events/scale-bandwidth.schedule.json', 'utf8')));
    expect(ask).toMatchObject({ mode: 'plan', policy: { windows: [{ fromMinute: 510, toMinute: 1200 }] } });
  });
  it('events/scale-bandwidth.alarm.json names an EIP', () => {
    const { body } = JSON.parse(readFileSync('events/scale-bandwidth.alarm.json', 'utf8')) as { body: string };
    expect(readAlarm(body)).toEqual({ names: ['eip-sample0033', '203.0.113.42'], confirmUrl: null });
  });
  it('the sample of the embedded stack is read', () => {
    expect(readRenewAsk(sampleAsk).targets).toEqual([{ account: 'main', regions: ['*'] }]);
  });
});
