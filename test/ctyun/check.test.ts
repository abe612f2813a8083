import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATIONS, operationNamed } from '../../shared/ctyun/api/catalogue.ts';
import { PACKAGE_SIZES_GB } from '../../shared/ctyun/api/flow-package.ts';
import { checkedParams } from '../../shared/ctyun/check.ts';
import { distance, nearest } from '../../shared/ctyun/nearest.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import { RejectedRequest } from '../../shared/model/errors.ts';

type Given = Record<string, unknown>;

const problemsOf = (operation: ApiOperation, given: Given): readonly string[] => {
  try {
    checkedParams(operation, given);
    return [];
  } catch (error) {
    if (error instanceof RejectedRequest) return error.problems;
    throw error;
  }
};
const problems = (name: string, given: Given): readonly string[] => problemsOf(operationNamed(name)!, given);

const renewal = { regionID: 'r', eipID: 'eip-1', cycleType: 'month', cycleCount: 1 };
const fresh = { regionID: 'r', name: '新地址-1', cycleType: 'on_demand' };
const pool = { regionID: 'r', bandwidthID: 'bandwidth-1' };
const packages = { regionID: 'r', cycleType: 'MONTH', cycleCount: 1, count: 1, spec: 10 };
const history = { regionID: 'r', deviceIDs: ['1.2.3.4'], metricNames: ['x'], startTime: '2026-11-24 10:00:00' };

describe('parameters are refused, and every problem is named', () => {
  it.each<[string, string, Given, readonly string[]]>([
    ['what fits', 'renewEip', renewal, []],
    ['nothing', 'renewEip', {}, ['regionID', 'eipID', 'cycleType', 'cycleCount'].map(name => `${name}: is required`)],
    [
      'everything wrong at once',
      'renewEip',
      { eipId: 'eip-1', eipID: 7, cycleType: 'week', cycleCount: 'x', clientToken: 't'.repeat(65) },
      [
        'eipId: unknown parameter, perhaps eipID',
        'regionID: is required',
        'eipID: must be a text',
        'cycleType: must be one of month, year',
        'cycleCount: must be a whole number',
        'clientToken: must be 1 to 64 characters',
      ],
    ],
    ['twelve months', 'renewEip', { ...renewal, cycleCount: 12 }, ['cycleCount: must be 1 to 11']],
    [
      'twelve months of a conversion',
      'orderChangeToCycle',
      { ...renewal, cycleCount: 12 },
      ['eipID: unknown parameter', 'resourceID: is required', 'resourceType: is required'],
    ],
    ['four years', 'renewEip', { ...renewal, cycleType: 'year', cycleCount: 4 }, ['cycleCount: must be 1 to 3']],
    ['a fraction of a month', 'renewEip', { ...renewal, cycleCount: 1.5 }, ['cycleCount: must be a whole number']],
    ['an empty text', 'showEip', { regionID: '', eipID: 'e' }, ['regionID: must be a text']],
    [
      'a count with on_demand',
      'createEip',
      { ...fresh, cycleCount: 1 },
      ['cycleCount: is left out with cycleType on_demand'],
    ],
    ['on_demand without a count', 'createEip', fresh, []],
    ['a term without a count', 'createEip', { ...fresh, cycleType: 'month' }, ['cycleCount: is required']],
    [
      'a name that begins with a digit',
      'createEip',
      { ...fresh, name: '1a' },
      ['name: must be 2 to 32 letters, CJK characters, digits, _ or -, beginning with a letter or CJK character'],
    ],
    [
      'a voucher of a tenth of a fen',
      'renewEip',
      { ...renewal, payVoucherPrice: '1.005' },
      ['payVoucherPrice: must be CNY with at most two decimals'],
    ],
    ['a page of 51', 'bandwidthList', { regionID: 'r', pageSize: 51 }, ['pageSize: must be 1 to 50']],
    ['page 0', 'bandwidthList', { regionID: 'r', pageNo: 0 }, ['pageNo: must be at least 1']],
    ['a narrow shared bandwidth', 'bandwidthModifySpec', { ...pool, bandwidth: 4 }, ['bandwidth: must be 5 to 1000']],
    [
      'a wide IPv6 bandwidth',
      'ipv6BandwidthModifySpec',
      { ...pool, bandwidth: 1001 },
      ['bandwidth: must be 1 to 1000'],
    ],
    ['no EIPs for a pool', 'bandwidthAssociateEip', { ...pool, eipIDs: [] }, ['eipIDs: must be 1 to 50 items']],
    [
      '51 EIPs for a pool',
      'bandwidthAssociateEip',
      { ...pool, eipIDs: Array<string>(51).fill('e') },
      ['eipIDs: must be 1 to 50 items'],
    ],
    [
      'a list that is a text',
      'bandwidthAssociateEip',
      { ...pool, eipIDs: 'eip-1' },
      ['eipIDs: must be a list of texts'],
    ],
    [
      'an unknown kind of target',
      'associateEip',
      { regionID: 'r', eipID: 'e', associationID: 'i', associationType: 4 },
      ['associationType: must be one of 1, 2, 3'],
    ],
    [
      'a lower-case cycle of a package',
      'flowPackageBuy',
      { ...packages, cycleType: 'month' },
      ['cycleType: must be one of MONTH, YEAR'],
    ],
    ['two months of a package', 'flowPackageBuy', { ...packages, cycleCount: 2 }, ['cycleCount: must be 1']],
    ['21 packages', 'flowPackageBuy', { ...packages, count: 21 }, ['count: must be 1 to 20']],
    [
      'a yearly size for a month',
      'flowPackageBuy',
      { ...packages, spec: 120 },
      ['spec: must be one of 10, 50, 100, 500, 1024, 5120, 10240, 51200'],
    ],
    [
      'a flag that is a text',
      'orderChangeToNeed',
      { regionID: 'r', resourceID: 'x', resourceType: 'y', autoToNeed: 'yes' },
      ['autoToNeed: must be true or false'],
    ],
    [
      'a search by no label',
      'queryResourcesByLabel',
      { regionID: 'r' },
      ['one of labelID, labelKey, labelValue is required'],
    ],
    [
      'a time with a T, and none',
      'queryHistoryMonitor',
      { ...history, startTime: '2026-11-24T10:00:00' },
      ['startTime: must be YYYY-MM-DD HH:MM:SS, Beijing time', 'endTime: is required'],
    ],
    [
      'a token where none is taken',
      'ipv6BandwidthUpdate',
      { ...pool, name: 'ab', clientToken: 't' },
      ['clientToken: this call takes none'],
    ],
    [
      'names from the prototype',
      'showEip',
      { regionID: 'r', eipID: 'e', toString: 'x', __proto__: null, constructor: 1 },
      ['toString: unknown parameter', 'constructor: unknown parameter'],
    ],
  ])('%s (%s)', (_sentence, name, given, expected) => {
    expect(problems(name, given)).toEqual(expected);
  });

  it('as one error that says that nothing was done', () => {
    expect(() => checkedParams(operationNamed('renewEip')!, {})).toThrow(
      /the call renewEip was refused, nothing was done: /,
    );
  });
});

