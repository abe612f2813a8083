import { describe, expect, it } from 'vitest';
import { readBindSettings } from '../../shared/edge/bind-settings.ts';

const QUEUE = { WORK_QUEUE_URL: 'https://sqs.invalid/1/work' };

describe('the settings of webhooks', () => {
  it('are narrow by default: nothing may be bound, and only signatures that cover the time are taken', () => {
    expect(readBindSettings(QUEUE)).toEqual({
      targets: [],
      schemes: ['standard'],
      secretPrefix: 'webhook/',
      queueUrl: QUEUE.WORK_QUEUE_URL,
    });
  });
  it('name every problem at once', () => {
    const wrong = {
      BIND_TARGETS: '[{"account":"main","region":"","extra":1}]',
      WEBHOOK_SCHEMES: 'standard,basic',
      WEBHOOK_SECRET_PREFIX: 'a b',
    };
    expect(() => readBindSettings(wrong)).toThrow(
      /BIND_TARGETS: \[0\].region: must not be empty; BIND_TARGETS: \[0\].name: is missing \(string\); BIND_TARGETS: \[0\].extra: unknown key; WEBHOOK_SCHEMES must be some of standard, github, bearer, separated by commas; WEBHOOK_SECRET_PREFIX must be .*; WORK_QUEUE_URL must be/,
    );
  });
  it.each(['{', '{}', '"main"'])('BIND_TARGETS that is no list is said to be none: %s', text => {
    expect(() => readBindSettings({ ...QUEUE, BIND_TARGETS: text })).toThrow('BIND_TARGETS: it: must be a list');
  });
});
