import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  CHINA,
  type Compiled,
  compiled,
  GLOBAL,
  type Place,
  type Resource,
  removePackages,
} from './compiled.ts';

const TOLD = [
  '--param',
  'applyAllowed=true',
  '--param',
  'APPLY_ALLOWED=true',
  '--param',
  'alarmHttps=https://example.com',
];
let china: Compiled;
let singapore: Compiled;
let dev: Compiled;
let other: Compiled;
beforeAll(async () => {
  [china, singapore] = await Promise.all([compiled('prod', CHINA), compiled('prod', GLOBAL)]);
  const params = ['reservedConcurrency=2', 'schedulesEnabled=false', 'memorySize=1024', 'architecture=x86_64'];
  [dev, other] = await Promise.all([
    compiled('dev', GLOBAL, ...TOLD),
    compiled('staging', GLOBAL, ...TOLD, ...params.flatMap(param => ['--param', param])),
  ]);
}, 180_000);
afterAll(removePackages);

const variables = (one: Compiled): Record<string, string>[] =>
  one
    .ofType('AWS::Lambda::Function')
    .map(({ Properties }) => (Properties.Environment as { Variables: Record<string, string> }).Variables);

describe('stages', () => {
  it('prod may apply', () => {
    expect(variables(china).map(({ STAGE, APPLY_ALLOWED }) => [STAGE, APPLY_ALLOWED])).toEqual(
      Array(6).fill(['prod', 'true']),
    );
  });
  it('dev, and a stage that nobody has named, may not, whatever the command line says', () => {
    expect(variables(dev).map(each => [each.STAGE, each.APPLY_ALLOWED])).toEqual(Array(6).fill(['dev', 'false']));
    expect(variables(other).map(each => [each.STAGE, each.APPLY_ALLOWED])).toEqual(Array(6).fill(['staging', 'false']));
  });
  it('parameters: concurrency, memory, processor, and schedules that wait, with nobody told that they are not seen', () => {
    for (const { Properties } of other.ofType('AWS::Lambda::Function'))
      expect(Properties).toMatchObject({
        ...{ ReservedConcurrentExecutions: 2, MemorySize: 1024, Architectures: ['x86_64'] },
      });
    expect(other.ofType('AWS::Scheduler::Schedule').map(({ Properties }) => Properties.State)).toEqual(
      Array(4).fill('DISABLED'),
    );
    const enabled = other.ofType('AWS::CloudWatch::Alarm').map(({ id, Properties }) => [id, Properties.ActionsEnabled]);
    for (const [id, whether] of enabled) expect(whether).toBe(String(id).endsWith('NotSeen') ? false : undefined);
  });
  it('dev keeps its logs for two weeks, and shares no name with prod', () => {
    const logs = dev.ofType('AWS::Logs::LogGroup').map(({ Properties }) => Properties);
    expect(logs.every(({ RetentionInDays }) => RetentionInDays === 14)).toBe(true);
    const names = (one: Compiled) =>
      Object.values(one.resources).flatMap(({ Properties }) =>
        ['FunctionName', 'Name', 'LogGroupName', 'DashboardName', 'RoleName', 'QueueName', 'TableName', 'TopicName']
          .map(key => Properties[key])
          .filter(name => typeof name === 'string' && /eip|autopilot/.test(name)),
      );
    expect(names(dev).length).toBeGreaterThan(12);
    expect(names(dev).filter(name => names(singapore).includes(name))).toEqual([]);
  });
});

it('somebody is told of alarms where an address is given', () => {
  const subscribers = (one: Compiled) => {
    const { Conditions } = one.template as unknown as { Conditions: Record<string, unknown> };
    const may = (name: string) => !JSON.stringify(Conditions[name]).includes('["",""]');
    return one.ofType('AWS::SNS::Subscription').filter(({ Condition = '' }) => may(Condition));
  };
  expect(subscribers(china)).toEqual([]);
  expect(subscribers(dev).map(({ Properties }) => Properties)).toEqual([
    { TopicArn: 'AlarmTopic', Protocol: 'https', Endpoint: 'https://example.com' },
  ]);
});

