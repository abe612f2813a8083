import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, REGION, type Stand, stand } from './stand.ts';

closeAll();

const row = (values: Body): Body => ({ regionID: REGION, ...values });
const month = { cycleType: 'month', cycleCount: 1 };
const PATH = '/v4/ipv6_bandwidth';
const account = {
  ipv6Bandwidths: [row({ id: 'bandwidth-6', name: 'six', bandwidth: 2, expiredTime: '+5d' })],
  ipv6s: [
    row({ ID: 'ipv6-1', ipAddress: '2001:db8::1' }),
    row({ ID: 'ipv6-2', ipAddress: '2001:db8::2', vpcID: 'vpc-2' }),
  ],
  ipv6Gateways: [row({ ipv6GatewayID: 'ipv6gw-1' })],
  ipv4Gateways: [row({ id: 'igw-1' })],
};
const open = (settings: Body = {}) => stand([], { account, settings: { orderSeconds: 0, ...settings } });
const shown = async ({ call }: Stand, bandwidthID = 'bandwidth-6') =>
  (await call(`GET ${PATH}/show`, { bandwidthID })).body.returnObj as Body;

describe('an IPv6 bandwidth', () => {
  it('that is created is listed, shown, resized, renewed, renamed; then it expires', async () => {
    const cloud = await open();
    const { bandwidthID = '' } = (await cloud.call(`POST ${PATH}/create`, { ...month, name: 'new', bandwidth: 3 })).body
      .returnObj as { bandwidthID?: string };
    const { body } = await cloud.call(`GET ${PATH}/list`, { queryContent: 'new' });
    expect([body.totalCount, (body.returnObj as Body[])[0]?.id]).toEqual([1, bandwidthID]);
    const newer = (await cloud.call(`GET ${PATH}/new-list`)).body.returnObj as Body;
    expect(newer.totalCount).toBe(2);
    await cloud.call(`POST ${PATH}/modify-spec`, { bandwidthID, bandwidth: 9 });
    await cloud.call(`POST ${PATH}/update`, { bandwidthID, name: 'other' });
    const before = await shown(cloud, bandwidthID);
    expect(before).toMatchObject({ bandwidth: 9, name: 'other', status: 'ACTIVE' });
    await cloud.call(`POST ${PATH}/renew`, { bandwidthID, cycleType: 'year', cycleCount: 1 });
    const after = await shown(cloud, bandwidthID);
    expect(Number(String(after.expiredTime).slice(0, 4)) - Number(String(before.expiredTime).slice(0, 4))).toBe(1);
    cloud.simulator.clock.advance(500 * 86_400);
    expect((await shown(cloud, bandwidthID)).status).toBe('EXPIRED');
    expect(await cloud.verdict(`POST ${PATH}/renew`, { bandwidthID, ...month })).toBe('ok');
    expect((await shown(cloud, bandwidthID)).status).toBe('ACTIVE');
  });

  it('carries one address, with the gateway of its VPC; then it cannot be deleted', async () => {
    const cloud = await open();
    const add = { bandwidthID: 'bandwidth-6', ip: '2001:db8::1' };
    expect(await cloud.verdict(`POST ${PATH}/add-ipv6`, add)).toBe('ok');
    expect(await shown(cloud)).toMatchObject({ ipAddress: '2001:db8::1', ipv6GatewayID: 'ipv6gw-1' });
    expect(await cloud.verdict(`POST ${PATH}/add-ipv6`, { ...add, ip: '2001:db8::2' })).toBe('Sim.Ipv6Bandwidth.Bound');
    expect(await cloud.verdict(`POST ${PATH}/delete`, { bandwidthID: 'bandwidth-6' })).toBe('Sim.Ipv6Bandwidth.Bound');
    const gone = { ipv6GatewayID: 'ipv6gw-1' };
    expect(await cloud.verdict('POST /v4/vpc/delete-ipv6-gateway', gone)).toBe('Sim.Ipv6Gateway.Bound');
    const address = (await cloud.call('GET /v4/ipv6/ipv6-show', { ipv6ID: 'ipv6-1' })).body.returnObj;
    expect(address).toMatchObject({ bandwidthID: 'bandwidth-6' });
    expect(await cloud.verdict(`POST ${PATH}/remove-ipv6`, add)).toBe('ok');
    expect(await cloud.verdict(`POST ${PATH}/remove-ipv6`, add)).toBe('Sim.Ipv6Bandwidth.NotBound');
    expect(await cloud.verdict(`POST ${PATH}/delete`, { bandwidthID: 'bandwidth-6' })).toBe('ok');
    expect(await cloud.verdict(`GET ${PATH}/show`, { bandwidthID: 'bandwidth-6' })).toBe('Sim.Ipv6Bandwidth.NotFound');
  });

  it.each([
    ['stuck', { kind: 'stuck-order' }, '14', '2'],
    ['failed', { kind: 'failed-order' }, '5', '2'],
  ])('keeps its size when its order is %s', async (_, fault, status, size) => {
    const cloud = await open();
    cloud.simulator.faults([fault]);
    await cloud.call(`POST ${PATH}/modify-spec`, { bandwidthID: 'bandwidth-6', bandwidth: 9 });
    cloud.simulator.clock.advance(60);
    expect([String((await shown(cloud)).bandwidth), cloud.simulator.orders()[0]?.status]).toEqual([size, status]);
  });

  it.each<[string, Body]>([
    ['on demand', { cycleType: 'on_demand', cycleCount: 1, name: 'ab' }],
    ['of 1001 Mbps', { ...month, name: 'ab', bandwidth: 1001 }],
    ['of 12 months', { cycleType: 'month', cycleCount: 12, name: 'ab' }],
  ])('%s is not sold', async (_, params) => {
    expect(await (await open()).verdict(`POST ${PATH}/create`, params)).toBe('Openapi.Parameter.Error');
  });
});

