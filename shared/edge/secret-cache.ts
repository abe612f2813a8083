import type { FetchSecret } from '../config/credentials.ts';
import type { Clock } from '../model/clock.ts';

type Cached<T> = { readonly value: Promise<T>; readonly fetchedAt: number };

/** Reads secrets and believes them for a bounded time; simultaneous callers share one fetch, and a failure is forgotten. */
export function secretCache<T>(
  fetch: FetchSecret,
  read: (name: string, text: string) => T,
  clock: Clock,
  ttlSeconds: number,
) {
  const cache = new Map<string, Cached<T>>();
  return (name: string): Promise<T> => {
    const now = clock.now().getTime();
    const cached = cache.get(name);
    if (cached && now - cached.fetchedAt < ttlSeconds * 1000) return cached.value;
    const value = fetch(name).then(text => read(name, text));
    cache.set(name, { value, fetchedAt: now });
    value.catch(() => {
      if (cache.get(name)?.value === value) cache.delete(name);
    });
    return value;
  };
}
