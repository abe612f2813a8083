import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleAsk } from '../../local/sample.ts';
import { decodeHttpEvent } from '../../shared/edge/http-event.ts';
import { verifyStandardWebhook } from '../../shared/edge/standard-webhooks.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { readBindRequest, readUnbindRequest } from '../../shared/plan/bind-on-webhook.ask.ts';
import { readSettleAsk } from '../../shared/plan/settle-orders.ask.ts';

const samples = readdirSync('events').filter(file => file.startsWith('auto-renew.'));
const hooks = readdirSync('events').filter(file => file.startsWith('bind-on-webhook.'));
const settling = readdirSync('events').filter(file => file.startsWith('settle-orders.'));

describe('every ask that we show', () => {
  it.each(samples)('events/%s is read, and changes nothing unless told to', file => {
    expect(readRenewAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8'))).mode).toBe('plan');
  });
  it.each(settling)('events/%s is read', file => {
    expect(readSettleAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8'))).policy.resend).toBe(true);
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
