import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withZones } from '../../../local/cli/zone-files.ts';

const ask = (dns: object) => ({ mode: 'plan', orphans: { graceHours: 1, dns } });

it('puts the text of zone files into the ask, under the name that their file tells', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'eip-zone-')), 'db.example.com');
  writeFileSync(file, 'www A 203.0.113.1');
  expect(withZones(ask({ names: ['a.b'], zoneFiles: [file] }))).toEqual(
    ask({ names: ['a.b'], zones: [{ file, origin: 'example.com', text: 'www A 203.0.113.1' }] }),
  );
});

it('names every file that cannot be read', () => {
  expect(() => withZones(ask({ zoneFiles: ['/nowhere/a', '/nowhere/b'] }))).toThrow(/nowhere\/a.*nowhere\/b/);
});

it.each([null, [], { renew: {} }, { orphans: 1 }, ask({}), ask({ zoneFiles: 'x' })])(
  'leaves %j to its reader',
  event => {
    expect(withZones(event)).toBe(event);
  },
);
