/**
 * Stands in bundles for the rule sets by which the SDK finds the host of a service: they weigh 17 KB, and come down to a
 * region's partition and its suffix where tables and secrets are given by name. A test compares it with the SDK's own,
 * for every region there is.
 */
type Parameters = {
  readonly Endpoint?: string;
  readonly Region?: string;
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
};

/** The suffix of a partition's hosts, by what the names of its regions begin with. */
const SUFFIXES = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^eusc-/, 'amazonaws.eu'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
] as const;

/** @param service the first word of its hosts, for instance `dynamodb` */
export const endpointsOf =
  (service: string) =>
  ({ Endpoint, Region, UseFIPS, UseDualStack }: Parameters) => {
    // Which hosts these have differs from service to service; better none than a wrong one.
    if (UseFIPS || UseDualStack) {
      throw new Error(`FIPS and dual-stack hosts are not known here: name ${service}'s with AWS_ENDPOINT_URL_…`);
    }
    return { url: new URL(Endpoint ?? hostOf(service, Region)), properties: {}, headers: {} };
  };

function hostOf(service: string, region: string | undefined): string {
  if (!region) throw new Error('Region is missing');
  const [, suffix] = SUFFIXES.find(([name]) => name.test(region)) ?? ['', 'amazonaws.com'];
  return `https://${service}.${region}.${suffix}`;
}
