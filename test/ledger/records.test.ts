import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoLedger } from '../../shared/ledger/client.ts';
import { decode, encode } from '../../shared/ledger/codec.ts';
import { readControl, turnSwitch } from '../../shared/ledger/control.ts';
import { LedgerError } from '../../shared/ledger/errors.ts';
import { historyOf, historySince, recordHeld } from '../../shared/ledger/history.ts';
import { saveIntent } from '../../shared/ledger/intents.ts';
import { recall, remember } from '../../shared/ledger/memo.ts';
import { endSlot, takeSlot } from '../../shared/ledger/slots.ts';
import { createTable } from '../../shared/ledger/table.ts';
import { UNTOUCHED } from '../../shared/model/control.ts';
import { inDays, NOW } from '../plan/samples.ts';
import { item } from '../report/samples.ts';
import { freshClient, freshTable } from './here.ts';
import { intent, origin } from './samples.ts';

describe('a record', () => {
  it('gives back whatever was written, instants too, and takes no text for one', () => {
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(
        fc.string().filter(key => key !== '$date' && key !== '__proto__'),
        tie('any'),
        { maxKeys: 3 },
      ),
    })).any;
    fc.assert(
      fc.property(value, given => {
        expect(decode(encode(given))).toEqual(given);
      }),
    );
    expect(decode(encode({ name: '2026-11-24T02:00:00.000Z' }))).toEqual({ name: '2026-11-24T02:00:00.000Z' });
  });
});

describe('a slot', () => {
  const slot = { function: 'auto-renew', account: 'main', region: 'r1', slot: '2026-11-24T02:00:00.000Z' };
  it('is worked on by one of many deliveries', async () => {
    const table = await freshTable();
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => takeSlot(table, slot, `run-${i}`, NOW, inDays(1))),
    );
    expect(all.filter(taken => typeof taken === 'object')).toEqual([{ fence: 1 }]);
    expect(all.filter(taken => taken === 'running')).toHaveLength(11);
  });
  it('that is done stays done; another time, function, account or region is another slot', async () => {
    const table = await freshTable();
    await takeSlot(table, slot, 'run-1', NOW, inDays(1));
    expect(await endSlot(table, slot, 1, true)).toBe(true);
    expect(await takeSlot(table, slot, 'run-2', inDays(9), inDays(10))).toBe('done');
    for (const change of [{ slot: 'later' }, { function: 'x' }, { account: 'x' }, { region: 'x' }])
      expect(await takeSlot(table, { ...slot, ...change }, 'run-2', NOW, inDays(1))).toEqual({ fence: 1 });
  });
  it('that could not be worked on is free for another delivery', async () => {
    const table = await freshTable();
    await takeSlot(table, slot, 'run-1', NOW, inDays(1));
    await endSlot(table, slot, 1, false);
    expect(await takeSlot(table, slot, 'run-2', NOW, inDays(1))).toEqual({ fence: 2 });
  });
  it('of a dead run is taken over, and what the dead one says later does not count', async () => {
    const table = await freshTable();
    await takeSlot(table, slot, 'run-1', NOW, inDays(1));
    expect(await takeSlot(table, slot, 'run-2', inDays(0.9), inDays(2))).toBe('running');
    expect(await takeSlot(table, slot, 'run-2', inDays(1.1), inDays(2))).toEqual({ fence: 2 });
    expect(await endSlot(table, slot, 1, true)).toBe(false);
    expect(await takeSlot(table, slot, 'run-3', inDays(1.2), inDays(2))).toBe('running');
    expect(await takeSlot(table, slot, 'run-2', inDays(1.2), inDays(2))).toEqual({ fence: 2 });
  });
});

describe('the kill switch', () => {
  it('forbids nothing until somebody turns it, and says who did', async () => {
    const table = await freshTable();
    expect(await readControl(table)).toEqual(UNTOUCHED);
    await turnSwitch(table, 'auto-renew', 'plan', 'alice', NOW);
    await turnSwitch(table, null, 'off', 'bob', inDays(1));
    expect(await readControl(table)).toEqual({
      all: 'off',
      functions: { 'auto-renew': 'plan' },
      changed: { who: 'bob', at: inDays(1) },
    });
  });
  it('is turned by several people at once without one undoing the other', async () => {
    const table = await freshTable();
    await Promise.all(['a', 'b', 'c'].map(fn => turnSwitch(table, fn, 'off', fn, NOW)));
    expect((await readControl(table)).functions).toEqual({ a: 'off', b: 'off', c: 'off' });
  });
});

