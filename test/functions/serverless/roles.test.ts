import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, CHINA, type Compiled, compiled, removePackages } from './compiled.ts';
import { may, roleOf, statementsOf } from './policy.ts';

let prod: Compiled;
beforeAll(async () => {
  prod = await compiled('prod', CHINA);
}, 120_000);
afterAll(removePackages);

const LEDGER = ['GetItem', 'PutItem', 'UpdateItem'].map(name => `dynamodb:${name} table/Ledger`);
const OPEN = 'dynamodb:Query table/Ledger/index/open';
const READS = 'secretsmanager:GetSecretValue secret:ctyun/*';
const not = (...secrets: string[]): string[] =>
  secrets.map(name => `never secretsmanager:GetSecretValue secret:ctyun/${name}`);
const CHAT = ['chat/*', 'notify/*'];
const TOKENS = 'alarm-tokens-*';
const tellsOthers = ['sqs:SendMessage ChatWork', 'sqs:SendMessage InvocationsFailed'];
const queue = (name: string): string[] =>
  ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(action => `sqs:${action} ${name}`);
const logs = (fn: string): string[] =>
  ['CreateLogStream', 'PutLogEvents'].map(action => `logs:${action} log-group:/aws/lambda/eip-autopilot-prod-${fn}:*`);

const MAY: Readonly<Record<string, readonly string[]>> = {
  'auto-renew': [...queue('RenewRuns'), ...tellsOthers, ...LEDGER, OPEN, READS, ...not(...CHAT, TOKENS)],
  'scale-bandwidth': [...queue('ScaleRuns'), ...tellsOthers, ...LEDGER, OPEN, READS, ...not(...CHAT)],
  'release-orphans': [...queue('OrphanRuns'), ...tellsOthers, ...LEDGER, OPEN, READS, ...not(...CHAT, TOKENS)],
  'chat-ops': [
    ...queue('ChatWork'),
    ...LEDGER,
    OPEN,
    'dynamodb:Query table/Ledger/index/by-eip',
    READS,
    ...not(TOKENS),
  ],
  'settle-orders': [...queue('SettleRuns'), ...tellsOthers, ...LEDGER, OPEN, READS, ...not(...CHAT, TOKENS)],
  'bind-on-webhook': [
    ...[...queue('Work'), ...LEDGER, READS, ...not(...CHAT, TOKENS)],
    'secretsmanager:GetSecretValue secret:webhook/*',
  ],
};

/** One line for each action on each thing. */
const linesOf = (role: string): string[] =>
  statementsOf(prod, role).flatMap(({ effect, actions, resources }) =>
    actions.flatMap(action =>
      resources.map(arn => `${effect === 'Deny' ? 'never ' : ''}${action} ${arn.replace(/^arn:(?:[^:]*:){4}/, '')}`),
    ),
  );

describe('roles', () => {
  it.each(Object.keys(MAY))('%s has its own, and it may do this and nothing else', fn => {
    const role = roleOf(prod, `eip-autopilot-prod-${fn}`);
    expect(linesOf(role).toSorted()).toEqual([...logs(fn), ...MAY[fn]!].toSorted());
    const holders = prod.ofType('AWS::Lambda::Function').filter(each => String(each.Properties.Role).endsWith(role));
    expect(holders).toHaveLength(1);
  });
  it("the scheduler's starts the four scheduled functions, of this account only", () => {
    const scheduled = ['auto-renew', 'scale-bandwidth', 'release-orphans', 'settle-orders'];
    expect(linesOf('SchedulerRole')).toEqual([
      ...scheduled.map(fn => `lambda:InvokeFunction function:eip-autopilot-prod-${fn}`),
      'sqs:SendMessage InvocationsFailed',
    ]);
    expect(JSON.stringify(prod.resources.SchedulerRole?.Properties.AssumeRolePolicyDocument)).toContain(
      `"Condition":{"StringEquals":{"aws:SourceAccount":"${ACCOUNT}"}}`,
    );
  });
  it('are all: nobody else may anything, and Lambda alone runs the functions', () => {
    expect(prod.ofType('AWS::IAM::Role')).toHaveLength(7);
    expect(prod.ofType('AWS::IAM::Policy')).toEqual([]);
    for (const { id, Properties } of prod.ofType('AWS::IAM::Role').filter(each => each.id !== 'SchedulerRole')) {
      const principals = JSON.stringify(Properties.AssumeRolePolicyDocument).match(/"Service":"[^"]*"/g);
      expect([id, principals]).toEqual([id, ['"Service":"lambda.amazonaws.com"']]);
    }
  });
  it('have no wildcard but where AWS has no other form', () => {
    const lines = prod.ofType('AWS::IAM::Role').flatMap(({ id }) => linesOf(id));
    const wild = lines.filter(line => line.includes('*')).map(line => line.replace(/^never /, ''));
    const forms = {
      // A log stream is named by Lambda when it starts an execution.
      streams: /^logs:(?:CreateLogStream|PutLogEvents) log-group:\/aws\/lambda\/eip-autopilot-prod-[a-z-]+:\*$/,
      // Accounts and channels are named after deployment, and AWS adds six characters of its own to a secret's ARN.
      secrets: /^secretsmanager:GetSecretValue secret:(?:ctyun\/(?:chat\/|notify\/|alarm-tokens-)?|webhook\/)\*$/,
    };
    expect(wild.filter(line => !Object.values(forms).some(form => form.test(line)))).toEqual([]);
    expect(wild.length).toBeGreaterThan(12);
  });
});

describe('secrets', () => {
  const EVERYBODY = Object.keys(MAY);
  it.each<[string, readonly string[]]>([
    ['ctyun/main', EVERYBODY],
    ['ctyun/alarms', EVERYBODY],
    ['ctyun/chat/slack', ['chat-ops']],
    ['ctyun/notify/ops', ['chat-ops']],
    ['ctyun/alarm-tokens', ['scale-bandwidth']],
    ['webhook/standard', ['bind-on-webhook']],
    ['another/secret', []],
    ['ctyunnot/main', []],
  ])('%s is read by %j', (name, readers) => {
    const arn = `arn:aws-cn:secretsmanager:cn-northwest-1:${ACCOUNT}:secret:${name}-AbCdEf`;
    const allowed = EVERYBODY.filter(fn =>
      may(statementsOf(prod, roleOf(prod, `eip-autopilot-prod-${fn}`)), 'secretsmanager:GetSecretValue', arn),
    );
    expect(allowed).toEqual(readers);
  });
});
