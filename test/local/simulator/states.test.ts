import { describe, expect, it } from 'vitest';
import { bound, closeAll, DELETE, eip, MODIFY, month, RENEW, SHOW, stand } from './stand.ts';

closeAll();

describe('what an EIP allows in its state', () => {
  const modify = { eipID: 'eip-1', bandwidth: 9 };
  const gone = { eipID: 'eip-1' };
  it.each([
    ['renew', 'on demand', RENEW, month, { expiredAt: null }, 'Sim.Eip.NotPeriodic'],
    ['renew', 'UPDATING', RENEW, month, { status: 'UPDATING' }, 'Sim.Eip.StateInvalid'],
    ['renew', 'without a readable expiry', RENEW, month, { expiredAt: 'garbage' }, 'Sim.Eip.StateInvalid'],
    ['modify', 'EXPIRED', MODIFY, modify, { status: 'EXPIRED' }, 'Sim.Eip.StateInvalid'],
    ['modify', 'FREEZING', MODIFY, modify, { status: 'FREEZING' }, 'Sim.Eip.StateInvalid'],
    ['modify', 'ACTIVE', MODIFY, modify, bound, 'ok'],
    ['delete', 'ACTIVE', DELETE, gone, bound, 'Sim.Eip.Bound'],
    ['delete', 'expired but bound', DELETE, gone, { ...bound, status: 'EXPIRED' }, 'Sim.Eip.Bound'],
    ['delete', 'DOWN', DELETE, gone, {}, 'ok'],
    ['delete', 'FREEZING', DELETE, gone, { status: 'FREEZING' }, 'ok'],
  ])('%s, %s', async (_, __, operation, params, change, verdict) => {
    expect(await (await stand([eip('eip-1', change)])).verdict(operation, params)).toBe(verdict);
  });

  it('UPDATING while its bandwidth changes, then as before', async () => {
    const open = await stand([eip('eip-1', bound)]);
    await open.call(MODIFY, modify);
    expect(await open.show()).toMatchObject({ status: 'UPDATING', bandwidth: 5 });
    open.simulator.clock.advance(3);
    expect(await open.show()).toMatchObject({ status: 'ACTIVE', bandwidth: 9 });
  });

  it('DELETING, then gone', async () => {
    const open = await stand([eip('eip-1')]);
    await open.call(DELETE, gone);
    expect((await open.show()).status).toBe('DELETING');
    open.simulator.clock.advance(3);
    expect(await open.verdict(SHOW, gone)).toBe('Openapi.Eip.NotFound');
  });

  it('EXPIRED by itself when the clock passes its term', async () => {
    const open = await stand([eip('eip-1', { expiredAt: '+1h' })]);
    expect((await open.show()).status).toBe('DOWN');
    open.simulator.clock.advance(3601);
    expect((await open.show()).status).toBe('EXPIRED');
  });
});

describe('binding', () => {
  const to = { eipID: 'eip-1', associationID: 'vm-9', associationType: 1 };
  it.each([
    ['associate', to, 'INSTANCE'],
    ['associate', { ...to, associationType: 2 }, 'VIP'],
    ['associate', { ...to, associationType: 3 }, 'PHYSICALINSTANCE'],
    ['attach-port-vm', { eipID: 'eip-1', sourceID: 'vm-9', portID: 'port-9' }, 'INSTANCE'],
  ])('%s %j takes a moment, and can be undone', async (name, params, associationType) => {
    const open = await stand([eip('eip-1')]);
    const { body } = await open.call(`POST /v4/eip/${name}`, params);
    expect([body.statusCode, 'returnObj' in body]).toEqual([800, false]);
    expect((await open.show()).status).toBe('BANGDING_OR_UNBANDING');
    open.simulator.clock.advance(2);
    expect(await open.show()).toMatchObject({ status: 'ACTIVE', associationID: 'vm-9', associationType });
    expect(await open.verdict(`POST /v4/eip/${name}`, params)).toBe('Sim.Eip.StateInvalid');
    await open.call('POST /v4/eip/disassociate', { eipID: 'eip-1' });
    open.simulator.clock.advance(2);
    expect(await open.show()).toMatchObject({ status: 'DOWN', associationID: '', associationType: null });
    expect(await open.verdict('POST /v4/eip/disassociate', { eipID: 'eip-1' })).toBe('Sim.Eip.StateInvalid');
  });
});
