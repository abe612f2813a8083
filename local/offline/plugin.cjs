'use strict';

/**
 * Leads serverless-offline to the services of this machine, which `npm run offline` (main.ts) has started and names in
 * the variable EMBEDDED: what stands in the environment, and the address of each queue. CloudFormation's references have
 * no meaning here, and serverless-offline would hand the Scheduler's word for "now" to the functions as it is.
 */
class EmbeddedServices {
  constructor(serverless) {
    this.hooks = {
      'before:offline:start:init': () => {
        const { EMBEDDED } = process.env;
        if (!EMBEDDED) throw new Error('start it by `npm run offline`: without its services nothing can be reached');
        lead(serverless.service, JSON.parse(EMBEDDED));
      },
    };
  }
}

function lead(service, { environment, queues }) {
  service.provider.environment = { ...here(service.provider.environment, queues), ...environment };
  for (const name of service.getAllFunctions()) {
    const each = service.getFunction(name);
    each.environment = { ...here(each.environment ?? {}, queues), ...environment };
    for (const { schedule } of each.events) if (schedule) stamp(schedule.input);
  }
}

/** The variables with the queues' addresses; what refers to anything else is in the environment that is given. */
const here = (variables, queues) =>
  Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, value?.Ref ? queues[value.Ref] : value])
      .filter(([, value]) => value !== undefined),
  );

/** The slot, whenever it is read: the minute that has begun. */
function stamp(ask) {
  const get = () => `${new Date().toISOString().slice(0, 16)}:00Z`;
  Object.defineProperty(ask, 'slot', { get, enumerable: true });
}

module.exports = EmbeddedServices;
