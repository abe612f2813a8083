import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { TABLE, TTL_ATTRIBUTE } from '../../shared/ledger/schema.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { readChatAsk } from '../../shared/plan/chat-ops.ask.ts';
import { readOrphansAsk } from '../../shared/plan/release-orphans.ask.ts';
import { readScaleAsk } from '../../shared/plan/scale-bandwidth.ask.ts';
import { readSettleAsk } from '../../shared/plan/settle-orders.ask.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };
let resources: Record<string, Resource>;

beforeAll(() => {
  const { PATH = '', HOME = '' } = process.env;
  // No AWS credentials in sight: packaging must not need any.
  execFileSync('node_modules/.bin/serverless', ['package'], {
    env: { PATH, HOME, BUNDLES_ARE_BUILT: 'yes' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const template = readFileSync('.serverless/cloudformation-template-update-stack.json', 'utf8');
  resources = (JSON.parse(template) as { Resources: Record<string, Resource> }).Resources;
}, 120_000);

const ofType = (type: string): Resource[] => Object.values(resources).filter(resource => resource.Type === type);

describe('what would be deployed', () => {
  it('every function on Node 24', () => {
    expect(ofType('AWS::Lambda::Function').map(({ Properties }) => [Properties.Runtime, Properties.Handler])).toEqual([
      ['nodejs24.x', 'dist/auto-renew/index.handler'],
      ['nodejs24.x', 'dist/scale-bandwidth/index.handler'],
      ['nodejs24.x', 'dist/release-orphans/index.handler'],
      ['nodejs24.x', 'dist/settle-orders/index.handler'],
      ['nodejs24.x', 'dist/bind-on-webhook/index.handler'],
      ['nodejs24.x', 'dist/chat-ops/index.handler'],
    ]);
  });
  it('a schedule by the clock of Beijing, whose input is an ask that only plans', () => {
    const [schedule] = ofType('AWS::Scheduler::Schedule');
    expect(schedule?.Properties.ScheduleExpressionTimezone).toBe('Asia/Shanghai');
    const { Input } = (schedule?.Properties.Target ?? {}) as { Input: string };
    expect(Input).toContain('<aws.scheduler.scheduled-time>');
    const ask = readRenewAsk(JSON.parse(Input.replace('<aws.scheduler.scheduled-time>', '2026-11-24T02:00:00Z')));
    expect(ask).toMatchObject({ mode: 'plan', policy: { onlyBound: true }, targets: [{ regions: ['*'] }] });
  });
  it('release-orphans once a day, as a plan with a grace and a warning', () => {
    const schedule = ofType('AWS::Scheduler::Schedule').find(one => JSON.stringify(one).includes('graceHours'));
    expect(schedule?.Properties.ScheduleExpressionTimezone).toBe('Asia/Shanghai');
    const { Input } = (schedule?.Properties.Target ?? {}) as { Input: string };
    const ask = readOrphansAsk(JSON.parse(Input.replace('<aws.scheduler.scheduled-time>', '2026-11-24T02:00:00Z')));
    expect(ask).toMatchObject({ mode: 'plan', policy: { graceHours: 168, warnHours: 24 }, limits: { maxActions: 10 } });
  });
  it('the ledger as the code has it, that can be restored and is not deleted by accident', () => {
    const [table] = ofType('AWS::DynamoDB::Table');
    expect(table?.Properties).toMatchObject({
      ...TABLE,
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
    });
    expect(table).toMatchObject({ DeletionPolicy: 'Retain' });
  });
  it('scale-bandwidth every five minutes, as a plan, and on alarms that nobody can lose', () => {
    const schedule = ofType('AWS::Scheduler::Schedule').find(
      one => one.Properties.ScheduleExpression === 'rate(5 minutes)',
    );
    const { Input } = (schedule?.Properties.Target ?? {}) as { Input: string };
    const ask = readScaleAsk(JSON.parse(Input.replace('<aws.scheduler.scheduled-time>', '2026-11-24T02:00:00Z')));
    expect(ask).toMatchObject({ mode: 'plan', policy: { return: 'auto', cooldownMinutes: 30 } });
    expect(ofType('AWS::ApiGatewayV2::Route')[0]?.Properties.RouteKey).toBe('POST /alarm/{token}');
    expect(ofType('AWS::Lambda::EventSourceMapping')[0]?.Properties).toMatchObject({
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const queue = resources.Alarms?.Properties as { VisibilityTimeout: number; RedrivePolicy: object };
    const scale = ofType('AWS::Lambda::Function').find(({ Properties }) => /scale/.test(String(Properties.Handler)));
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(scale?.Properties.Timeout));
    expect(queue.RedrivePolicy).toMatchObject({ maxReceiveCount: 3 });
    expect(JSON.stringify(scale?.Properties.Environment)).toContain('QUEUE_URL');
  });
  it('settle-orders every ten minutes, allowed to finish what was begun', () => {
    const schedule = ofType('AWS::Scheduler::Schedule').find(
      one => one.Properties.ScheduleExpression === 'rate(10 minutes)',
    );
    const { Input } = (schedule?.Properties.Target ?? {}) as { Input: string };
    const ask = readSettleAsk(JSON.parse(Input.replace('<aws.scheduler.scheduled-time>', '2026-11-24T02:00:00Z')));
    expect(ask).toMatchObject({ mode: 'apply', policy: { resend: true } });
  });
  it('three routes for webhooks, and the queue that goes on, one message at a time', () => {
    expect(ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey)).toEqual([
      'POST /alarm/{token}',
      'POST /bind',
      'POST /unbind',
      'GET /requests/{id}',
      'POST /chat/{provider}',
      'GET /chat/wecom',
    ]);
    expect(ofType('AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties)).toMatchObject([
      { BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'] },
      { BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] },
      { BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    ]);
    // Two functions on one queue would take each other's messages: each has its own, and its own dead letters.
    expect(ofType('AWS::SQS::Queue')).toHaveLength(6);
  });
  it('chat-ops behind an HTTP API and a queue, letting nobody in until channels are named', () => {
    expect(resources.ChatWork?.Properties).toMatchObject({ SqsManagedSseEnabled: true, VisibilityTimeout: 360 });
    const fn = ofType('AWS::Lambda::Function').find(
      ({ Properties }) => Properties.Handler === 'dist/chat-ops/index.handler',
    );
    const { Variables } = fn!.Properties.Environment as { Variables: { CHAT_SETTINGS: string } };
    expect(readChatAsk(JSON.parse(Variables.CHAT_SETTINGS)).policy.channels).toEqual([]);
  });
  it('a role that reads the secrets of CTyun and no others', () => {
    const statements = JSON.stringify(ofType('AWS::IAM::Role').map(({ Properties }) => Properties.Policies));
    expect(statements).toContain('secretsmanager:GetSecretValue');
    expect(statements).toContain('secret:ctyun/*');
    expect(statements).not.toContain('"Resource":"*"');
  });
});
