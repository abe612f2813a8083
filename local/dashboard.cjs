'use strict';

/**
 * The body of the CloudWatch dashboard, one line a widget, one row a question. Names in `${…}` are CloudFormation's and
 * osls' and are filled in when the stage is deployed.
 */
const FUNCTIONS = {
  'auto-renew': 'AutoDashrenew',
  'scale-bandwidth': 'ScaleDashbandwidth',
  'release-orphans': 'ReleaseDashorphans',
  'chat-ops': 'ChatDashops',
  'settle-orders': 'SettleDashorders',
  'bind-on-webhook': 'BindDashonDashwebhook',
};
const QUEUES = ['RenewRuns', 'ScaleRuns', 'OrphanRuns', 'SettleRuns', 'Work', 'ChatWork'];
const DEAD_LETTERS = ['RunsFailed', 'WorkFailed', 'ChatWorkFailed', 'InvocationsFailed'];
const PERIOD = 300;

/** The product's own metric, a line for each function that has it. */
const own = (name, stat = 'Sum') => {
  const which = `{EipAutopilot,service,function} service="eip-autopilot-\${sls:stage}" MetricName="${name}"`;
  const id = name.replace(/^./, first => first.toLowerCase());
  return [[{ expression: `SEARCH('${which}', '${stat}', ${PERIOD})`, label: `\${!PROP('Dim.function')} ${name}`, id }]];
};
const lambda = (name, stat = 'Sum') =>
  Object.entries(FUNCTIONS).map(([label, id]) => [
    'AWS/Lambda',
    name,
    'FunctionName',
    `\${${id}LambdaFunction}`,
    { stat, label },
  ]);
const sqs = (name, queues) =>
  queues.map(label => ['AWS/SQS', name, 'QueueName', `\${${label}.QueueName}`, { stat: 'Maximum', label }]);

/** Row after row; the widgets of a row share its 24 columns. */
const ROWS = [
  [
    ['Runs that were told (heartbeat)', own('Heartbeat')],
    ['Executions that failed', lambda('Errors')],
    [
      'HTTP and chat: asked, refused, failed',
      [...own('Requests'), ...own('Refused'), ['AWS/ApiGateway', '5xx', 'ApiId', `\${HttpApi}`, { stat: 'Sum' }]],
    ],
  ],
  [
    ['Looked at', own('Looked')],
    ['Planned, acted', [...own('Planned'), ...own('Acted')]],
    ['Held: actions, whole plans', [...own('Held'), ...own('HeldPlans')]],
    ['Failed, unknown', [...own('Failed'), ...own('Unknown'), ...own('UnknownOldOrders', 'Maximum')]],
  ],
  [
    ['Money: spent, planned (CNY)', [...own('SpentCny'), ...own('PlannedCny')]],
    ['Used of the nearest limit of money (%)', own('SpendOfCapPercent', 'Maximum')],
  ],
  [
    ['Calls of CTyun', own('ApiCalls')],
    ['Calls refused for their rate', own('ApiThrottles')],
    ['Time of a call (ms, p95)', own('ApiMilliseconds', 'p95')],
  ],
  [
    ['Oldest message (s)', sqs('ApproximateAgeOfOldestMessage', QUEUES)],
    ['Targets handed over', own('HandedOver')],
    ['Dead letters', sqs('ApproximateNumberOfMessagesVisible', DEAD_LETTERS)],
  ],
  [
    ['Longest execution (ms)', lambda('Duration', 'Maximum')],
    ['Executions at once', lambda('ConcurrentExecutions', 'Maximum')],
    ['Not let run (throttles)', lambda('Throttles')],
  ],
];
const HEIGHT = 6;

const widgets = ROWS.flatMap((row, line) =>
  row.map(([title, metrics], column) => ({
    type: 'metric',
    x: (column * 24) / row.length,
    y: line * HEIGHT,
    width: 24 / row.length,
    height: HEIGHT,
    properties: { title, region: `\${AWS::Region}`, period: PERIOD, view: 'timeSeries', metrics },
  })),
);

module.exports = { body: JSON.stringify({ widgets }) };
