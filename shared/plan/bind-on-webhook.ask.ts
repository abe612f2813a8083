import * as z from 'zod/mini';
import { canonicalAddress } from '../model/address.ts';
import { type BindRequest, type EipRef, TARGET_TYPES, type UnbindRequest } from '../model/bind-request.ts';
import { RejectedRequest } from '../model/errors.ts';
import { problemsOf } from './ask-problems.ts';

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const id = z.string().check(z.regex(ID, 'must be an id: letters, digits, . _ -'));

const address = z.string().check(z.refine(text => canonicalAddress(text) !== null, 'must be an IPv4 or IPv6 address'));

const eip = z.pipe(
  z
    .strictObject({
      id: z.optional(id),
      address: z.optional(address),
      name: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
    })
    .check(z.refine(given => Object.keys(given).length === 1, 'must be named by one of id, address or name')),
  z.transform((given): EipRef => {
    if (given.id !== undefined) return { by: 'id', value: given.id };
    if (given.address === undefined) return { by: 'name', value: (given.name ?? '').normalize('NFC') };
    return { by: 'address', value: canonicalAddress(given.address) ?? given.address };
  }),
);

const target = z.pipe(
  z
    .strictObject({ type: z.enum(TARGET_TYPES), id, portId: z.optional(id) })
    .check(z.refine(({ type, portId }) => type !== 'port' || portId === undefined, 'a port has no portId')),
  z.transform(({ type, id, portId }) => ({ type, id, portId: portId ?? null })),
);

const common = {
  account: z.string().check(z.regex(ACCOUNT, 'must be the name of an account: letters, digits, . _ -')),
  region: z.string().check(z.regex(ACCOUNT, 'must be a region id (资源池 ID)')),
  eip,
  waitSeconds: z._default(z.int().check(z.gte(0), z.lte(20)), 0),
};

const bind = z.strictObject({ ...common, target, onConflict: z._default(z.enum(['refuse', 'move']), 'refuse') });
const unbind = z.strictObject(common);

function reader<T>(what: string, schema: z.ZodMiniType<T>): (body: unknown) => T {
  return body => {
    const read = z.safeParse(schema, body, { reportInput: true });
    if (!read.success) throw new RejectedRequest(what, problemsOf(read.error.issues));
    return read.data;
  };
}

/** Reads the body of `POST /bind`. Unknown keys, wrong types and impossible values are named all at once. @throws RejectedRequest */
export const readBindRequest: (body: unknown) => BindRequest = reader('the bind request', bind);

/** Reads the body of `POST /unbind`. @throws RejectedRequest */
export const readUnbindRequest: (body: unknown) => UnbindRequest = reader('the unbind request', unbind);
