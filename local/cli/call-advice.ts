import { type CtyunError, type CtyunErrorKind, outcomeUnknown } from '../../shared/ctyun/errors.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';

/** What the documentation says of a failure, by what can be done about it. */
const BY_KIND: Readonly<Partial<Record<CtyunErrorKind, string>>> = {
  throttled: 'No rate limit is documented. Wait, and send it again: it was not acted upon.',
  unavailable: 'The service or the way to it is down.',
  lost: 'No answer came.',
  'not-sent': 'No connection was made: check CTYUN_ENDPOINT and the network. Nothing was done.',
  forbidden: 'The key lacks a permission (CTIAM): grant it in the console.',
  'no-access': 'The region is unknown or closed to the account: see call listRegions.',
  'not-found': 'There is none with this id in this region: ids are per region.',
};

const BY_CODE: Readonly<Record<string, string>> = {
  CTAPI_10009:
    'The signature was refused. eop-date is Beijing time with a literal Z and is valid for 15 minutes: check the clock, then the secret key.',
  CTAPI_10002: 'The access key is unknown or closed: check CTYUN_AK, or the secret of the account.',
  CTAPI_10000: 'The gateway knows no such call: it may not be offered by this endpoint.',
  'Openapi.Parameter.Error': 'The API refused the parameters: see call --list and the name of the call for its limits.',
  UNEXPECTED_ANSWER: 'The answer came, but is not as documented. It is shown as it is.',
};

/** Where the documentation is silent or surprising about a call. */
const BY_OPERATION: readonly (readonly [RegExp, string])[] = [
  [/enew$|^renewEip$/, 'Only what has a term can be renewed (month or year); for on_demand nothing is documented.'],
  [/^deleteEip$/, 'Whether a bound EIP can be deleted is not documented: unbind it first (disassociateEip).'],
  [
    /^modifyEipSpec$/,
    'An EIP in a shared bandwidth has the bandwidth of its pool; downgrades of a term are not documented.',
  ],
  [/^bandwidthAssociateEip$/, 'A frozen or expired shared bandwidth can lose EIPs, but gain none.'],
  [/^flowPackage/, 'Cycles are upper case (MONTH, YEAR), one of them; sizes in GB are fixed.'],
  [/^order(Change|Terminate|QueryTo)/, "resourceID is the order's resource (masterResourceID), not the id of an EIP."],
  [/^(associateEip|attachEip)/, 'Only an unbound EIP (DOWN) is bound; associationType is 1 VM, 2 VIP, 3 bare metal.'],
];

/** Short lines that say which fact of the documentation applies, and what to do. */
export function adviceOn(error: CtyunError, operation: ApiOperation): string[] {
  const { code, kind, details } = error;
  const general = BY_CODE[code] ?? BY_KIND[kind];
  return [
    ...(general ? [general] : []),
    ...(details.orderId ? [inProgress(details.orderId)] : []),
    ...(kind === 'refused' ? ofOperation(operation) : []),
    ...(operation.effect === 'write' && outcomeUnknown(kind) ? unknown(operation) : []),
  ];
}

const inProgress = (orderId: string): string =>
  `Another order runs on it, nothing was ordered now: call queryOrder --param masterOrderID=${orderId}`;

const ofOperation = ({ name }: ApiOperation): string[] => [
  ...BY_OPERATION.filter(([pattern]) => pattern.test(name)).map(([, fact]) => fact),
  'The codes for too little balance, a quota or a wrong state are not documented: the words of the API above are all there is.',
];

const unknown = ({ token }: ApiOperation): string[] => [
  'Nobody can tell whether it was done: look at the resource before anything else.',
  ...(token === 'none' ? ['It takes no clientToken: sent again, it may be done twice.'] : []),
];
