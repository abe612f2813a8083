import type { SQSEvent } from 'aws-lambda';
import { startBundle } from '../functions/bundled.ts';

export type Bundled = {
  readonly invoke: <T = { statusCode: number; body: string }>(event: unknown) => Promise<T>;
  readonly work: (event: SQSEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
  /** All that it wrote. */
  readonly logs: () => string;
  readonly close: () => void;
};

/** Starts a bundled handler with an environment and nothing else. What it throws, its invocation throws. */
export async function startBundled(environment: Record<string, string>, name = 'chat-ops'): Promise<Bundled> {
  const { invoke: ask, logs, close } = await startBundle(name, environment);
  const invoke = async <T>(event: unknown): Promise<T> => {
    const { answer, threw, message } = await ask(event);
    if (threw) throw new Error(`${threw}: ${message}\n${logs()}`);
    return answer as T;
  };
  return { invoke, work: event => invoke(event), logs, close };
}
