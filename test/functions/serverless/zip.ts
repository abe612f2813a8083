import { readFileSync } from 'node:fs';

const ENTRY = Buffer.from('PK\u0001\u0002', 'latin1');

/** The names in an archive's directory. */
export function namesIn(file: string): string[] {
  const bytes = readFileSync(file);
  const names: string[] = [];
  for (let at = bytes.indexOf(ENTRY); at >= 0; at = bytes.indexOf(ENTRY, at + ENTRY.length)) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.subarray(at + 46, at + 46 + length).toString());
  }
  return names;
}
