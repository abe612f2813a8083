import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Top to bottom: an import points down or stays in its folder; neighbours on one rung never import each other. */
const LADDER = [
  ['test', 'bench'],
  ['local'],
  ['functions'],
  ['shared/edge'],
  ['shared/flow'],
  ['shared/plan', 'shared/report', 'shared/chat', 'shared/ctyun', 'shared/config', 'shared/ledger'],
  ['shared/model'],
];
const PURE = ['shared/model', 'shared/plan', 'shared/report', 'shared/chat', 'shared/ctyun/signature.ts'];
/** The only places that reach the machine. */
const REACHING = ['shared/edge', 'shared/config', 'local', 'test', 'bench'];

const sources = ['functions', 'shared', 'local', 'test', 'bench'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.includes('node_modules'))
    .map(file => join(folder, file)),
);
const textOf = (file: string): string => readFileSync(file, 'utf8');
/** Without comments and strings, which may name anything. */
const codeOf = (file: string): string =>
  textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''");
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(match => match[1]!);

const folderOf = (file: string): string => LADDER.flat().find(folder => file.startsWith(`${folder}/`)) ?? file;
const rungOf = (folder: string): number => LADDER.findIndex(rung => rung.includes(folder));

function climbs(file: string): string[] {
  const from = folderOf(file);
  return importsOf(file)
    .filter(path => path.startsWith('.'))
    .map(path => folderOf(normalize(join(dirname(file), path))))
    .filter(to => to !== from && rungOf(to) <= rungOf(from));
}

describe('the ladder', () => {
  it('has a rung for every source', () => {
    expect(sources.filter(file => rungOf(folderOf(file)) < 0)).toEqual([]);
    expect(sources.length).toBeGreaterThan(60);
  });
  it.each(sources)('%s imports downwards only', file => {
    expect(climbs(file)).toEqual([]);
  });
  it('would notice a climb', () => {
    expect(rungOf('shared/plan') <= rungOf('shared/report')).toBe(true);
    expect(rungOf('shared/edge') <= rungOf('shared/flow')).toBe(true);
  });
  it.each(['simulator', 'chat', 'queue'])('the stand-ins of local/%s import nothing of the product', folder => {
    const standIns = sources.filter(file => file.startsWith(`local/${folder}/`));
    expect(standIns.length).toBeGreaterThan(0);
    expect(standIns.flatMap(importsOf).filter(path => path.includes('shared/'))).toEqual([]);
  });
});

describe('purity', () => {
  const inFolders = (file: string, folders: readonly string[]): boolean =>
    folders.some(folder => file.startsWith(folder));
  it.each(sources.filter(file => inFolders(file, PURE)))('%s reaches nothing', file => {
    expect(codeOf(file)).not.toMatch(
      /\bDate\.now\b|new Date\(\)|\bprocess\.|\bfetch\(|Math\.random|\bconsole\.|setTimeout/,
    );
    expect(importsOf(file).filter(path => path.startsWith('node:') && path !== 'node:crypto')).toEqual([]);
  });
  it.each(sources.filter(file => !inFolders(file, REACHING)))(
    '%s leaves clock, environment, network and chance to the edge',
    file => {
      expect(codeOf(file)).not.toMatch(/\bDate\.now\b|new Date\(\)|process\.env|\bfetch\(|Math\.random/);
    },
  );
});

describe('the house', () => {
  const own = sources.filter(file => !file.startsWith('test/'));
  it.each(own)('%s is a file of one idea', file => {
    expect(textOf(file).split('\n').length).toBeLessThanOrEqual(151);
  });
  it('a doorway is at most forty lines', () => {
    for (const file of readdirSync('functions'))
      expect(textOf(`functions/${file}`).split('\n').length).toBeLessThanOrEqual(40);
  });
  it('nothing is left to do', () => {
    const word = ['TO', 'DO'].join('');
    expect(sources.filter(file => textOf(file).includes(`${word}`))).toEqual([]);
  });
});
