import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callCommand } from '../../../local/cli/call.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/server.ts';
import { OPERATIONS } from '../../../shared/ctyun/api/catalogue.ts';
import { scriptedServer } from '../../ctyun/scripted-server.ts';
import { wholeCloud } from '../../ctyun/whole-cloud.ts';
import { KEY, REGION } from '../../stand.ts';

type Result = { code: number; stdout: string; stderr: string };
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  simulator.load(wholeCloud());
  simulator.faults([]);
  await fetch(`${simulator.url}/_sim/calls`, { method: 'DELETE' });
});

const here = () => ({
  CTYUN_ENDPOINT: simulator.url,
  CTYUN_AK: KEY.accessKey,
  CTYUN_SK: KEY.secretKey,
  CTYUN_TIMEOUT_MS: '300',
});

/** Runs the command as the terminal does, with what it prints caught. */
async function call(args: string[], environment: Record<string, string> = here()): Promise<Result> {
  const said = { stdout: '', stderr: '' };
  const caught = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation((text: unknown) => {
      said[name] += String(text);
      return true;
    }),
  );
  try {
    return { code: await callCommand(args, environment), ...said };
  } finally {
    for (const spy of caught) spy.mockRestore();
  }
}

const params = (values: Record<string, unknown>): string[] =>
  Object.entries({ regionID: REGION, ...values }).flatMap(([name, value]) => ['--param', `${name}=${String(value)}`]);
const renewal = params({ eipID: 'eip-bound', cycleType: 'month', cycleCount: 1 });
const file = (content: unknown): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'eip-call-')), 'params.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const seen = () => simulator.calls().length;

