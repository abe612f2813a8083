/** Stands in bundles for the SDK's event streams, which none of the calls used here has; meeting one would be a bug. */
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are left out of the bundles');
  }
}

export const eventStreamSerdeProvider = (): never => {
  throw new Error('event streams are left out of the bundles');
};
