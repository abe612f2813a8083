/** The unsigned routes under /_sim/ by which a test loads, reads and disturbs the cloud. */
import * as z from 'zod/mini';
import type { Simulator } from './server.ts';
import { BadInput, checkedInput } from './state.ts';

type Handles = Omit<Simulator, 'url' | 'close'> & { clearCalls: () => void; faultList: () => unknown };

const clockChange = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceSeconds: z.number() }),
]);

const drained = z.strictObject({ id: z.string(), leftGb: z.number().check(z.gte(0)) });

const ROUTES: Readonly<Record<string, (sim: Handles, body: unknown) => unknown>> = {
  'GET /_sim/state': sim => sim.state(),
  'POST /_sim/state': (sim, body) => sim.load(body),
  'GET /_sim/orders': sim => sim.orders(),
  'GET /_sim/calls': sim => sim.calls(),
  'DELETE /_sim/calls': sim => sim.clearCalls(),
  'GET /_sim/faults': sim => sim.faultList(),
  'POST /_sim/faults': (sim, body) => sim.faults(body),
  'DELETE /_sim/faults': sim => sim.faults([]),
  'POST /_sim/flow-package': (sim, body) => {
    const { id, leftGb } = checkedInput(drained, body);
    if (!sim.drain(id, leftGb)) throw new BadInput([`id: there is no traffic package ${id}`]);
  },
  'GET /_sim/clock': sim => ({ now: sim.clock.now() }),
  'POST /_sim/clock': (sim, body) => {
    const change = checkedInput(clockChange, body);
    if ('now' in change) sim.clock.set(new Date(change.now));
    else sim.clock.advance(change.advanceSeconds);
    return { now: sim.clock.now() };
  },
};

export function control(method: string, path: string, text: string, sim: Handles): { status: number; value: unknown } {
  const route = ROUTES[`${method} ${path}`];
  if (!route) return { status: 404, value: { problems: [`no such control: ${method} ${path}`] } };
  try {
    return { status: 200, value: route(sim, text === '' ? undefined : JSON.parse(text)) ?? { ok: true } };
  } catch (error) {
    if (error instanceof BadInput) return { status: 400, value: { problems: error.problems } };
    if (error instanceof SyntaxError) return { status: 400, value: { problems: ['the body is not JSON'] } };
    throw error;
  }
}
