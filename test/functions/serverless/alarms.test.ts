import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Compiled, compiled, GLOBAL, removePackages } from './compiled.ts';

type Alarm = {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly Statistic: string;
  readonly ComparisonOperator: string;
  readonly TreatMissingData: string;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
  readonly ActionsEnabled?: boolean;
};

let prod: Compiled;
let alarms: readonly (Alarm & { readonly id: string })[];
beforeAll(async () => {
  prod = await compiled('prod', GLOBAL);
  alarms = prod.ofType('AWS::CloudWatch::Alarm').map(({ id, Properties }) => ({ ...(Properties as Alarm), id }));
}, 120_000);
afterAll(removePackages);

/** Of what there are alarms on a metric: a function, a queue or an API. */
const watched = (metric: string): readonly string[] =>
  alarms
    .filter(({ Namespace, MetricName }) => `${Namespace} ${MetricName}` === metric)
    .map(({ Dimensions }) => Dimensions.at(-1)!.Value.replace('eip-autopilot-prod-', ''));
const FUNCTIONS = [
  ...['auto-renew', 'scale-bandwidth', 'release-orphans', 'chat-ops', 'settle-orders', 'bind-on-webhook'],
];
const SCHEDULED = ['auto-renew', 'scale-bandwidth', 'release-orphans', 'settle-orders'];

