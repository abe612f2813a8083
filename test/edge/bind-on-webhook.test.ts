import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { turnSwitch } from '../../shared/ledger/control.ts';
import { historyOf } from '../../shared/ledger/history.ts';
import { historyJson, historyText } from '../../shared/report/history.ts';
import { KEY, REGION } from '../stand.ts';
import {
  type BindStand,
  bindBody,
  bindStand,
  closeBindStands,
  OTHER_SECRET,
  SECRET,
  signedHeaders,
} from './bind-stand.ts';

afterAll(closeBindStands);

let stand: BindStand;
const FREE = { id: 'eip-free' };
const USED = { id: 'eip-used' };
const VM2 = { type: 'vm', id: 'vm-2' };
/** The calls that changed the cloud, by the last part of their path. */
const changes = (): string[] =>
  stand.simulator
    .calls()
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .filter(name => ['associate', 'disassociate', 'attach-port-vm'].includes(name));

describe('binding over HTTP', () => {
  beforeEach(async () => {
    stand = await bindStand();
  });
  it.each<[string, object, object, string, string]>([
    ['by id, to a VM', FREE, VM2, 'vm-2', 'associate'],
    ['by address', { address: '203.0.113.1' }, VM2, 'vm-2', 'associate'],
    ['by name', { name: '入口' }, VM2, 'vm-2', 'associate'],
    ["to one of a VM's ports", FREE, { type: 'vm', id: 'vm-2', portId: 'port-vm-2-2' }, 'vm-2', 'attach-port-vm'],
    ['to a port, whose VM is found', FREE, { type: 'port', id: 'port-vm-2-2' }, 'vm-2', 'attach-port-vm'],
    ['to a virtual IP', FREE, { type: 'vip', id: 'web-v' }, 'web-v', 'associate'],
    ['to a bare metal machine', FREE, { type: 'baremetal', id: 'web-b' }, 'web-b', 'associate'],
  ])('%s', async (_sentence, eip, target, at, call) => {
    const { status, body } = await stand.post('/bind', bindBody(eip, target));
    expect([status, body.outcome, stand.eip(), changes()]).toMatchObject([
      200,
      'bound',
      { status: 'ACTIVE', at },
      [call],
    ]);
    expect(body).toMatchObject({ state: 'ended', eip: { id: 'eip-free' }, where: { id: at } });
  });

  it('does one thing for one id, and gives the same answer again', async () => {
    const how = { id: 'msg_1' };
    const first = await stand.post('/bind', bindBody(FREE, VM2), how);
    const again = await stand.post('/bind', bindBody(FREE, VM2), how);
    expect([again.status, again.body, changes()]).toEqual([200, first.body, ['associate']]);
    const other = await stand.post('/bind', bindBody(FREE, { type: 'vm', id: 'vm-1' }), how);
    expect([other.status, other.body.error, changes().length]).toEqual([422, 'id-reused', 1]);
    expect((await stand.post('/unbind', { account: 'main', region: REGION, eip: FREE }, how)).status).toBe(422);
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move' }), { id: 'msg_2' })),
    );
    await stand.drain();
    expect([all.map(({ status }) => status).every(status => status === 200 || status === 202), changes()]).toEqual([
      true,
      ['associate', 'disassociate', 'associate'],
    ]);
  });

  it('says already, and sends nothing, where it is bound so', async () => {
    const { status, body } = await stand.post('/bind', bindBody(USED, { type: 'vm', id: 'vm-1' }));
    expect([status, body.outcome, changes()]).toEqual([200, 'already', []]);
  });

  it('refuses what is bound elsewhere, unless told to move it', async () => {
    const refused = await stand.post('/bind', bindBody(USED, VM2));
    expect([refused.status, refused.body.reason, changes()]).toEqual([
      409,
      { code: 'bound-elsewhere', type: 'INSTANCE', id: 'vm-1' },
      [],
    ]);
    const moved = await stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move' }));
    expect([moved.status, stand.eip('eip-used').at, changes()]).toEqual([200, 'vm-2', ['disassociate', 'associate']]);
  });

  it('puts it back, to the same port, where the move fails, and says so', async () => {
    stand.simulator.faults([{ kind: 'business-error', path: '/v4/eip/associate', code: 'Openapi.X', message: 'no' }]);
    const { status, body } = await stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move' }));
    expect([status, body.outcome, body.reason]).toMatchObject([502, 'failed', { code: 'refused', restored: true }]);
    expect([stand.eip('eip-used'), changes()]).toEqual([
      { status: 'ACTIVE', at: 'vm-1', port: 'port-vm-1' },
      ['disassociate', 'associate', 'attach-port-vm'],
    ]);
  });

  it.each<[string, object, object, object, number, string]>([
    ['an EIP that is not there', { id: 'eip-no' }, VM2, {}, 404, 'eip-not-found'],
    ['a name that two have', { name: 'twin' }, VM2, {}, 409, 'eip-ambiguous'],
    ['a VM that is not there', FREE, { type: 'vm', id: 'vm-7' }, {}, 404, 'target-not-found'],
    [
      'a port that is not of the VM',
      FREE,
      { type: 'vm', id: 'vm-2', portId: 'port-vm-1' },
      {},
      404,
      'target-not-found',
    ],
    ['a port that nobody has', FREE, { type: 'port', id: 'port-no' }, {}, 404, 'target-not-found'],
    ['a virtual IP with a port', FREE, { type: 'vip', id: 'web-v', portId: 'port-1' }, {}, 400, 'port-not-supported'],
    ['a VM that the settings do not list', FREE, { type: 'vm', id: 'vm-9' }, {}, 403, 'target-not-allowed'],
    [
      'taking it from what the settings do not list',
      { id: 'eip-foreign' },
      VM2,
      { onConflict: 'move' },
      403,
      'target-not-allowed',
    ],
    ['an account that the settings do not list', FREE, VM2, { account: 'other' }, 403, 'target-not-allowed'],
    ['an expired EIP', { id: 'eip-expired' }, VM2, {}, 409, 'state'],
  ])('refuses %s, and changes nothing', async (_sentence, eip, target, change, status, code) => {
    const answer = await stand.post('/bind', bindBody(eip, target, change));
    expect([answer.status, answer.body.reason.code, changes()]).toEqual([status, code, []]);
    expect(answer.body.message).not.toContain('=');
  });

  it('does not take an EIP from where it could not be put back', async () => {
    stand = await bindStand({ BIND_TARGETS: '[{"account":"*","region":"*","name":"*"}]' });
    const { status, body } = await stand.post('/bind', bindBody({ id: 'eip-nat' }, VM2, { onConflict: 'move' }));
    expect([status, body.reason.code, changes()]).toEqual([409, 'cannot-go-back', []]);
  });

  it('unbinds, once, and only from what the settings list', async () => {
    const body = (eip: object) => ({ account: 'main', region: REGION, eip, waitSeconds: 5 });
    const first = await stand.post('/unbind', body(USED));
    const again = await stand.post('/unbind', body(USED));
    expect([first.body.outcome, again.body.outcome, stand.eip('eip-used').status]).toEqual([
      'unbound',
      'already',
      'DOWN',
    ]);
    expect((await stand.post('/unbind', body({ id: 'eip-foreign' }))).status).toBe(403);
  });

  it('answers 202 where the waiting is over, goes on from the queue, and tells the outcome to who asks', async () => {
    const sent = await stand.post('/bind', bindBody(FREE, VM2, { waitSeconds: 0 }), { id: 'm/1' });
    expect([sent.status, sent.body.state, sent.headers.get('location')]).toEqual([202, 'working', '/requests/m%2F1']);
    expect((await stand.get('/requests/m%2F1')).body).toMatchObject({ state: 'working', status: 202 });
    await new Promise(resolve => setTimeout(resolve, 300));
    await stand.drain();
    const outcome = await stand.get('/requests/m%2F1');
    expect([outcome.status, outcome.body]).toMatchObject([200, { state: 'ended', outcome: 'bound', status: 200 }]);
    expect([stand.eip().at, stand.queued()]).toEqual(['vm-2', []]);
    expect((await stand.get('/requests/unknown')).status).toBe(404);
    expect((await stand.get('/requests/m%2F1', { headers: {} })).status).toBe(401);
    expect((await stand.get('/requests/%E0%A4%A')).status).toBe(404);
  });

  it('the later timestamp wins, also where it came first', async () => {
    const later = await stand.post('/bind', bindBody(FREE, VM2), { later: 5 });
    const older = await stand.post('/bind', bindBody(FREE, { type: 'vm', id: 'vm-1' }, { onConflict: 'move' }));
    expect([later.status, older.status, older.body.reason.code, stand.eip().at]).toEqual([
      200,
      409,
      'overtaken',
      'vm-2',
    ]);
  });

  it('is in the history, with where it was and where it is', async () => {
    await stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move' }), { id: 'm1' });
    const past = await historyOf(stand.ledger, 'eip-used', new Date(0));
    expect(historyJson(past)).toMatchObject([
      {
        what: 'bound',
        request: 'm1',
        action: 'bind',
        before: { id: 'vm-1' },
        where: { id: 'vm-2' },
        outcome: { code: 'bound' },
      },
    ]);
    expect(historyText(past, 'zh-CN')).toMatch(/twin \(eip-used\).*绑定 bound.*webhook.*已按请求绑定/);
  });

  it('goes on after answers that were lost', async () => {
    stand.simulator.faults([
      { kind: 'reset-after', path: '/v4/eip/disassociate', times: 1 },
      { kind: 'reset-before', path: '/v4/eip/associate', times: 1 },
    ]);
    const { status } = await stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move', waitSeconds: 15 }));
    expect([status, stand.eip('eip-used').at]).toEqual([200, 'vm-2']);
  });

  it('a cloud that is away at first is asked again from the queue', async () => {
    stand.simulator.faults([{ kind: 'status', status: 503, path: '/v4/eip/show' }]);
    const { status } = await stand.post('/bind', bindBody(FREE, VM2, { waitSeconds: 0 }), { id: 'm1' });
    stand.simulator.faults([]);
    await stand.drain();
    expect([status, (await stand.get('/requests/m1')).body.outcome]).toEqual([202, 'bound']);
  });
});

