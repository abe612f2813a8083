/** Who uses an EIP of a stage, from which step on, and whether a delete could have known. */
import { Buffer } from 'node:buffer';
import type { SimEip } from '../../local/simulator/state.ts';
import type { Fate } from './room.ts';
import { REGION, type Stage } from './stage.ts';

/** The ways to use an EIP, and the call that tells of each. */
export const USES = {
  own: '/v4/eip/show',
  snat: '/v4/vpc/list-snats',
  dnat: '/v4/vpc/describe-dnat-entries',
  balancer: '/v4/elb/list-loadbalancer',
  havip: '/v4/vpc/havip/list',
  port: '/v4/ports/new-list',
  instance: '/v4/ecs/list-instances',
} as const;
export type UseKind = keyof typeof USES;

const accountOf = (stage: Stage) => stage.here.cloud.state.accounts[0]!;

/** Somebody begins to use an EIP. `own`: the EIP itself shows it. */
export function use(stage: Stage, kind: UseKind, eip: SimEip): void {
  const account = accountOf(stage);
  const { ID: eipID, eipAddress: floatingIP } = eip;
  const gateway = account.natGateways[0] as unknown as { snats: object[]; dnats: object[] };
  const ways: Readonly<Record<UseKind, () => unknown>> = {
    own: () => Object.assign(eip, { status: 'ACTIVE', associationID: 'vm-9', associationType: 'INSTANCE' }),
    snat: () => gateway.snats.push({ sNatID: `s-${eipID}`, eips: [{ eipID, ipAddress: '' }] }),
    dnat: () => gateway.dnats.push({ dNatID: `d-${eipID}`, externalID: eipID, externalIp: '' }),
    balancer: () => account.loadBalancers.push({ regionID: REGION, ID: `lb-${eipID}`, eipInfo: [{ eipID }] }),
    havip: () =>
      account.havips.push({ regionID: REGION, id: `vip-${eipID}`, networkInfo: [{ eipID }], instanceInfo: [] }),
    port: () =>
      account.ports.push({ regionID: REGION, networkInterfaceID: `port-${eipID}`, associatedEip: { id: eipID } }),
    instance: () => account.instances.push({ regionID: REGION, instanceID: `vm-${eipID}`, floatingIP }),
  };
  ways[kind]();
}

export type Deleted = {
  readonly eipID: string;
  readonly step: number;
  readonly use?: UseKind;
  readonly known: boolean;
};

/** Watches every delete of a stage. `use` and `known`: in use at that moment, and whether the last look could have seen it. */
export function watchDeletes(stage: Stage) {
  const since = new Map<string, { kind: UseKind; step: number }>();
  const reads = new Map<string, number>();
  const deletes: Deleted[] = [];
  const { act } = stage.here;
  let now = '';
  const fated =
    (fate: typeof stage.room.fate) =>
    (step: number, label: string, process: Parameters<typeof fate>[2]): Fate => {
      now = process.name;
      return fate(step, label, process);
    };
  Object.assign(stage.here, {
    act: (request: Parameters<typeof act>[0]) => {
      const { pathname, searchParams } = new URL(request.url);
      const step = stage.room.steps;
      const about = pathname === USES.own ? searchParams.get('eipID') : '';
      if (pathname === '/v4/eip/delete') {
        const { eipID } = JSON.parse(Buffer.from(request.body!).toString()) as { eipID: string };
        const began = since.get(eipID);
        const there = accountOf(stage).eips.some(({ ID }) => ID === eipID);
        const read = began && reads.get(`${now} ${USES[began.kind]} ${began.kind === 'own' ? eipID : ''}`);
        const known = began !== undefined && (read ?? -1) >= began.step;
        if (there) deletes.push({ eipID, step, known, ...(began ? { use: began.kind } : {}) });
      }
      const answer = act(request);
      reads.set(`${now} ${pathname} ${about}`, step);
      return answer;
    },
  });
  return {
    deletes,
    fated,
    /** Uses an EIP from this step on, before the step acts. */
    use: (kind: UseKind, eip: SimEip) => {
      if (since.has(eip.ID) || !accountOf(stage).eips.includes(eip)) return;
      since.set(eip.ID, { kind, step: stage.room.steps });
      use(stage, kind, eip);
    },
    isUsed: (eipID: string) => since.has(eipID),
  };
}

export const idleState = (count: number, orderSeconds: number) => ({
  accounts: [
    {
      ...{ name: 'main', accessKey: 'a'.repeat(32), secretKey: 's'.repeat(32) },
      natGateways: [{ regionID: REGION, natGatewayID: 'nat-1' }],
      eips: [
        ...Array.from({ length: count }, (_, i) => ({
          ...{ regionID: REGION, ID: `eip-${i + 1}`, eipAddress: `203.0.113.${i + 1}` },
        })),
        { regionID: REGION, ID: 'eip-9', eipAddress: '203.0.113.9', status: 'ACTIVE', associationID: 'vm-1' },
      ],
    },
  ],
  regions: [{ regionID: REGION }],
  // Our own guard is what is measured: the cloud deletes whatever it is told to.
  settings: { orderSeconds, refuseBoundDelete: false },
});

export const releaseAsk = {
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  orphans: {
    ...{ graceHours: 0, warnHours: 0, maxUnboundJumpPercent: 100 },
    ...{ exempt: { labels: { autopilot: 'off' } }, settleWithinSeconds: 20 },
  },
  limits: { maxActions: 50, maxSharePercent: 100 },
};