describe('alarms', () => {
  it('all tell the topic when they begin; when they end, but for what happened and is not over', () => {
    expect(alarms).toHaveLength(35);
    const events = /(?:AutoRenew|ScaleBandwidth|ReleaseOrphans)(?:Held|NearCap)$|^(?:ChatOps|BindOnWebhook)Failed$/;
    for (const { id, AlarmActions, OKActions } of alarms)
      expect([id, AlarmActions, OKActions]).toEqual([id, ['AlarmTopic'], events.test(id) ? [] : ['AlarmTopic']]);
  });
  it('are told once of what every run of a frequent schedule meets', () => {
    const often = Math.max(
      ...schedules()
        .map(everySeconds)
        .filter(seconds => seconds < 3600),
    );
    for (const { MetricName, Period, Threshold } of alarms.filter(one => one.MetricName !== 'Heartbeat'))
      expect([MetricName, Period > often, Threshold > 0]).toEqual([MetricName, true, true]);
  });
  it.each<[string, readonly string[]]>([
    ['AWS/Lambda Errors', FUNCTIONS],
    ['AWS/Lambda Throttles', FUNCTIONS],
    ['AWS/SQS ApproximateNumberOfMessagesVisible', ['RunsFailed', 'WorkFailed', 'ChatWorkFailed', 'InvocationsFailed']],
    [
      'AWS/SQS ApproximateAgeOfOldestMessage',
      ['RenewRuns', 'ScaleRuns', 'OrphanRuns', 'SettleRuns', 'Work', 'ChatWork'],
    ],
    ['EipAutopilot HeldPlans', ['auto-renew', 'scale-bandwidth', 'release-orphans']],
    ['EipAutopilot UnknownOldOrders', ['settle-orders']],
    ['EipAutopilot SpendOfCapPercent', ['auto-renew', 'scale-bandwidth']],
    ['EipAutopilot Failed', ['chat-ops', 'bind-on-webhook']],
    ['EipAutopilot Heartbeat', SCHEDULED],
    ['AWS/ApiGateway 5xx', ['HttpApi']],
  ])('watch %s', (metric, what) => {
    expect(watched(metric).toSorted()).toEqual([...what].toSorted());
  });
  it('watch every queue: its age, or that it is empty', () => {
    const queues = prod.ofType('AWS::SQS::Queue').map(({ id }) => id);
    const dead = queues.filter(id => id.endsWith('Failed'));
    expect(watched('AWS/SQS ApproximateNumberOfMessagesVisible').toSorted()).toEqual(dead.toSorted());
    expect(watched('AWS/SQS ApproximateAgeOfOldestMessage').toSorted()).toEqual(
      queues.filter(id => !dead.includes(id)).toSorted(),
    );
  });
  it('on metrics of ours have the two dimensions that these are written with', () => {
    for (const { Namespace, Dimensions } of alarms.filter(one => one.Namespace === 'EipAutopilot')) {
      const [service, fn] = Dimensions;
      expect([Namespace, service, fn?.Name]).toEqual([
        ...['EipAutopilot', { Name: 'service', Value: 'eip-autopilot-prod' }, 'function'],
      ]);
    }
  });
  it('look no further back than CloudWatch allows: a day, or a week in periods of an hour', () => {
    for (const { Period, EvaluationPeriods } of alarms)
      expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 7 * 86_400);
  });
  it.each(SCHEDULED)('notice that %s was not seen: after its schedule, and not long after', name => {
    const schedule = prod.ofType('AWS::Scheduler::Schedule').find(one => String(one.Properties.Name).endsWith(name))!;
    const every = everySeconds(String(schedule.Properties.ScheduleExpression));
    const alarm = alarms.find(one => one.MetricName === 'Heartbeat' && one.Dimensions.at(-1)?.Value === name)!;
    expect(alarm).toMatchObject({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' });
    expect(alarm).toMatchObject({ Threshold: 1, Statistic: 'Sum', ActionsEnabled: true });
    // A run may end an hour later than the one before it; every run of the frequent ones ends within its period.
    const seconds = alarm.Period * alarm.EvaluationPeriods;
    expect(seconds).toBeGreaterThan(every + Math.min(every, 3600));
    expect(seconds).toBeLessThanOrEqual(Math.max(every + 2 * 3600, 1800));
  });
  it('are all in the guide, by their kind', () => {
    const guide = readFileSync('local/operate.md', 'utf8');
    const kinds = [...guide.matchAll(/^\| `…([A-Za-z]+)` \|/gm)].map(match => match[1]!);
    expect(alarms.filter(({ id }) => !kinds.some(kind => id.endsWith(kind))).map(({ id }) => id)).toEqual([]);
    expect(kinds.filter(kind => !alarms.some(({ id }) => id.endsWith(kind)))).toEqual([]);
  });
});

const schedules = (): string[] =>
  prod.ofType('AWS::Scheduler::Schedule').map(({ Properties }) => String(Properties.ScheduleExpression));
const everySeconds = (rate: string): number => {
  const [, minutes] = /^rate\((\d+) minutes\)$/.exec(rate) ?? [];
  return minutes === undefined ? 86_400 : Number(minutes) * 60;
};

describe('the topic', () => {
  it('may be written to by the alarms of this account, and is not encrypted with a key they may not use', () => {
    expect(prod.resources.AlarmTopic?.Properties).not.toHaveProperty('KmsMasterKeyId');
    const [policy] = prod.ofType('AWS::SNS::TopicPolicy');
    expect(policy?.Properties).toMatchObject({
      Topics: ['AlarmTopic'],
      PolicyDocument: {
        Statement: [
          {
            ...{ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    });
  });
});

describe('the dashboard', () => {
  it('has a row for each question, and shows every metric that an alarm watches', () => {
    const [dashboard] = prod.ofType('AWS::CloudWatch::Dashboard');
    const body = String(dashboard?.Properties.DashboardBody);
    const { widgets } = JSON.parse(body) as { widgets: { x: number; y: number; width: number }[] };
    expect(new Set(widgets.map(({ y }) => y)).size).toBe(6);
    for (const row of new Set(widgets.map(({ y }) => y)))
      expect(widgets.filter(({ y }) => y === row).reduce((sum, { width }) => sum + width, 0)).toBe(24);
    expect([...new Set(alarms.map(one => one.MetricName))].filter(name => !body.includes(name))).toEqual([]);
    expect(body).toContain('service=\\"eip-autopilot-prod\\"');
    expect(body).toContain(`\${PROP('Dim.function')}`);
  });
});