describe('a memo', () => {
  it('is written in the place of what was read, once', async () => {
    const table = await freshTable();
    expect(await recall(table, 'baseline', 'eip-1')).toBeUndefined();
    const both = await Promise.all([1, 2].map(value => remember(table, 'baseline', 'eip-1', { value, version: 0 })));
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await remember(table, 'baseline', 'eip-1', { value: { mbps: 5, at: NOW }, version: 1 }, inDays(30))).toBe(
      true,
    );
    expect(await recall(table, 'baseline', 'eip-1')).toEqual({ value: { mbps: 5, at: NOW }, version: 2 });
    expect(await recall(table, 'first-seen', 'eip-1')).toBeUndefined();
  });
});

describe('the history', () => {
  it('has what acted and what held, of one EIP or of all, oldest first', async () => {
    const table = await freshTable();
    await saveIntent(table, intent({ createdAt: inDays(-2) }));
    await recordHeld(table, {
      at: inDays(-1),
      origin: origin(),
      item: item('hold', 'state', { id: 'eip-1' }),
      caps: [],
    });
    await recordHeld(table, { at: NOW, origin: origin(), item: item('hold', 'state', { id: 'eip-2' }), caps: [] });
    const names = (past: Awaited<ReturnType<typeof historyOf>>) =>
      past.map(one => ('intent' in one ? one.intent.token : 'held' in one ? one.held.item.eip.id : one.binding.id));
    expect(names(await historyOf(table, 'eip-1', inDays(-9)))).toEqual(['token-1', 'eip-1']);
    expect(names(await historyOf(table, 'eip-1', inDays(-1.5)))).toEqual(['eip-1']);
    expect(names(await historySince(table, inDays(-9), NOW))).toEqual(['token-1', 'eip-1', 'eip-2']);
  });
});

describe('a list of many records', () => {
  it('is read to its end, page by page', async () => {
    const table = await freshTable();
    const body = 'x'.repeat(50_000);
    for (let i = 0; i < 45; i++)
      await table.put({ pk: `p-${i}`, sk: 's', open: 'all', at: String(i).padStart(3, '0'), body });
    expect(await table.query('open', 'all')).toHaveLength(45);
    expect((await table.query('open', 'all', { from: '040' })).map(({ pk }) => pk)).toEqual(
      [40, 41, 42, 43, 44].map(i => `p-${i}`),
    );
    expect(await table.query('open', 'all', { limit: 3 })).toHaveLength(3);
  });
});

describe('a ledger that fails', () => {
  it('says so in one kind of error, with its cause', async () => {
    const { client } = await freshClient();
    const table = createTable(client, 'nothing-here', () => 'w');
    const failures = [
      () => table.get({ pk: 'a', sk: 'b' }),
      () => table.put({ pk: 'a', sk: 'b' }),
      () => table.update({ pk: 'a', sk: 'b' }, 'SET x = :x', { text: 'attribute_exists(pk)', values: { ':x': 1 } }),
      () => table.query('open', 'a'),
    ];
    for (const failure of failures) {
      const error = await failure().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LedgerError);
      expect(error).toMatchObject({ code: 'ResourceNotFoundException' });
    }
  });
  it('and one that nobody has named says which setting is missing', async () => {
    const table = dynamoLedger(undefined, () => 'w');
    await expect(table.get({ pk: 'a', sk: 'b' })).rejects.toThrow(/LEDGER_TABLE is not set/);
    await expect(table.put({ pk: 'a', sk: 'b' })).rejects.toBeInstanceOf(LedgerError);
    await expect(table.update({ pk: 'a', sk: 'b' }, '', { text: '' })).rejects.toBeInstanceOf(LedgerError);
    await expect(table.query('open', 'x')).rejects.toBeInstanceOf(LedgerError);
  });
});
