import { describe, expect, it } from 'vitest';
import { askable, needsReverse } from '../../shared/plan/dns-names.ts';
import { readZone } from '../../shared/plan/zone-file.ts';

const read = (text: string, origin?: string) => {
  const result = readZone(text, origin);
  return 'zone' in result
    ? { pointers: Object.fromEntries(result.zone.pointers), outside: result.zone.outside }
    : result.problems;
};

describe('a zone file', () => {
  it('is read in the ways that people write it', () => {
    const text = `$ORIGIN example.com.
$TTL 3600
@ IN SOA ns1.example.com. admin.example.com. (
    2026112401 ; serial
    7200 3600 1209600 3600 )
  IN NS ns1
www     300 IN A 203.0.113.10
api  IN 1h A 203.0.113.11 ; comment with ( and "
        A   203.0.113.12
v6      AAAA 2001:DB8:0:0::1
*.apps  IN A 203.0.113.13
old     CNAME www
shop    CNAME lb.Other.NET.
txt     TXT "v=spf1 ; ip4:203.0.113.99 (all)"
$ORIGIN sub.example.com.
deep    IN A 203.0.113.14
MX      IN MX 10 mail
`;
    expect(read(text)).toEqual({
      pointers: {
        '203.0.113.10': 'www.example.com',
        '203.0.113.11': 'api.example.com',
        '203.0.113.12': 'api.example.com',
        '203.0.113.13': '*.apps.example.com',
        '203.0.113.14': 'deep.sub.example.com',
        '2001:db8::1': 'v6.example.com',
      },
      outside: ['lb.other.net'],
    });
  });
  it('takes its origin from outside where it says none', () => {
    expect(read('@ A 203.0.113.1\nwww A 203.0.113.2', 'Example.com.')).toMatchObject({
      pointers: { '203.0.113.1': 'example.com', '203.0.113.2': 'www.example.com' },
    });
  });
  it.each([
    ['an address that is none', 'www A 203.0.113.999', /line 1: A without an address/],
    ['files that are included', '\n$INCLUDE more.zone', /line 2: \$INCLUDE is not understood/],
    ['names that are generated', '$GENERATE 1-9 h$ A 10.0.0.$', /\$GENERATE is not understood/],
    ['a parenthesis that stays open', '@ SOA a b ( 1 2\nwww A 203.0.113.1', /line 1: "\(" without "\)"/],
    ['a line without a type', 'www 300', /line 1: no record type/],
    ['a record that belongs to no name', '  A 203.0.113.1', /line 1: no name/],
  ])('with %s is not understood at all', (_sentence, text, problem) => {
    expect(String(read(text))).toMatch(problem);
  });
});

describe('names', () => {
  it('are asked as they are, wildcards of a zone too, patterns not', () => {
    expect(askable(['WWW.example.com.', 'www.example.com', '*.example.com', 'a*.example.com', '*'])).toEqual([
      'www.example.com',
      '*.example.com',
    ]);
  });
  it('reverse names are needed for patterns', () => {
    expect([
      needsReverse({ names: ['a.b'] }),
      needsReverse({ names: ['*.b'] }),
      needsReverse({ names: ['a?.b'] }),
    ]).toEqual([false, true, true]);
  });
});
