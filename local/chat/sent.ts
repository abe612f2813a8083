/** A request as a provider sends it. Header names are in lower case. */
export type Sent = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** When and by what a request is signed; the tests give any clock. */
export type Moment = { readonly now: Date; readonly nonce: string; readonly random: Buffer };

/** Sends it to a door of ours, as the provider would. */
export function send(door: string, { method, headers, query, body }: Sent): Promise<Response> {
  const search = new URLSearchParams(query).toString();
  return fetch(search === '' ? door : `${door}?${search}`, {
    method,
    headers,
    ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
}

export const seconds = (now: Date): string => String(Math.floor(now.getTime() / 1000));
