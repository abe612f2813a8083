import { describe, expect, it } from 'vitest';
import { readOrphansAsk } from '../../shared/plan/release-orphans.ask.ts';

const targets = [{ account: 'main', regions: ['r1'] }];
const ask = (orphans: unknown = {}, more: object = {}) => readOrphansAsk({ targets, orphans, ...more });

describe('the ask of release-orphans', () => {
  it('has careful defaults', () => {
    const { mode, limits, policy } = ask();
    expect([mode, limits.maxActions, limits.maxSharePercent]).toEqual(['plan', 10, 10]);
    expect(limits).not.toHaveProperty('inventoryFloor');
    expect(policy).toMatchObject({
      ...{ graceHours: 168, warnHours: 24, billing: ['on_demand'], periodic: 'report', inventoryFloor: 1 },
      ...{ maxUnboundJumpPercent: 25, exempt: { names: [], addresses: [], labels: {} } },
    });
  });
  it('takes the floor from the limits', () => {
    expect(ask({}, { limits: { inventoryFloor: 30 } })).toMatchObject({
      policy: { inventoryFloor: 30 },
      limits: { maxActions: 10 },
    });
  });
  it('reads addresses canonically and zones in full', () => {
    const { policy } = ask({
      exempt: { addresses: ['2001:DB8::0:1'] },
      dns: { zones: [{ origin: 'example.com', text: 'www A 203.0.113.1' }] },
    });
    expect(policy.exempt.addresses).toEqual(['2001:db8::1']);
    expect(policy.dns.zones[0]?.pointers.get('203.0.113.1')).toBe('www.example.com');
    expect(policy.dns).not.toHaveProperty('zoneFiles');
  });
  it('names every problem at once', () => {
    expect(() =>
      ask(
        {
          graceHours: -1,
          billing: ['periodic'],
          periodic: 'always',
          exempt: { addresses: ['1.2.3'], lables: {} },
          dns: {
            zoneFiles: ['a.zone'],
            zones: [{ file: 'b.zone', text: 'www A nowhere' }],
            names: ['a b'],
            resolvers: ['dns'],
          },
        },
        { limits: { inventoryFloor: -1 } },
      ),
    ).toThrow(
      /inventoryFloor: must be at least 0.*graceHours: must be at least 0.*billing\[0\]: must be one of.*periodic: must be one of.*addresses\[0\]: must be an IPv4.*lables: unknown key.*names\[0\]: must be a name.*zoneFiles: files are read by the terminal only.*b\.zone, line 1: A without an address.*resolvers\[0\]: must be an IPv4/,
    );
  });
  it('other functions know no floor', async () => {
    const { readRenewAsk } = await import('../../shared/plan/auto-renew.ask.ts');
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 } };
    expect(() => readRenewAsk({ targets, renew, limits: { inventoryFloor: 1 } })).toThrow(
      /inventoryFloor: unknown key/,
    );
    expect(readRenewAsk({ targets, renew }).limits).toMatchObject({ maxActions: 20, maxSharePercent: 50 });
  });
});
