/** What is left for a later process. Delivered at least once and in no order: whoever gets it looks first. */
export type WorkMessage = { readonly kind: string; readonly id: string };

/** Puts work into the queue. @param delaySeconds nobody is to start before, 0 to 900 */
export type Enqueue = (message: WorkMessage, delaySeconds: number) => Promise<void>;
