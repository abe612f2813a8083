import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findIntent, lockEip, openIntents, saveIntent } from '../../shared/ledger/intents.ts';
import { createTable } from '../../shared/ledger/table.ts';
import { inDays, NOW } from '../plan/samples.ts';
import { freshClient, freshTable, losing } from './here.ts';
import { action, intent } from './samples.ts';

describe('an intent', () => {
  it('is read as it was written, instants and all', async () => {
    const table = await freshTable();
    const written = await saveIntent(table, intent());
    expect(written).toEqual({ ...intent(), version: 1 });
    expect(await findIntent(table, 'token-1')).toEqual(written);
    expect(await findIntent(table, 'token-2')).toBeUndefined();
  });
  it('is begun once, however many begin it at once', async () => {
    const table = await freshTable();
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, i) => saveIntent(table, intent({ owner: `run-${i}` }))),
    );
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect((await findIntent(table, 'token-1'))?.owner).toBe(begun.find(Boolean)?.owner);
  });
  it('goes on only from the version that was read', async () => {
    const table = await freshTable();
    const first = (await saveIntent(table, intent()))!;
    const next = await Promise.all([
      saveIntent(table, { ...first, state: 'SENT' }),
      saveIntent(table, { ...first, state: 'SKIPPED' }),
    ]);
    expect(next.filter(Boolean)).toHaveLength(1);
    expect(await saveIntent(table, { ...first, state: 'FAILED' })).toBeUndefined();
  });
  it('knows its own write again where the answer was lost', async () => {
    const { client, name } = await freshClient();
    const table = createTable(
      losing(client, command => command === 'PutItemCommand'),
      name,
      randomUUID,
    );
    const first = await saveIntent(table, intent());
    expect(first?.version).toBe(1);
    expect((await saveIntent(table, { ...first!, state: 'SENT' }))?.version).toBe(2);
  });
  it('is listed as open until it is final, oldest first, by account', async () => {
    const table = await freshTable();
    const other = action({ token: 'token-2', eipId: 'eip-2' });
    await saveIntent(table, intent({ action: other, createdAt: inDays(-1) }));
    const first = (await saveIntent(table, intent()))!;
    await saveIntent(table, intent({ action: action({ token: 'token-3', account: 'else' }) }));
    expect((await openIntents(table, 'main')).map(({ token }) => token)).toEqual(['token-2', 'token-1']);
    for (const state of ['DONE'] as const) await saveIntent(table, { ...first, state });
    expect((await openIntents(table, 'main')).map(({ token }) => token)).toEqual(['token-2']);
    expect((await findIntent(table, 'token-1'))?.state).toBe('DONE');
  });
});

describe('the lock of an EIP', () => {
  const until = inDays(0.001);
  const other = action({ token: 'token-2' });
  it('is taken by one token, and by the same token again', async () => {
    const table = await freshTable();
    expect(await lockEip(table, action(), until, NOW)).toBeUndefined();
    expect(await lockEip(table, action(), until, NOW)).toBeUndefined();
    expect(await lockEip(table, other, until, NOW)).toBe('token-1');
    expect(await lockEip(table, action({ eipId: 'eip-9', token: 'token-9' }), until, NOW)).toBeUndefined();
  });
  it('is one, through whichever account the EIP is seen: runs of two accounts do not see each other', async () => {
    const table = await freshTable();
    expect(await lockEip(table, action(), until, NOW)).toBeUndefined();
    expect(await lockEip(table, action({ account: 'again', token: 'token-2' }), until, NOW)).toBe('token-1');
  });
  it('is free once the intent of its holder is final', async () => {
    const table = await freshTable();
    await lockEip(table, action(), until, NOW);
    const begun = (await saveIntent(table, intent()))!;
    // Its time is over, but the intent is not: it holds.
    expect(await lockEip(table, other, until, inDays(1))).toBe('token-1');
    await saveIntent(table, { ...begun, state: 'FAILED' });
    expect(await lockEip(table, other, until, NOW)).toBeUndefined();
    expect(await lockEip(table, action(), until, NOW)).toBe('token-2');
  });
  it('of a holder that never wrote its intent is free once its time is over', async () => {
    const table = await freshTable();
    await lockEip(table, action(), until, NOW);
    expect(await lockEip(table, other, until, NOW)).toBe('token-1');
    expect(await lockEip(table, other, inDays(2), inDays(1))).toBeUndefined();
  });
  it('goes to one of many that want it at once', async () => {
    const table = await freshTable();
    const wants = Array.from({ length: 20 }, (_, i) => lockEip(table, action({ token: `t-${i}` }), until, NOW));
    expect((await Promise.all(wants)).filter(holder => holder === undefined)).toHaveLength(1);
  });
});
