/** What a text says as JSON; undefined where it is none. No error, for its message would quote the text, which may be a secret. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