describe('addresses and gateways', () => {
  it('addresses are found by VPC and by address', async () => {
    const cloud = await open();
    const found = async (params: Body) => (await cloud.call('GET /v4/ipv6/ipv6-list', params)).body.totalCount;
    expect([await found({}), await found({ vpcID: 'vpc-2' }), await found({ ipAddress: '2001:db8::1' })]).toEqual([
      2, 1, 1,
    ]);
  });

  it('a VPC has one IPv6 gateway, made once for one token', async () => {
    const cloud = await open();
    const make = { vpcID: 'vpc-9', clientToken: 'same' };
    const CREATE = 'POST /v4/vpc/create-ipv6-gateway';
    expect([await cloud.verdict(CREATE, make), await cloud.verdict(CREATE, make)]).toEqual(['ok', 'ok']);
    expect(await cloud.verdict(CREATE, { vpcID: 'vpc-9' })).toBe('Sim.Ipv6Gateway.Exists');
    const { body } = await cloud.call('GET /v4/vpc/list-ipv6-gateway');
    const [, { ipv6GatewayID = '' } = {}] = body.returnObj as { ipv6GatewayID?: string }[];
    expect(body.totalCount).toBe(2);
    expect(await cloud.verdict('POST /v4/vpc/delete-ipv6-gateway', { ipv6GatewayID })).toBe('ok');
    expect(await cloud.verdict('GET /v4/vpc/get-ipv6-gateway-attribute', { ipv6GatewayID })).toBe(
      'Sim.Ipv6Gateway.NotFound',
    );
  });

  it('an IPv4 gateway is bound to one route table, and unbound', async () => {
    const cloud = await open();
    const gateway = { ipv4GwID: 'igw-1' };
    const table = async () =>
      ((await cloud.call('GET /v4/vpc/ipv4-gw/show', gateway)).body.returnObj as Body).routeTableID;
    const BIND = 'POST /v4/vpc/ipv4-gw/add-route-table-binding';
    const UNBIND = 'POST /v4/vpc/ipv4-gw/remove-route-table-binding';
    expect(await cloud.verdict(UNBIND, gateway)).toBe('Sim.Ipv4Gateway.NotBound');
    await cloud.call(BIND, { ...gateway, routeTableID: 'rtb-1' });
    expect(await table()).toBe('rtb-1');
    expect(await cloud.verdict(BIND, { ...gateway, routeTableID: 'rtb-2' })).toBe('Sim.Ipv4Gateway.Bound');
    await cloud.call(UNBIND, gateway);
    expect(await table()).toBe('');
    expect(await cloud.verdict(BIND, { ipv4GwID: 'igw-9', routeTableID: 'r' })).toBe('Sim.Ipv4Gateway.NotFound');
  });
});
