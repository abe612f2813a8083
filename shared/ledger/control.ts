import type { Control, Switch } from '../model/control.ts';
import { UNTOUCHED } from '../model/control.ts';
import { decode, encode } from './codec.ts';
import { onVersion, type Table } from './table.ts';

const KEY = { pk: 'control', sk: 'control' };

/** The kill switch. @throws LedgerError if it cannot be read; the caller then takes it for "plan" */
export async function readControl(table: Table): Promise<Control> {
  return (await read(table)).control;
}

async function read(table: Table) {
  const row = await table.get(KEY);
  return row
    ? { control: decode<Control>(String(row.body)), version: Number(row.version) }
    : { control: UNTOUCHED, version: 0 };
}

/** Turns the switch of one function, or of all with `null`. Two people at once both succeed, one after the other. */
export async function turnSwitch(table: Table, fn: string | null, to: Switch, who: string, at: Date): Promise<Control> {
  for (let tries = 0; tries < 5; tries++) {
    const { control, version } = await read(table);
    const turned = fn === null ? { all: to } : { functions: { ...control.functions, [fn]: to } };
    const next: Control = { ...control, ...turned, changed: { who, at } };
    if (await table.put({ ...KEY, version: version + 1, body: encode(next) }, onVersion(version))) return next;
  }
  throw new Error('the switch is being turned by others over and over; try again');
}