describe('for all inputs', () => {
  const MOST = { month: 11, year: 3 } as const;
  it('a term is accepted if and only if it is one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('month' as const, 'year' as const),
        fc.integer({ min: -5, max: 40 }),
        (cycleType, cycleCount) => {
          const fits = cycleCount >= 1 && cycleCount <= MOST[cycleType];
          for (const name of ['renewEip', 'ipv6BandwidthRenew', 'bandwidthQueryRenewPrice'])
            expect(
              problems(name, { ...renewal, cycleType, cycleCount }).some(one => one.startsWith('cycleCount')),
            ).toBe(!fits);
        },
      ),
    );
  });

  it('a package has one of the sizes of its own cycle', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('MONTH' as const, 'YEAR' as const),
        fc.oneof(fc.constantFrom<number>(...PACKAGE_SIZES_GB.MONTH, ...PACKAGE_SIZES_GB.YEAR), fc.integer()),
        (cycleType, spec) => {
          const fits = (PACKAGE_SIZES_GB[cycleType] as readonly number[]).includes(spec);
          expect(problems('flowPackageBuy', { ...packages, cycleType, spec }).length).toBe(fits ? 0 : 1);
        },
      ),
    );
  });

  it('a list of EIPs has 1 to 50, a page 1 to 50 rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), size => {
        const fits = size >= 1 && size <= 50;
        expect(problems('bandwidthDisassociateEip', { ...pool, eipIDs: Array<string>(size).fill('e') }).length).toBe(
          fits ? 0 : 1,
        );
        expect(problems('vpcListIpv6Gateway', { regionID: 'r', pageSize: size }).length).toBe(fits ? 0 : 1);
      }),
    );
  });

  it('whatever is given, a check ends in the parameters or in a refusal that names each unknown one', () => {
    const anything = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...OPERATIONS), anything, (operation, given) => {
        const found = problemsOf(operation, given);
        for (const name of Object.keys(given)) {
          if (!Object.hasOwn(operation.takes, name) && name !== 'clientToken')
            expect(found.some(problem => problem.startsWith(`${name}: unknown parameter`))).toBe(true);
        }
      }),
    );
  });
});

describe('close names', () => {
  it.each([
    ['renewEpi', ['renewEip']],
    ['RENEWEIP', ['renewEip']],
    ['ipv6', ['ipv6Show', 'ipv6List']],
    ['nothing like it', []],
  ])('of %s', (typo, expected) => {
    expect(nearest(typo, ['renewEip', 'deleteEip', 'ipv6Show', 'ipv6List'])).toEqual(expected);
  });

  it('a distance is symmetric, and none from a word to itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.toLowerCase().length, b.toLowerCase().length));
      }),
    );
  });
});
