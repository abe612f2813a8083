import { describe, expect, it } from 'vitest';
import { CATALOGUE, NAMES, OPERATIONS, operationNamed } from '../../shared/ctyun/api/catalogue.ts';
import { endpointOf } from '../../shared/ctyun/hosts.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import type { Parameter, Takes } from '../../shared/ctyun/parameter.ts';
import { clientToken } from '../../shared/ctyun/parameters.ts';
import { read } from './vectors.ts';

type Documented = {
  name: string;
  in: 'query' | 'body';
  type: string;
  required: boolean;
  note?: string;
  values?: unknown[];
};
type Call = { name: string; group: string; method: string; host: string; path: string; params: Documented[] };

const calls = read('api.json') as Call[];
const documented = read('documented-calls.json') as {
  title: string;
  path: string;
  method: string;
  apiJsonName: string;
}[];

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'integer',
  boolean: 'boolean',
  'array<string>': 'list',
};

const clientOf = ({ method, path }: { method: string; path: string }): ApiOperation => {
  const operation = OPERATIONS.find(one => one.method === method && one.path === path);
  if (!operation) throw new Error(`no operation for ${method} ${path}`);
  return operation;
};

const placeOf = ({ place, method }: ApiOperation) => place ?? (method === 'GET' ? 'query' : 'body');
const isRequired = (parameter: Parameter): boolean => parameter.optional !== true;

describe.each(calls)('$group: $name', call => {
  it('exists, with the same method, path and host', () => {
    const { product, name } = clientOf(call);
    expect(new URL(endpointOf(undefined)(product)).host).toBe(call.host);
    expect(operationNamed(call.name)?.name).toBe(name);
  });

  it('takes the same parameters in the same place, of the same kinds and values', () => {
    const operation = clientOf(call);
    const theirs = call.params.filter(({ name }) => name !== 'clientToken');
    expect(Object.keys(operation.takes).toSorted()).toEqual(theirs.map(({ name }) => name).toSorted());
    for (const { name, type, values, in: place } of theirs) {
      const ours = operation.takes[name]!;
      expect([name, ours.kind, placeOf(operation)]).toEqual([name, KINDS[type], place]);
      if (values) expect([name, ours.values]).toEqual([name, values]);
    }
  });

  it('requires the same parameters, and a clientToken where the documents have one', () => {
    const operation = clientOf(call);
    const ours = Object.entries(operation.takes).flatMap(([name, parameter]) => (isRequired(parameter) ? [name] : []));
    const theirs = call.params.filter(({ required, name }) => required && name !== 'clientToken');
    expect(ours.toSorted()).toEqual(theirs.map(({ name }) => name).toSorted());
    const token = call.params.find(({ name }) => name === 'clientToken');
    expect(operation.token === 'none').toBe(token === undefined);
  });

  it('has the limits of the notes', () => {
    const takes: Takes = { ...clientOf(call).takes, clientToken };
    for (const { name, note = '', type } of call.params) {
      const [, month, year] = /month: 1-(\d+), year: 1-(\d+)/.exec(note) ?? [];
      if (month && year) {
        const limits = { month: { min: 1, max: Number(month) }, year: { min: 1, max: Number(year) } };
        expect([name, takes[name]?.per]).toEqual([name, ['cycleType', limits]]);
        continue;
      }
      const [, least, most] = /(?:^|[ ;])(\d+)-(\d+)( chars$| EIP ids|$|, default)/.exec(note) ?? [];
      if (!least || !most || name === 'name') continue;
      expect([name, type, takes[name]?.min, takes[name]?.max]).toEqual([name, type, Number(least), Number(most)]);
    }
  });

  it('is in the catalogue under its group', () => {
    const { operations } = CATALOGUE.find(({ name }) => name === call.group)!;
    expect(operations).toContain(clientOf(call));
  });
});

describe('the catalogue', () => {
  it('has nothing that the contract does not have', () => {
    expect(OPERATIONS.length).toBe(calls.length);
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });

  it.each(documented)('has $path under the title of the documentation, $title', ({ title, ...call }) => {
    const operation = clientOf(call);
    expect([operation.title, operationNamed(call.apiJsonName)]).toEqual([title, operation]);
  });

  it('finds a call by its path, too, and knows no other', () => {
    expect(operationNamed('/v4/eip/renew')?.name).toBe('renewEip');
    expect(operationNamed('toString')).toBeUndefined();
  });

  it('has the token of a write from the caller only, and one of a read from chance', () => {
    for (const { name, effect, token } of OPERATIONS)
      expect([name, effect === 'write' ? token !== 'any' : token !== 'idempotent']).toEqual([name, true]);
  });
});
