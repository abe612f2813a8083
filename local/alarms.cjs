'use strict';

/**
 * The alarms, one row a kind: what each means and what to do is in operate.md. All of them tell the topic. Names of
 * resources are those of serverless.yml and of what osls makes of it.
 */
const STAGE = `\${sls:stage}`;
const FUNCTIONS = {
  AutoRenew: 'auto-renew',
  ScaleBandwidth: 'scale-bandwidth',
  ReleaseOrphans: 'release-orphans',
  ChatOps: 'chat-ops',
  SettleOrders: 'settle-orders',
  BindOnWebhook: 'bind-on-webhook',
};
const DEAD_LETTERS = ['RunsFailed', 'WorkFailed', 'ChatWorkFailed', 'InvocationsFailed'];
const QUEUES = ['RenewRuns', 'ScaleRuns', 'OrphanRuns', 'SettleRuns', 'Work', 'ChatWork'];

/** osls' name of a function's resource. */
const lambdaOf = id =>
  `${FUNCTIONS[id].replace(/^./, first => first.toUpperCase()).replaceAll('-', 'Dash')}LambdaFunction`;

const byFunction = id => [{ Name: 'FunctionName', Value: { Ref: lambdaOf(id) } }];
const byQueue = id => [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }];
const byApi = id => [{ Name: 'ApiId', Value: { Ref: id } }];
const own = id => [
  { Name: 'service', Value: `eip-autopilot-${STAGE}` },
  { Name: 'function', Value: FUNCTIONS[id] },
];

/** Told at once. It ends a quarter of an hour after the last time: what every run of ten minutes meets is told once. */
const ONCE = {
  Statistic: 'Sum',
  Period: 900,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};
const MOST = { ...ONCE, Statistic: 'Maximum' };
/** Something that happened is not over when nobody has said it again. */
const UNENDING = { OKActions: [] };
/** What is missing is the alarm; where schedules are turned off nobody is told. */
const NOT_SEEN = {
  ...ONCE,
  ComparisonOperator: 'LessThanThreshold',
  TreatMissingData: 'breaching',
  ActionsEnabled: `\${strToBool(\${param:schedulesEnabled})}`,
};
// Two runs of unlike length end more than a day apart: a daily schedule is missed after 26 hours.
const DAILY = { ...NOT_SEEN, Period: 3600, EvaluationPeriods: 26 };
const OFTEN = { ...NOT_SEEN, Period: 600, EvaluationPeriods: 3 };

/** Kind, what it says, metric, of what, measured by what, how. */
const KINDS = [
  ['Errors', 'an execution failed', 'AWS/Lambda Errors', Object.keys(FUNCTIONS), byFunction, ONCE],
  [
    'Throttles',
    'an execution was refused for want of concurrency',
    'AWS/Lambda Throttles',
    Object.keys(FUNCTIONS),
    byFunction,
    ONCE,
  ],
  [
    'NotEmpty',
    'something that failed waits for a person',
    'AWS/SQS ApproximateNumberOfMessagesVisible',
    DEAD_LETTERS,
    byQueue,
    MOST,
  ],
  [
    'Old',
    'work has waited in the queue for half an hour',
    'AWS/SQS ApproximateAgeOfOldestMessage',
    QUEUES,
    byQueue,
    { ...MOST, Threshold: 1800 },
  ],
  [
    'Held',
    'a limit holds a whole plan; it waits for people',
    'EipAutopilot HeldPlans',
    ['AutoRenew', 'ScaleBandwidth', 'ReleaseOrphans'],
    own,
    { ...ONCE, ...UNENDING },
  ],
  [
    'NearCap',
    '80 % of a limit of money are used',
    'EipAutopilot SpendOfCapPercent',
    ['AutoRenew', 'ScaleBandwidth'],
    own,
    { ...MOST, ...UNENDING, Threshold: 80 },
  ],
  [
    'UnknownOld',
    'the fate of an order is unknown for more than an hour',
    'EipAutopilot UnknownOldOrders',
    ['SettleOrders'],
    own,
    MOST,
  ],
  [
    'Failed',
    'a request or message could not be done',
    'EipAutopilot Failed',
    ['ChatOps', 'BindOnWebhook'],
    own,
    { ...ONCE, ...UNENDING },
  ],
  ['NotSeen', 'no run was seen for 26 hours', 'EipAutopilot Heartbeat', ['AutoRenew', 'ReleaseOrphans'], own, DAILY],
  [
    'NotSeen',
    'no run was seen for half an hour',
    'EipAutopilot Heartbeat',
    ['ScaleBandwidth', 'SettleOrders'],
    own,
    OFTEN,
  ],
  ['Fails', 'the HTTP API answered with 5xx', 'AWS/ApiGateway 5xx', ['HttpApi'], byApi, ONCE],
];

const TELL = [{ Ref: 'AlarmTopic' }];

function alarm(id, says, metric, Dimensions, how) {
  const [Namespace, MetricName] = metric.split(' ');
  const AlarmDescription = `${FUNCTIONS[id] ?? id} (${STAGE}): ${says}. What to do: local/operate.md`;
  const Properties = {
    AlarmDescription,
    Namespace,
    MetricName,
    Dimensions,
    AlarmActions: TELL,
    OKActions: TELL,
    ...how,
  };
  return { Type: 'AWS::CloudWatch::Alarm', Properties };
}

module.exports = {
  Resources: Object.fromEntries(
    KINDS.flatMap(([kind, says, metric, ids, by, how]) =>
      ids.map(id => [`${id}${kind}`, alarm(id, says, metric, by(id), how)]),
    ),
  ),
};
