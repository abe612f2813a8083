import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemResolver } from '../../shared/edge/resolver.ts';

/** A DNS server that knows one thing: every name but `nowhere.test` has the address 203.0.113.7; `silent.test` gets no answer. */
let server: Socket;
let where: readonly string[];

function answerTo(query: Buffer): Buffer | undefined {
  const text = query.toString('latin1');
  if (text.includes('silent')) return undefined;
  const end = query.indexOf(0, 12) + 5;
  const question = query.subarray(12, end);
  const asked = query.readUInt16BE(end - 4);
  const found = asked === 1 && !text.includes('nowhere');
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(text.includes('nowhere') ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found ? 1 : 0, 6);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 7]);
  return Buffer.concat([header, question, ...(found ? [record] : [])]);
}

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, from) => {
    const answer = answerTo(query);
    if (answer) server.send(answer, from.port, from.address);
  });
  await new Promise<void>(resolve => server.bind(0, '127.0.0.1', resolve));
  where = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
});
afterAll(() => new Promise<void>(resolve => server.close(() => resolve())));

describe('DNS over the network', () => {
  it('tells the addresses of a name, and none of one that is not there', async () => {
    expect(await systemResolver.addressesOf('www.test', where, 1000)).toEqual(['203.0.113.7']);
    expect(await systemResolver.addressesOf('nowhere.test', where, 1000)).toEqual([]);
    expect(await systemResolver.namesOf('203.0.113.7', where, 1000)).toEqual([]);
  });
  it('fails where nobody answers in time', async () => {
    await expect(systemResolver.addressesOf('silent.test', where, 200)).rejects.toThrow(/ETIMEOUT/);
  });
});
