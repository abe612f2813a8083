import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleAsk } from '../../local/sample.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { readOrphansAsk } from '../../shared/plan/release-orphans.ask.ts';
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
  it('the sample of the embedded stack is read', () => {
    expect(readRenewAsk(sampleAsk).targets).toEqual([{ account: 'main', regions: ['*'] }]);
  });
});
