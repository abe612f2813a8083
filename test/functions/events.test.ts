import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleAsk } from '../../local/sample.ts';
import { decodeHttpEvent } from '../../shared/edge/http-event.ts';
import { verifyStandardWebhook } from '../../shared/edge/standard-webhooks.ts';
import { readAlarm } from '../../shared/plan/alarm.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { readBindRequest, readUnbindRequest } from '../../shared/plan/bind-on-webhook.ask.ts';
import { readOrphansAsk } from '../../shared/plan/release-orphans.ask.ts';
import { readScaleAsk } from '../../shared/plan/scale-bandwidth.ask.ts';
import { readSettleAsk } from '../../shared/plan/settle-orders.ask.ts';

const samples = readdirSync('events').filter(file => file.startsWith('auto-renew.'));
const releasing = readdirSync('events').filter(file => file.startsWith('release-orphans.'));
const hooks = readdirSync('events').filter(file => file.startsWith('bind-on-webhook.'));
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
    // A window raises what nobody has asked for: whoever wants one says so.
    expect(ask).toMatchObject({ mode: 'plan', policy: { windows: [] } });
  });
  it('events/scale-bandwidth.windows.json shows a window', () => {
    const ask = readScaleAsk(JSON.parse(readFileSync('events/scale-bandwidth.windows.json', 'utf8')));
    expect(ask).toMatchObject({ mode: 'plan', policy: { windows: [{ fromMinute: 510, toMinute: 1200 }] } });
  });
  it('events/scale-bandwidth.alarm.json names an EIP', () => {
    const { body } = JSON.parse(readFileSync('events/scale-bandwidth.alarm.json', 'utf8')) as { body: string };
    expect(readAlarm(body)).toEqual({ names: ['eip-sample0033', '203.0.113.42'], confirmUrl: null });
  });
  it.each(hooks)('events/%s is signed by the sample secret, and read', file => {
    const request = decodeHttpEvent(JSON.parse(readFileSync(`events/${file}`, 'utf8')));
    if ('kind' in request) throw new Error(request.code);
    const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];
    expect(verifyStandardWebhook(request, secrets, new Date('2026-11-24T02:00:00Z')).kind).toBe('authentic');
    const read = request.path === '/bind' ? readBindRequest : readUnbindRequest;
    expect(read(JSON.parse(request.body.toString()))).toMatchObject({ account: 'main' });
  });
  it('there is a webhook for each way to ask', () => expect(hooks).toHaveLength(4));
  it('the sample of the embedded stack is read', () => {
    expect(readRenewAsk(sampleAsk).targets).toEqual([{ account: 'main', regions: ['*'] }]);
  });
});
