import { besideEips } from './sample-beside-eips.ts';

/**
 * A made-up account for the first look: forty EIPs in three regions, with every case that auto-renew has a verdict for.
 * Times are relative, so that it is always fresh.
 */

const REGIONS = [
  { regionID: '81f7728662dd11ec810800155d307d5b', regionName: '华东1', regionParent: '江苏' },
  { regionID: 'bb9fdb42056f11eda1610242ac110002', regionName: '华南2', regionParent: '广东' },
  { regionID: '41f64827f25f468595ffa3a5deb5d15d', regionName: '内蒙6', regionParent: '内蒙古' },
] as const;

/** The sample account's key pair; it opens nothing but the simulator. */
export const SAMPLE_KEY = {
  accessKey: 'sample0access0key000000000000000',
  secretKey: 'sample0secret0key000000000000000',
};

type Row = { name: string; region: 0 | 1 | 2; expiredAt: string | null; mbps?: number } & Record<string, unknown>;

const bound = { status: 'ACTIVE', associationType: 'INSTANCE' };
const unbound = { status: 'DOWN', associationID: '', associationType: null, portID: '' };

/** Due within a week, in every shade of urgency and size. */
const DUE: readonly Row[] = [
  { name: '官网-前端01', region: 0, expiredAt: '+9h', mbps: 10 },
  { name: '支付网关-主', region: 0, expiredAt: '+1d3h', mbps: 20 },
  { name: 'api-gateway', region: 1, expiredAt: '+1d20h', mbps: 20 },
  { name: '订单服务', region: 0, expiredAt: '+2d6h', mbps: 5 },
  { name: '邮件出口', region: 2, expiredAt: '+3d1h', mbps: 2 },
  { name: 'vpn-华南', region: 1, expiredAt: '+4d8h', mbps: 5 },
  { name: '直播推流-02', region: 1, expiredAt: '+5d', mbps: 10 },
  { name: '备份专线出口', region: 2, expiredAt: '+6d2h', mbps: 5 },
  { name: 'ci-runner', region: 2, expiredAt: '+6d22h', mbps: 1 },
];

/** Would be due, but for a reason that a person gave or that a person must look at. */
const SPECIAL: readonly Row[] = [
  { name: 'keep-迁移保留', region: 0, expiredAt: '+2d' },
  { name: '测试环境-临时', region: 0, expiredAt: '+3d', labels: { autopilot: 'off' } },
  { name: '整机套餐IP', region: 1, expiredAt: '+3d', isPackaged: true },
  { name: '闲置-待分配', region: 1, expiredAt: '+4d', ...unbound },
  { name: '正在变配', region: 0, expiredAt: '+2d', status: 'UPDATING' },
  { name: '正在绑定', region: 1, expiredAt: '+5d', status: 'BANGDING_OR_UNBANDING' },
  { name: '已到期-旧站点', region: 2, expiredAt: '-2d', status: 'EXPIRED' },
  { name: '欠费冻结', region: 2, expiredAt: '+1d', status: 'FREEZING' },
  { name: '到期日不明', region: 2, expiredAt: '2026/12/01', billingMethod: 'periodic' },
];

const NOT_DUE: readonly Row[] = Array.from({ length: 14 }, (_, i) => ({
  name: `${['数据库备用', 'web-node', '监控采集', '日志服务', 'cdn-源站'][i % 5]}-${i + 1}`,
  region: (i % 3) as 0 | 1 | 2,
  expiredAt: `+${12 + i * 23}d`,
  mbps: [5, 10, 2, 20][i % 4] ?? 5,
}));

/** A spike of traffic half an hour from the beginning on, for an hour; in Mbps. */
const SPIKE = [
  ...[1.1, 0.9, 1.3, 1.2, 1, 1.4].map((egressMbps, i) => ({ at: `-${30 - 5 * i}m`, egressMbps })),
  ...[1.2, 1.6, 1.4, 2.1, 2.6, 3.4, 4.6, 6.2, 7.9, 9, 8.4, 8.8, 8.1, 7.6, 8.3, 7.2, 4, 1.5, 1.2, 0.8].map(
    (egressMbps, i) => ({ at: `+${5 * i}m`, egressMbps }),
  ),
];

const ON_DEMAND: readonly Row[] = Array.from({ length: 8 }, (_, i) => ({
  name: `${['弹性扩容', 'spot-worker', '压测机'][i % 3]}-${i + 1}`,
  region: (i % 3) as 0 | 1 | 2,
  expiredAt: null,
  billingMethod: 'on_demand',
  ...(i % 4 === 3 ? unbound : {}),
  ...(i === 0 ? { load: { points: SPIKE } } : {}),
}));

function eipOf({ region, mbps = 5, ...row }: Row, index: number): Record<string, unknown> {
  const digits = String(index + 1).padStart(2, '0');
  return {
    regionID: REGIONS[region].regionID,
    ID: `eip-sample00${digits}`,
    eipAddress: `203.0.113.${index + 10}`,
    bandwidth: mbps,
    billingMethod: 'periodic',
    ...bound,
    associationID: `00000000-0000-4000-8000-0000000000${digits}`,
    portID: `port-sample0${digits}`,
    createdAt: '-200d',
    updatedAt: '-30d',
    ...row,
  };
}

/** The simulator's state. */
export const sampleState = {
  regions: REGIONS,
  accounts: [
    {
      name: 'main',
      ...SAMPLE_KEY,
      balance: '5000.00',
      eips: [...DUE, ...SPECIAL, ...NOT_DUE, ...ON_DEMAND].map(eipOf),
      ...besideEips(REGIONS[0].regionID),
    },
  ],
  settings: { orderSeconds: 1 },
};

/** What the sample's owner asks for; `*` looks into all three regions. */
export const sampleAsk = {
  mode: 'plan',
  targets: [{ account: 'main', regions: ['*'] }],
  renew: {
    withinDays: 7,
    cycle: { type: 'month', count: 1 },
    onlyBound: true,
    exempt: { names: ['keep-*'], labels: { autopilot: 'off' } },
  },
  limits: {
    maxActions: 20,
    maxSharePercent: 30,
    maxSpendPerRun: '5000.00',
    maxSpendPerDay: '5000.00',
    maxSpendPerAction: '3000.00',
  },
};

/** What the owner asks of scale-bandwidth. */
export const sampleScaleAsk = {
  mode: 'plan',
  targets: [{ account: 'main', regions: ['*'] }],
  scale: { ladderMbps: [1, 2, 5, 10, 20, 50, 100], ceilingMbps: 50, exempt: { labels: { autopilot: 'off' } } },
  limits: { maxActions: 5, maxSharePercent: 10, maxSpendPerRun: '100.00' },
};
