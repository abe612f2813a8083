/** What `serverless package` makes: CloudFormation as it would be deployed, and the same as a region would read it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export type Resource = {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
};
type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
};
/** A place of AWS's: partition and region. */
export type Place = { readonly partition: string; readonly region: string; readonly suffix: string };
export const GLOBAL: Place = { partition: 'aws', region: 'ap-southeast-1', suffix: 'amazonaws.com' };
export const CHINA: Place = { partition: 'aws-cn', region: 'cn-northwest-1', suffix: 'amazonaws.com.cn' };
export const ACCOUNT = '111122223333';

export type Compiled = {
  /** As it is uploaded. */
  readonly template: Template;
  /** With every reference filled in for the place: names are logical ids, ARNs are whole. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly ofType: (type: string) => readonly (Resource & { readonly id: string })[];
  /** The path of a function's archive. */
  readonly archive: (fn: string) => string;
};

const PLUGINS = readdirSync('local', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.cjs'))
  .map(file => join('local', file));
const folders: string[] = [];
export const removePackages = (): void => folders.splice(0).forEach(folder => void rmSync(folder, { recursive: true }));

/**
 * Packages a stage for a place, with no AWS credentials in sight and nobody to ask. In a folder of its own, for osls works
 * in `.serverless` of the folder it is called in, and one call would write over another's.
 */
export async function compiled(stage: string, place: Place, ...options: string[]): Promise<Compiled> {
  const folder = mkdtempSync(join(tmpdir(), 'eip-package-'));
  folders.push(folder);
  for (const each of ['serverless.yml', 'package.json', 'dist', ...PLUGINS])
    cpSync(each, join(folder, each), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { PATH = '', HOME = '' } = process.env;
  const program = resolve('node_modules/.bin/serverless');
  const running = promisify(execFile)(program, ['package', '--stage', stage, '--region', place.region, ...options], {
    cwd: folder,
    env: { PATH, HOME, BUNDLES_ARE_BUILT: 'yes' },
  });
  running.child.stdin?.end();
  await running;
  const text = readFileSync(join(folder, '.serverless', 'cloudformation-template-update-stack.json'), 'utf8');
  const template = JSON.parse(text) as Template;
  const resources = filled(template.Resources, template, place) as Compiled['resources'];
  return {
    template,
    resources,
    outputs: filled(template.Outputs, template, place) as Compiled['outputs'],
    ofType: type => Object.entries(resources).flatMap(([id, one]) => (one.Type === type ? [{ id, ...one }] : [])),
    archive: fn => join(folder, '.serverless', `${fn}.zip`),
  };
}

/** Services by the type of their resources, and how an ARN of one ends. */
const ARNS: Readonly<Record<string, (id: string, one: Resource) => string>> = {
  'AWS::SQS::Queue': id => `sqs:R:A:${id}`,
  'AWS::DynamoDB::Table': id => `dynamodb:R:A:table/${id}`,
  'AWS::SNS::Topic': id => `sns:R:A:${id}`,
  'AWS::IAM::Role': id => `iam::A:role/${id}`,
  'AWS::Lambda::Function': (_, { Properties }) => `lambda:R:A:function:${String(Properties.FunctionName)}`,
  'AWS::Logs::LogGroup': (_, { Properties }) => `logs:R:A:log-group:${String(Properties.LogGroupName)}:*`,
  'AWS::S3::Bucket': id => `s3:::${id}`,
};

function filled(value: unknown, template: Template, place: Place): unknown {
  const go = (one: unknown): unknown => filled(one, template, place);
  if (Array.isArray(value)) return value.map(go);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, given] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'Ref') return referred(String(given), template, place);
  if (more.length === 0 && key === 'Fn::GetAtt') return attribute(given as string[], template, place);
  if (more.length === 0 && key === 'Fn::Join') {
    const [between, parts] = given as [string, unknown[]];
    return parts.map(go).join(between);
  }
  if (more.length === 0 && key === 'Fn::FindInMap') {
    const [map, first, second] = (given as unknown[]).map(go) as [string, string, string];
    return template.Mappings[map]?.[first]?.[second];
  }
  if (more.length === 0 && key === 'Fn::Sub') return substituted(given, template, place);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, go(one)]));
}

function substituted(given: unknown, template: Template, place: Place): string {
  const [text, names] = Array.isArray(given) ? (given as [string, Record<string, unknown>]) : [String(given), {}];
  return text.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in names) return String(filled(names[name], template, place));
    const [id = '', ...rest] = name.split('.');
    return rest.length > 0 ? attribute([id, rest.join('.')], template, place) : referred(name, template, place);
  });
}

function referred(name: string, { Resources }: Template, { partition, region, suffix }: Place): string {
  const pseudo: Record<string, string> = {
    ...{ 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::URLSuffix': suffix, 'AWS::AccountId': ACCOUNT },
  };
  if (name in pseudo) return pseudo[name]!;
  const resource = Resources[name];
  if (!resource) throw new Error(`nothing is called ${name}`);
  if (resource.Type === 'AWS::SQS::Queue') return `https://sqs.${region}.${suffix}/${ACCOUNT}/${name}`;
  return resource.Type === 'AWS::Lambda::Function' ? String(resource.Properties.FunctionName) : name;
}

function attribute([id = '', name = '']: readonly string[], { Resources }: Template, place: Place): string {
  const resource = Resources[id];
  if (!resource) throw new Error(`nothing is called ${id}`);
  if (name === 'QueueName') return id;
  const ending = ARNS[resource.Type]?.(id, resource);
  if (name !== 'Arn' || ending === undefined) throw new Error(`${id} has no ${name}`);
  return `arn:${place.partition}:${ending.replace(':R:', `:${place.region}:`).replace(':A:', `:${ACCOUNT}:`)}`;
}