describe('partitions', () => {
  it('nothing names a partition, a region or an account; what is deployed is the same everywhere', () => {
    const text = JSON.stringify(china.template);
    expect(text).not.toMatch(/arn:aws|amazonaws\.com\.cn|cn-north|\b\d{12}\b/);
    const same = (one: Compiled) => JSON.stringify(one.template).replaceAll(/"S3Key":"[^"]*"/g, '');
    expect(same(china)).toBe(same(singapore));
  });
  it.each<[string, () => Compiled, Place]>([
    ['aws-cn', () => china, CHINA],
    ['aws', () => singapore, GLOBAL],
  ])('in %s every ARN is of it, of the region and of the account', (partition, of, { region, suffix }) => {
    const arns = JSON.stringify(of().resources).match(/arn:[^"\\]*/g)!;
    expect(arns.length).toBeGreaterThan(60);
    const foreign = arns.filter(arn => {
      const [, mine, service, where, who] = arn.split(':');
      const local = service === 's3' || service === 'iam' || where === region;
      return mine !== partition || !local || (service !== 's3' && service !== 'apigateway' && who !== ACCOUNT);
    });
    expect(foreign).toEqual([]);
    expect(of().outputs).toMatchObject({
      HttpApiUrl: { Value: `https://HttpApi.execute-api.${region}.${suffix}` },
      LedgerTable: { Value: 'Ledger' },
      AlarmTopicArn: { Value: 'AlarmTopic' },
    });
  });
  it('the dashboard opens in the console of its partition', () => {
    expect(china.outputs.DashboardUrl).toMatchObject({
      Value: expect.stringContaining('https://cn-northwest-1.console.amazonaws.cn/cloudwatch/'),
    });
    expect(singapore.outputs.DashboardUrl).toMatchObject({
      Value: expect.stringContaining('https://ap-southeast-1.console.aws.amazon.com/cloudwatch/'),
    });
  });
  it('every service that assumes a role or calls has the one name that both partitions know', () => {
    const named = [...JSON.stringify(china.resources).matchAll(/"([a-z]+\.amazonaws\.com[^"]*)"/g)].map(
      each => each[1]!,
    );
    expect([...new Set(named)].toSorted()).toEqual([
      ...['apigateway', 'cloudwatch', 'lambda', 'scheduler'].map(name => `${name}.amazonaws.com`),
    ]);
  });
});

describe('the HTTP API', () => {
  it('has a route for each call, and no more calls than it should', () => {
    expect(china.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey)).toEqual([
      ...['POST /alarm/{token}', 'POST /chat/{provider}', 'GET /chat/wecom'],
      ...['POST /bind', 'POST /unbind', 'GET /requests/{id}'],
    ]);
    expect(china.ofType('AWS::ApiGatewayV2::Stage')[0]?.Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
  });
});

describe('CloudFormation', () => {
  it('can make it: everything referred to is there, and nothing waits for itself', () => {
    const { Resources } = china.template;
    const needs = Object.fromEntries(Object.entries(Resources).map(([id, one]) => [id, referredBy(one)]));
    for (const all of Object.values(needs)) for (const id of all) expect(Resources).toHaveProperty(id);
    const made = new Set<string>();
    for (let before = -1; before < made.size; ) {
      before = made.size;
      for (const [id, all] of Object.entries(needs)) if (all.every(each => made.has(each))) made.add(id);
    }
    expect(Object.keys(needs).filter(id => !made.has(id))).toEqual([]);
  });
});

/** The resources that one is made of or waits for. */
function referredBy({ DependsOn = [], Properties }: Resource): string[] {
  const text = JSON.stringify(Properties ?? {});
  return [
    ...[DependsOn].flat(),
    ...[...text.matchAll(/\{"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g)].map(match => match[1]!),
    ...[...text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z]+)?\}/g)].map(match => match[1]!),
  ].filter(name => !name.startsWith('AWS::'));
}
