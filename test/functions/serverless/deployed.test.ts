import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE, TTL_ATTRIBUTE } from '../../../shared/ledger/schema.ts';
import { readRenewAsk } from '../../../shared/plan/auto-renew.ask.ts';
import { readChatAsk } from '../../../shared/plan/chat-ops.ask.ts';
import { readOrphansAsk } from '../../../shared/plan/release-orphans.ask.ts';
import { readScaleAsk } from '../../../shared/plan/scale-bandwidth.ask.ts';
import { readSettleAsk } from '../../../shared/plan/settle-orders.ask.ts';
import { CHINA, type Compiled, compiled, removePackages } from './compiled.ts';
import { namesIn } from './zip.ts';

/** Function, its queue, timeout and the queue's dead letters; in the README's order. */
const FUNCTIONS = [
  ['auto-renew', 'RenewRuns', 300, 'RunsFailed'],
  ['scale-bandwidth', 'ScaleRuns', 300, 'RunsFailed'],
  ['release-orphans', 'OrphanRuns', 300, 'RunsFailed'],
  ['chat-ops', 'ChatWork', 120, 'ChatWorkFailed'],
  ['settle-orders', 'SettleRuns', 300, 'RunsFailed'],
  ['bind-on-webhook', 'Work', 60, 'WorkFailed'],
] as const;
const NAMES = FUNCTIONS.map(([name]) => name);
const SCHEDULES = [
  ['auto-renew', 'cron(0 10 * * ? *)', 'plan', readRenewAsk],
  ['scale-bandwidth', 'rate(5 minutes)', 'plan', readScaleAsk],
  ['release-orphans', 'cron(0 11 * * ? *)', 'plan', readOrphansAsk],
  ['settle-orders', 'rate(10 minutes)', 'apply', readSettleAsk],
] as const;
const SLOT = '<aws.scheduler.scheduled-time>';
const arn = (queue: string): string => `arn:aws-cn:sqs:cn-northwest-1:111122223333:${queue}`;

let prod: Compiled;
beforeAll(async () => {
  prod = await compiled('prod', CHINA);
}, 120_000);
afterAll(removePackages);

const lambdaOf = (name: string) =>
  prod
    .ofType('AWS::Lambda::Function')
    .find(({ Properties }) => Properties.FunctionName === `eip-autopilot-prod-${name}`)!;
const variablesOf = (name: string) =>
  (lambdaOf(name).Properties.Environment as { Variables: Record<string, string> }).Variables;

describe('functions', () => {
  it('are all there, in the order of the README, and of events and code', () => {
    const handlers = prod.ofType('AWS::Lambda::Function').map(({ Properties }) => Properties.Handler);
    expect(handlers).toEqual(NAMES.map(name => `dist/${name}/index.handler`));
    const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| .* \| .* \|$/gm)].map(
      row => row[1],
    );
    expect(rows.filter(row => NAMES.some(name => name === row))).toEqual(NAMES);
  });
  it.each(FUNCTIONS)('%s: Node 24 on arm64, its own role and queue, logs that end', (name, queue, timeout) => {
    expect(lambdaOf(name).Properties).toMatchObject({
      ...{ Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: 512, Timeout: timeout },
    });
    expect(lambdaOf(name).Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(variablesOf(name)).toMatchObject({ STAGE: 'prod', LEDGER_TABLE: 'Ledger' });
    expect(variablesOf(name)).toHaveProperty('POWERTOOLS_SERVICE_NAME', 'eip-autopilot-prod');
    const { QUEUE_URL, WORK_QUEUE_URL } = variablesOf(name);
    expect(QUEUE_URL ?? WORK_QUEUE_URL).toBe(`https://sqs.cn-northwest-1.amazonaws.com.cn/111122223333/${queue}`);
    const logs = prod.ofType('AWS::Logs::LogGroup').map(({ Properties }) => Properties);
    expect(logs).toContainEqual({ LogGroupName: `/aws/lambda/eip-autopilot-prod-${name}`, RetentionInDays: 90 });
  });
  it.each(NAMES)('%s is packed alone', name => {
    expect(namesIn(prod.archive(name)).toSorted()).toEqual([
      ...[`dist/${name}/index.mjs`, `dist/${name}/index.mjs.map`],
    ]);
  });
  it.each(NAMES)('%s may go on by its own queue for as long as it takes', name => {
    // Lambda ends a chain of a function and its queue after sixteen links; a digest of chat-ops may need ninety-six.
    expect(lambdaOf(name).Properties.RecursiveLoop).toBe('Allow');
  });
  it('chat-ops lets nobody in until channels are named', () => {
    expect(readChatAsk(JSON.parse(variablesOf('chat-ops').CHAT_SETTINGS!)).policy.channels).toEqual([]);
    expect(variablesOf('bind-on-webhook').BIND_TARGETS).toBe('[]');
  });
});