describe('a read', () => {
  it('is sent at once and printed as a list of fields', async () => {
    const { code, stdout, stderr } = await call(['showEip', ...params({ eipID: 'eip-bound' })]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^bandwidth +10$/m);
    expect(stdout).toMatch(/^name +名称-eip-bound$/m);
  });

  it('of a list is printed as a table that begins with the id, and its counts', async () => {
    const { stdout } = await call(['bandwidthNewList', ...params({ pageSize: 50 })]);
    expect(stdout).toMatch(/^bandwidths:\nid +name +status/);
    expect(stdout).toMatch(/^bandwidth-1 +pool +ACTIVE +20/m);
    expect(stdout).toMatch(/^totalCount +2$/m);
    expect(stdout).not.toMatch(/ $/m);
  });

  it('is printed as JSON in the words of the API', async () => {
    const { stdout } = await call(['/v4/bandwidth/list', ...params({}), '--output', 'json']);
    const answer = JSON.parse(stdout) as { operation: string; totalCount: number; returnObj: { expireAt: string }[] };
    expect([answer.operation, answer.totalCount]).toEqual(['bandwidthList', 2]);
    expect(answer.returnObj[0]?.expireAt).toMatch(/^2026-12-04T/);
  });

  it('reads lists, numbers and flags from text, and a file under them', async () => {
    const addresses = ['--param', 'eipAddresses=203.0.113.1,203.0.113.9', '--param', 'eipAddresses=203.0.113.2'];
    const several = await call(['checkEipAddresses', ...params({}), ...addresses]);
    expect(several.stdout.match(/true/g)).toHaveLength(2);
    expect(several.stdout.match(/false/g)).toHaveLength(1);
    const json = file({ regionID: 'elsewhere', eipID: 'eip-bound' });
    const over = await call(['showEip', '--json', json, '--param', `regionID=${REGION}`]);
    expect(over.code).toBe(0);
  });

  it('travels in the query where a POST wants it there', async () => {
    const when = { sdpID: 'sdp-1', startTime: '2026-11-22 00:00:00', endTime: '2026-11-24 00:00:00' };
    const { code, stdout } = await call(['flowPackageMetric', ...params(when)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d{10} +40$/m);
  });
});

describe('a write', () => {
  it('is only shown without --yes, with the command that sends it', async () => {
    const { code, stdout, stderr } = await call(['renewEip', ...renewal]);
    expect([code, stdout, seen()]).toEqual([2, '', 0]);
    expect(stderr).toContain('renewEip (续订弹性 IP) is a write: nothing was sent.');
    expect(stderr).toMatch(/call renewEip .*--param cycleCount=1 --param clientToken=[\w-]{36} --yes\n$/);
  });

  it('is sent with --yes and a token that is shown; the same token buys nothing more', async () => {
    const first = await call(['renewEip', ...renewal, '--yes']);
    const [, token = ''] = /^clientToken ([\w-]{36}):/.exec(first.stderr) ?? [];
    expect([first.code, simulator.orders().length]).toEqual([0, 1]);
    expect(simulator.orders()[0]?.clientToken).toBe(token);
    const again = await call(['renewEip', ...renewal, '--param', `clientToken=${token}`, '--yes', '--output', 'json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ operation: 'renewEip', clientToken: token, statusCode: 800 });
    expect(simulator.orders()).toHaveLength(1);
  });

  it('whose answer is lost says how to repeat it safely, and the repetition buys nothing more', async () => {
    simulator.faults([{ kind: 'reset-after', path: '/v4/eip/renew', times: 1 }]);
    const lost = await call(['renewEip', ...renewal, '--yes']);
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('Nobody can tell whether it was done');
    const [, command = ''] = /^ {2}npm run -s eip -- call (.*)$/m.exec(lost.stderr) ?? [];
    expect((await call(command.split(' '))).code).toBe(0);
    expect(simulator.orders()).toHaveLength(1);
  });

  it('without a clientToken warns that a repetition may do it twice', async () => {
    simulator.faults([{ kind: 'reset-after', path: '/v4/ipv6_bandwidth/update' }]);
    const { stderr } = await call([
      'ipv6BandwidthUpdate',
      ...params({ bandwidthID: 'bandwidth-6', name: 'new' }),
      '--yes',
    ]);
    expect(stderr).toContain('It takes no clientToken: sent again, it may be done twice.');
    expect(stderr).not.toContain('Repeat it safely');
  });

  it('whose answer is not as documented is shown as it came: it may have been done', async () => {
    const server = await scriptedServer(() => ({
      body: { statusCode: 800, returnObj: { masterOrder: 'odd\u001b[2J' } },
    }));
    const { code, stdout, stderr } = await call(['renewEip', ...renewal, '--yes'], {
      ...here(),
      CTYUN_ENDPOINT: server.url,
    });
    expect([code, stdout]).toEqual([1, 'masterOrder  odd\\u{1b}[2J\n']);
    expect(stderr).toMatch(/not as documented at returnObj[\s\S]*Repeat it safely, with the same token/);
  });
});

describe('bad input sends nothing and tells every problem', () => {
  it.each<[string, string[], RegExp]>([
    [
      'parameters',
      ['renewEip', '--param', 'eipId=x', '--param', 'cycleType=week', '--yes'],
      /eipId: unknown parameter, perhaps eipID\n.*regionID: is required\n.*eipID: is required\n.*cycleType: must be one of month, year/s,
    ],
    [
      'a number that is none',
      ['renewEip', ...params({ eipID: 'e', cycleType: 'month', cycleCount: '1x' })],
      /cycleCount: must be a whole number/,
    ],
    ['two values for one', ['showEip', ...params({ eipID: 'e' }), '--param', 'eipID=f'], /eipID: must be a text/],
    ['a typo', ['renewEpi'], /there is no call "renewEpi"; perhaps renewEip/],
    ['a name like no other', ['xyzzyxyzzy'], /there is no call "xyzzyxyzzy"\n/],
    [
      'a pair that is none',
      ['showEip', '--param', 'regionID', '--output', 'xml', '--account', 'a b', 'more'],
      /--output must be text or json\n.*--account must be.*unexpected: more\n.*--param regionID: must be name=value/s,
    ],
    ['an unknown option', ['showEip', '--force'], /--force/],
    ['a file that is not there', ['showEip', '--json', '/nowhere.json'], /ENOENT/],
    ['a file that is no object', ['showEip', '--json', file([1])], /must be a JSON object/],
    [
      'another account than the key is for',
      ['showEip', ...params({ eipID: 'e' }), '--account', 'other'],
      /"other" was asked for/,
    ],
  ])('%s', async (_sentence, args, expected) => {
    const { code, stdout, stderr } = await call(args);
    expect([code, stdout, seen()]).toEqual([2, '', 0]);
    expect(stderr).toMatch(expected);
  });
});

describe('a failure says which fact of the documentation applies', () => {
  const show = ['showEip', ...params({ eipID: 'eip-bound' })];
  const pool = ['bandwidthAssociateEip', ...params({ bandwidthID: 'bandwidth-1', eipIDs: 'eip-in' }), '--yes'];
  it.each<[string, string[], Record<string, unknown>, RegExp]>([
    ['a refused key', show, { kind: 'expired-key' }, /CTAPI_10002[\s\S]*access key is unknown/],
    [
      'an EIP that is not there',
      ['showEip', ...params({ eipID: 'gone' })],
      { kind: 'latency', ms: 0 },
      /Openapi\.Eip\.NotFound[\s\S]*ids are per region/,
    ],
    [
      'a region that is closed',
      ['showEip', '--param', 'regionID=moon', '--param', 'eipID=e'],
      { kind: 'latency', ms: 0 },
      /call listRegions/,
    ],
    [
      'a pool that takes no EIP',
      pool,
      { kind: 'latency', ms: 0 },
      /A frozen or expired shared bandwidth can lose EIPs/,
    ],
    [
      'an on-demand EIP',
      ['renewEip', ...params({ eipID: 'eip-od', cycleType: 'month', cycleCount: 1 }), '--yes'],
      { kind: 'latency', ms: 0 },
      /Only what has a term can be renewed/,
    ],
  ])('%s', async (_sentence, args, fault, expected) => {
    simulator.faults([fault]);
    const { stderr } = await call(args);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain(KEY.secretKey);
  });

  it('an order that runs, and how to follow it', async () => {
    simulator.load(wholeCloud({ orderSeconds: 60 }));
    await call(['renewEip', ...renewal, '--yes']);
    const { code, stderr } = await call(['modifyEipSpec', ...params({ eipID: 'eip-bound', bandwidth: 20 }), '--yes']);
    expect(code).toBe(1);
    const [, orderId = ''] = /call queryOrder --param masterOrderID=(\w+)/.exec(stderr) ?? [];
    expect(orderId).toBe(simulator.orders()[0]?.masterOrderID);
  });

  it('a wrong secret key, and shows nothing of it', async () => {
    const { stderr } = await call(show, { ...here(), CTYUN_SK: 'w'.repeat(32) });
    expect(stderr).toMatch(/CTAPI_10009[\s\S]*Beijing time/);
    expect(stderr).not.toContain('w'.repeat(32));
  });
});

describe('help', () => {
  it('lists every call once, with what it does and its title', async () => {
    const { code, stdout } = await call(['--list']);
    expect(code).toBe(0);
    for (const { name, effect, title } of OPERATIONS)
      expect(stdout.split('\n').filter(line => line.trim().startsWith(`${name} `))).toEqual([
        expect.stringMatching(new RegExp(`${effect} +${title.replaceAll(/[()]/g, '.')}$`)),
      ]);
  });

  it('of one call tells what it takes', async () => {
    const { stdout } = await call(['flowPackageBuy', '--list']);
    expect(stdout).toMatch(/^spec +required +integer +10, 50, .* with cycleType MONTH; 120, .* with cycleType YEAR$/m);
    expect((await call(['queryResourcesByLabel', '--list'])).stdout).toContain('at least one of labelID, labelKey');
  });

  it('is given when nothing is asked', async () => {
    const [help, bare] = [await call(['--help']), await call([])];
    expect([help.code, bare.code, help.stdout]).toEqual([0, 2, bare.stdout]);
    expect(help.stdout).toContain('--param k=v');
  });
});

it('npm run eip -- call works on a machine of its own, with --embedded', () => {
  const args = ['local/cli.ts', 'call', 'listRegions', '--embedded', '--output', 'json'];
  const { status, stdout } = spawnSync('node_modules/.bin/tsx', args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', AUTOPILOT_HOME: mkdtempSync(join(tmpdir(), 'eip-call-')) },
  });
  expect([
    status,
    (JSON.parse(stdout) as { returnObj: { regionList: unknown[] } }).returnObj.regionList.length,
  ]).toEqual([0, 3]);
});
