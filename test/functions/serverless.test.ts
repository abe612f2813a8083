import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';

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
  it('auto-renew on Node 24', () => {
    expect(ofType('AWS::Lambda::Function').map(({ Properties }) => [Properties.Runtime, Properties.Handler])).toEqual([
      ['nodejs24.x', 'dist/auto-renew/index.handler'],
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
  it('a role that reads the secrets of CTyun and no others', () => {
    const statements = JSON.stringify(ofType('AWS::IAM::Role').map(({ Properties }) => Properties.Policies));
    expect(statements).toContain('secretsmanager:GetSecretValue');
    expect(statements).toContain('secret:ctyun/*');
    expect(statements).not.toContain('"Resource":"*"');
  });
});