describe('schedules', () => {
  it.each(SCHEDULES)('%s at %s, Beijing time, with the ask of events/ and its slot', (name, rate, mode, read) => {
    const schedule = prod.ofType('AWS::Scheduler::Schedule').find(one => String(one.Properties.Name).endsWith(name))!;
    expect(schedule.Properties).toMatchObject({ ScheduleExpression: rate, State: 'ENABLED' });
    expect(schedule.Properties.ScheduleExpressionTimezone).toBe('Asia/Shanghai');
    const target = schedule.Properties.Target as { Input: string };
    expect(target).toMatchObject({
      Arn: `arn:aws-cn:lambda:cn-northwest-1:111122223333:function:eip-autopilot-prod-${name}`,
      RoleArn: 'arn:aws-cn:iam::111122223333:role/SchedulerRole',
      RetryPolicy: { MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: arn('InvocationsFailed') },
    });
    const { slot, ...ask } = JSON.parse(target.Input) as Record<string, unknown>;
    const { slot: _, ...shown } = JSON.parse(readFileSync(`events/${name}.schedule.json`, 'utf8')) as typeof ask;
    expect([slot, ask]).toEqual([SLOT, shown]);
    expect(read({ ...ask, slot: '2026-11-24T02:00:00Z' })).toMatchObject({ mode, targets: [{ regions: ['*'] }] });
  });
  it('failed runs are not repeated at once, and kept with what they were asked', () => {
    const configs = prod.ofType('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    expect(configs.map(({ FunctionName }) => FunctionName)).toEqual(
      SCHEDULES.map(([name]) => `eip-autopilot-prod-${name}`),
    );
    for (const config of configs)
      expect(config).toMatchObject({
        ...{ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 },
        DestinationConfig: { OnFailure: { Destination: arn('InvocationsFailed') } },
      });
  });
});

describe('queues', () => {
  it.each(FUNCTIONS)('%s takes one message of %s at a time, a few at once', (name, queue, timeout, failed) => {
    const sources = prod.ofType('AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);
    const mine = sources.filter(({ FunctionName }) => String(FunctionName).endsWith(`:eip-autopilot-prod-${name}`));
    expect(mine).toMatchObject([
      {
        ...{ EventSourceArn: arn(queue), BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] },
        ScalingConfig: { MaximumConcurrency: 5 },
      },
    ]);
    const { VisibilityTimeout, RedrivePolicy } = prod.resources[queue]!.Properties;
    expect(Number(VisibilityTimeout)).toBeGreaterThanOrEqual(6 * timeout);
    expect(RedrivePolicy).toEqual({
      deadLetterTargetArn: arn(failed),
      maxReceiveCount: name === 'bind-on-webhook' ? 10 : 3,
    });
  });
  it('are encrypted, and keep what failed for fourteen days', () => {
    const queues = prod.ofType('AWS::SQS::Queue');
    expect(queues).toHaveLength(10);
    for (const { id, Properties } of queues) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      if (id.endsWith('Failed')) expect(Properties.MessageRetentionPeriod).toBe(14 * 86_400);
      else expect(Number(Properties.MessageRetentionPeriod)).toBeLessThan(14 * 86_400);
    }
  });
});

it('the ledger as the code has it, that can be restored and is not deleted by accident', () => {
  const [table] = prod.ofType('AWS::DynamoDB::Table');
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table?.Properties).toMatchObject({
    ...TABLE,
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
  });
});
