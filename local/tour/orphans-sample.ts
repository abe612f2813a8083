import { SAMPLE_KEY } from '../sample.ts';

const REGION = { regionID: '81f7728662dd11ec810800155d307d5b', regionName: '华东1' };
const idle = (ID: string, name: string, last: number) => ({
  ...{ regionID: REGION.regionID, ID, name, eipAddress: `203.0.113.${last}`, status: 'DOWN', updatedAt: '-60d' },
});

/** Two EIPs that nothing uses, one that a NAT rule uses, one that is bound. */
export const idleState = {
  regions: [REGION],
  settings: { orderSeconds: 0 },
  accounts: [
    {
      ...{ name: 'main', ...SAMPLE_KEY },
      eips: [
        ...[
          idle('eip-idle01', '压测机-旧', 201),
          idle('eip-idle02', '演示环境', 202),
          idle('eip-nat01', 'NAT出口', 203),
        ],
        { ...idle('eip-web01', '官网', 204), status: 'ACTIVE', associationID: 'vm-1', associationType: 'INSTANCE' },
      ],
      natGateways: [
        {
          ...{ regionID: REGION.regionID, natGatewayID: 'nat-01' },
          snats: [{ sNatID: 'snat-01', eips: [{ eipID: 'eip-nat01' }] }],
        },
      ],
    },
  ],
};

/** What the account's owner asks for. */
export const idleAsk = {
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION.regionID] }],
  orphans: { graceHours: 168, warnHours: 24, exempt: { names: ['keep-*'], labels: { autopilot: 'off' } } },
  limits: { maxActions: 10, maxSharePercent: 50 },
};
