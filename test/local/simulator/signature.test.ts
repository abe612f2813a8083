import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedKey, signatureProblem } from '../../../local/simulator/signature-check.ts';
import { call, KEY, stamp } from './signing-caller.ts';
import { closeAll, eip, REGION, SHOW, stand } from './stand.ts';

closeAll();

type Vector = Record<'id' | 'accessKey' | 'secretKey' | 'instant' | 'eopDate' | 'requestId' | 'query', string> & {
  body: string;
  authorization: string;
};
const file = new URL('../../vectors/signing-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

function received(vector: Vector) {
  return {
    headers: {
      'ctyun-eop-request-id': vector.requestId,
      'eop-date': vector.eopDate,
      'eop-authorization': vector.authorization,
    } as Record<string, string>,
    rawQuery: vector.query,
    body: Buffer.from(vector.body),
  };
}
const rule = (vector: Vector) => ({ now: new Date(vector.instant), windowMinutes: 15, beijing: true });
const problem = (vector: Vector, request = received(vector)) => signatureProblem(request, vector, rule(vector));

const otherByte = (text: string, at: number): string => {
  const i = at % text.length;
  return `${text.slice(0, i)}${text[i] === 'x' ? 'y' : 'x'}${text.slice(i + 1)}`;
};

describe('the signature check', () => {
  it.each(vectors.map(vector => [vector.id, vector] as const))('accepts vector %s', (_, vector) => {
    expect(problem(vector)).toBeUndefined();
  });

  it('refuses, and survives, a signature whose characters are more than its bytes', () => {
    const [vector] = vectors;
    const authorization = vector!.authorization.replace(/Signature=.*/, `Signature=${'é'.repeat(44)}`);
    const request = {
      ...received(vector!),
      headers: { ...received(vector!).headers, 'eop-authorization': authorization },
    };
    expect(problem(vector!, request)?.code).toBe('CTAPI_10009');
  });

  it('accepts a query whose pairs were sent in another order', () => {
    for (const vector of vectors.filter(({ query }) => query.includes('&'))) {
      const rawQuery = vector.query.split('&').toReversed().join('&');
      expect(problem(vector, { ...received(vector), rawQuery })).toBeUndefined();
    }
  });

  const part = fc.constantFrom('ctyun-eop-request-id', 'eop-date', 'eop-authorization', 'query', 'body');
  it('refuses every vector in which one byte is another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...vectors), part, fc.nat(2000), (vector, where, at) => {
        const request = received(vector);
        const text = where === 'query' ? request.rawQuery : where === 'body' ? vector.body : request.headers[where]!;
        fc.pre(text !== '');
        const changed = otherByte(text, at);
        if (where === 'query') request.rawQuery = changed;
        else if (where === 'body') request.body = Buffer.from(changed);
        else request.headers[where] = changed;
        // Half a surrogate pair becomes the same replacement character: not a change of bytes.
        fc.pre(where !== 'body' || !request.body.equals(Buffer.from(vector.body)));
        // Another access key is refused by not being known.
        const known = claimedKey(request.headers) === vector.accessKey;
        expect(known && signatureProblem(request, vector, rule(vector)) === undefined).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the time of a request', () => {
  const at =
    (seconds: number, zone = 8) =>
    (now: Date) =>
      stamp(new Date(now.getTime() + seconds * 1000), zone);
  it.each([
    ['Beijing time now', true, 'accepted', at(0)],
    ['14:55 minutes old', true, 'accepted', at(-895)],
    ['14:55 minutes ahead', true, 'accepted', at(895)],
    ['15:05 minutes old', true, 'refused', at(-905)],
    ['15:05 minutes ahead', true, 'refused', at(905)],
    ['UTC', true, 'refused', at(0, 0)],
    ['UTC where that is allowed', false, 'accepted', at(0, 0)],
    ['a day that the calendar lacks', true, 'refused', () => '20261131T100000Z'],
    ['no time', true, 'refused', () => 'today'],
  ] as const)('%s (only Beijing: %s) is %s', async (_, requireBeijingTime, fate, made) => {
    const { simulator, call: ask } = await stand([eip('eip-1')], { settings: { requireBeijingTime } });
    const { status, body } = await ask(SHOW, { eipID: 'eip-1' }, { eopDate: made(simulator.clock.now()) });
    expect([status, body.statusCode]).toEqual(fate === 'accepted' ? [200, 800] : [401, 'CTAPI_10009']);
  });

  it('is right near midnight in Beijing, where the UTC date is another', async () => {
    const { simulator, show } = await stand([eip('eip-1')]);
    simulator.clock.set(new Date('2026-11-24T16:00:01Z'));
    expect((await show()).ID).toBe('eip-1');
  });
});

describe('the gateway', () => {
  it.each([
    ['a key it does not know', { key: { ...KEY, accessKey: 'z'.repeat(32) } }, 'CTAPI_10002'],
    ['another secret', { key: { ...KEY, secretKey: 'z'.repeat(32) } }, 'CTAPI_10009'],
    ['no signature', { headers: { 'eop-authorization': undefined } }, 'CTAPI_1000'],
    ['no date', { headers: { 'eop-date': undefined } }, 'CTAPI_10009'],
    ['no request id', { headers: { 'ctyun-eop-request-id': undefined } }, 'CTAPI_10009'],
  ])('refuses %s in its own envelope', async (_, change, code) => {
    const open = await stand([eip('eip-1')]);
    const { status, body } = await open.call(SHOW, { eipID: 'eip-1' }, change);
    expect(status).toBe(401);
    expect(body.statusCode).toContain(code);
    const keys = ['code', 'eopErrCode', 'error', 'message', 'requestId', 'returnObj', 'statusCode'];
    expect(Object.keys(body).toSorted()).toEqual(keys);
  });

  it('refuses the key of an account that is switched off', async () => {
    const { call: ask } = await stand([eip('eip-1')], { account: { enabled: false } });
    expect((await ask(SHOW, { eipID: 'eip-1' })).body.statusCode).toBe('CTAPI_10002');
  });

  it('answers with the HTTP status that the settings name', async () => {
    const { call: ask } = await stand([], { settings: { gatewayHttpStatus: 200 } });
    expect((await ask(SHOW, {}, { eopDate: 'x' })).status).toBe(200);
  });

  it('has a Date header of the simulated clock', async () => {
    const { simulator } = await stand([eip('eip-1')]);
    const { headers } = await call(simulator.url, simulator.clock.now(), SHOW, { regionID: REGION, eipID: 'eip-1' });
    expect(headers.get('date')).toContain('24 Nov 2026 02:00:0');
    expect((await fetch(`${simulator.url}/_sim/clock`)).headers.get('date')).toContain('24 Nov 2026 02:00:0');
  });
});