describe('the kill switch', () => {
  it('plan: says what would be done; off: takes nothing', async () => {
    stand = await bindStand();
    await turnSwitch(stand.ledger, 'bind-on-webhook', 'plan', 'li-na', new Date());
    const planned = await stand.post('/bind', bindBody(USED, VM2, { onConflict: 'move' }));
    expect([planned.status, planned.body.outcome, planned.body.reason]).toEqual([
      200,
      'planned',
      { code: 'would', deeds: 'unbind, bind' },
    ]);
    expect((await stand.post('/bind', bindBody(USED, VM2))).body.reason.code).toBe('bound-elsewhere');
    await turnSwitch(stand.ledger, 'bind-on-webhook', 'off', 'li-na', new Date());
    const off = await stand.post('/bind', bindBody(FREE, VM2), { id: 'm1' });
    expect([off.status, off.body.error, changes()]).toEqual([503, 'switched-off', []]);
    await turnSwitch(stand.ledger, 'bind-on-webhook', 'apply', 'li-na', new Date());
    expect((await stand.post('/bind', bindBody(FREE, VM2), { id: 'm1' })).body.outcome).toBe('bound');
  });
});

describe('who is let in', () => {
  beforeAll(async () => {
    stand = await bindStand({ BIND_TARGETS: '' });
  });
  const BODY = JSON.stringify(bindBody(FREE, VM2));
  it.each<[string, string, string, Record<string, string>]>([
    ['no signature', '/bind', BODY, {}],
    ['a signature by another secret', '/bind', BODY, signedHeaders(BODY, { secret: OTHER_SECRET })],
    ['a signature of another body', '/bind', BODY, signedHeaders('{}')],
    ['a signature six minutes old', '/bind', BODY, signedHeaders(BODY, { later: -360 })],
    ['a signature six minutes early', '/bind', BODY, signedHeaders(BODY, { later: 360 })],
    ['an id with a dot', '/bind', BODY, signedHeaders(BODY, { id: 'a.b' })],
    ['a path that is not there', '/nowhere', BODY, {}],
    [
      'the right bearer token, where bearers are off',
      '/bind',
      BODY,
      { authorization: `Bearer ${'t'.repeat(40)}`, 'idempotency-key': 'k' },
    ],
    [
      'the right GitHub signature, where those are off',
      '/bind',
      BODY,
      { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    ],
  ])('%s: 401, and no more is said', async (_sentence, path, body, headers) => {
    const { status, body: said } = await stand.post(path, body, { headers });
    expect([status, said]).toEqual([401, { error: 'unauthorized' }]);
  });

  it('names every problem of a body at once', async () => {
    const { status, body } = await stand.post('/bind', { account: 1, target: { type: 'nat', id: 'x' }, extra: true });
    expect([status, body.error]).toEqual([400, 'bad-request']);
    expect(body.problems.join('\n')).toMatch(
      /account: must be a string[\s\S]*region: is missing[\s\S]*eip: is missing[\s\S]*target.type: must be one of[\s\S]*extra: unknown key/,
    );
    expect((await stand.post('/bind', '[1]')).body.problems).toEqual(['the body is not a JSON object']);
    expect((await stand.post('/bind', '')).status).toBe(400);
  });

  it('knows paths and methods, for who is let in', async () => {
    expect((await stand.post('/nowhere', '{}')).status).toBe(404);
    expect((await stand.post('/__proto__', '{}')).status).toBe(404);
    const wrong = await stand.get('/bind');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await stand.post('/requests/x', '{}')).status).toBe(405);
    expect((await stand.post('/bind', ' '.repeat(70_000))).status).toBe(413);
  });

  it('lets nothing be bound unless the settings list it, and says which setting', async () => {
    const { status, body } = await stand.post('/bind', BODY);
    expect([status, body.reason.code, body.message]).toEqual([
      403,
      'no-targets-allowed',
      expect.stringContaining('BIND_TARGETS'),
    ]);
    const zh = await stand.post('/bind', BODY, { headers: { ...signedHeaders(BODY), 'accept-language': 'zh-CN' } });
    expect(zh.body.message).toContain('不允许');
  });

  it('takes a rotated secret, and both during a rotation', async () => {
    stand.secrets.standard = JSON.stringify([OTHER_SECRET, SECRET]);
    const rotated = await bindStand();
    rotated.secrets.standard = JSON.stringify([OTHER_SECRET, SECRET]);
    expect((await rotated.post('/bind', BODY, { secret: OTHER_SECRET })).status).toBe(200);
    expect((await rotated.post('/bind', BODY)).body.outcome).toBe('already');
  });

  it('lets in bearers and GitHub where the settings say so; their ids are no ids of others', async () => {
    stand = await bindStand({ WEBHOOK_SCHEMES: 'standard,bearer' });
    const token = 't'.repeat(40);
    stand.secrets.bearer = JSON.stringify([token]);
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'm1' };
    const { body } = await stand.post('/bind', BODY, { headers });
    expect([body.outcome, body.request]).toEqual(['bound', 'bearer:m1']);
  });

  it('a crash answers 500 without a word, and throws, so that an alarm fires', async () => {
    stand = await bindStand();
    stand.secrets.standard = 'not a list';
    const { status, body } = await stand.post('/bind', BODY);
    expect([status, body, String(stand.gateway.threw)]).toEqual([
      500,
      { message: 'Internal Server Error' },
      expect.stringContaining('is not a list of secrets'),
    ]);
  });

  it('tells no secret in any log or answer', async () => {
    const { body } = await stand.post('/bind', BODY);
    const all = JSON.stringify([stand.logged, body, stand.gateway.threw.map(String)]);
    for (const secret of [SECRET, KEY.secretKey, 'not a list"']) expect(all).not.toContain(secret);
  });
});
