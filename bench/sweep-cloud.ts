/** A process of its own that is the cloud of the sweep, so that its memory and time are not counted: prints where it is. */
import { parseArgs } from 'node:util';
import { SAMPLE_KEY } from '../local/sample.ts';
import { startSecretsManager } from '../local/secrets/server.ts';
import { startSimulator } from '../local/simulator/server.ts';

const number = { type: 'string' } as const;
const { values } = parseArgs({ options: { eips: number, regions: number, latency: number, rate: number } });
const [eips, regions, ms] = [Number(values.eips), Number(values.regions), Number(values.latency)];

const regionId = (index: number): string => String(index).padStart(32, '0');
const hex = (index: number): string => index.toString(16).padStart(10, '0');

/** Most are bound and not due; one of a thousand is due, a fifth is on demand, some are idle: what a large account has. */
function eip(index: number) {
  const due = index % 1000 === 7;
  const idle = !due && index % 50 === 3;
  return {
    regionID: regionId(index % regions),
    ID: `eip-${hex(index)}`,
    name: `web-${index}`,
    eipAddress: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    status: idle ? 'DOWN' : 'ACTIVE',
    ...(idle ? {} : { associationID: `ss-${hex(index)}`, associationType: 'INSTANCE', portID: `port-${hex(index)}` }),
    ...(due ? { expiredAt: '+3d' } : index % 5 === 0 ? {} : { expiredAt: `+${30 + (index % 300)}d` }),
  };
}

const aws = { accessKeyId: 'AKIASWEEP', secretAccessKey: 'sweep' };
const simulator = await startSimulator({
  state: {
    accounts: [{ name: 'main', ...SAMPLE_KEY, eips: Array.from({ length: eips }, (_, index) => eip(index)) }],
    regions: Array.from({ length: regions }, (_, index) => ({ regionID: regionId(index), regionName: `r${index}` })),
  },
});
simulator.faults([
  { kind: 'throttle', perSecond: Number(values.rate) },
  { kind: 'latency', ms },
]);
const secrets = await startSecretsManager(aws, { 'ctyun/main': JSON.stringify(SAMPLE_KEY) });
process.stdout.write(`${JSON.stringify({ ctyun: simulator.url, secrets: secrets.url, aws, key: SAMPLE_KEY })}\n`);
