/** Regions, their zones, and what an account may have in them (those quotas only that concern EIPs). */
import { computeSuccess } from './answers.ts';
import type { Call, Route } from './route.ts';
import type { SimRegion } from './state.ts';

const printed = (region: SimRegion): Record<string, unknown> => ({
  regionParent: region.regionName,
  regionType: 'openstack',
  isMultiZones: false,
  zoneList: [],
  regionCode: region.regionID,
  ...region,
});

const QUOTAS = {
  public_ip_limit: 20,
  public_ip_limit_each_time: 5,
  public_ip_v6_limit: 20,
  max_bandwidth_of_elastic_ip_creation: 300,
  max_bandwidth_of_elastic_ip_v6_creation: 300,
  max_duration_of_elastic_ip_creation: '3',
  ip_count_per_share_bandwidth: 20,
  max_num_of_share_bandwidth_per_user: 5,
};

/** `api.ts` has seen that the region is there. */
const asked = ({ cloud, params }: Call): Record<string, unknown> => {
  const region = cloud.state.regions.find(({ regionID }) => regionID === params.regionID);
  return region ? printed(region) : {};
};

const region = (name: string, handle: (call: Call) => object): Route => ({
  ...{ method: 'GET', path: `/v4/region/${name}`, required: { regionID: 'string' } },
  handle: call => computeSuccess(handle(call)),
});

const SUMMARY = { cpuArches: ['x86'], regionVersion: 'v4.0', dedicated: false, province: '', city: '' };

export const regionRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v4/region/list-regions', required: {} },
    handle: ({ cloud, params }) =>
      computeSuccess({
        regionList: cloud.state.regions
          .filter(({ regionName }) => params.regionName === undefined || regionName === params.regionName)
          .map(printed),
      }),
  },
  region('get-zones', () => ({ zoneList: [{ name: 'default', azDisplayName: '可用区1' }] })),
  region('get-summary', call => {
    const { regionCode: _, ...summary } = asked(call);
    return { ...summary, ...SUMMARY };
  }),
  region('customer-quotas', () => ({ quotas: QUOTAS, global_quota: { global_public_ip_limit: 200 } })),
];
