import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleAsk } from '../../local/sample.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';

const samples = readdirSync('events').filter(file => file.startsWith('auto-renew.'));

describe('every ask that we show', () => {
  it.each(samples)('events/%s is read, and changes nothing unless told to', file => {
    expect(readRenewAsk(JSON.parse(readFileSync(`events/${file}`, 'utf8'))).mode).toBe('plan');
  });
  it('the sample of the embedded stack is read', () => {
    expect(readRenewAsk(sampleAsk).targets).toEqual([{ account: 'main', regions: ['*'] }]);
  });
});
