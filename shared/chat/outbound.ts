import { at, tryJson } from './json.ts';

/** Where a channel's messages go. The URL is a secret, and for some providers the only one. */
export type Webhook = {
  readonly url: string;
  /** The provider's signing secret, where the robot has one. */
  readonly secret: string | null;
};

/** A message as it is to be posted. */
export type Posting = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;

/** What a provider answered to a posting. */
export type Posted = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

/**
 * Why a posting failed: the provider's code, and what to do. `later`: the same again after `waitSeconds`. `mend`: a
 * person must mend a URL, a secret or a keyword. `give-up`: the message itself is refused.
 */
export type PostingFailure = {
  readonly code: string;
  readonly next: 'later' | 'mend' | 'give-up';
  readonly waitSeconds: number;
};

/** Failures that HTTP itself tells; a provider's own codes come with status 200. */
export function httpFailure({ status, headers }: Posted): PostingFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const code = `HTTP ${status}`;
  if (status === 429) return { code, next: 'later', waitSeconds: retryAfter(headers['retry-after']) };
  if (status >= 500) return { code, next: 'later', waitSeconds: 5 };
  return { code, next: [401, 403, 404, 410].includes(status) ? 'mend' : 'give-up', waitSeconds: 0 };
}

const retryAfter = (seconds: string | undefined): number => (/^\d{1,4}$/.test(seconds ?? '') ? Number(seconds) : 60);

/**
 * Failures that come with HTTP 200 and a code that is not 0, as Feishu, DingTalk and WeCom tell them.
 *
 * @param field the name of the code
 * @param known codes of which more is known; any other is for a person
 */
export function codeFailure(
  posted: Posted,
  field: string,
  known: Readonly<Record<string, Omit<PostingFailure, 'code'>>>,
): PostingFailure | undefined {
  const wrong = httpFailure(posted);
  if (wrong) return wrong;
  const code = String(at(tryJson(posted.body), field) ?? 'unreadable');
  if (code === '0') return undefined;
  const what = Object.hasOwn(known, code) ? known[code] : undefined;
  return { code, ...(what ?? { next: 'mend', waitSeconds: 0 }) };
}

export const LATER = (waitSeconds: number) => ({ next: 'later', waitSeconds }) as const;
export const MEND = { next: 'mend', waitSeconds: 0 } as const;
export const GIVE_UP = { next: 'give-up', waitSeconds: 0 } as const;
