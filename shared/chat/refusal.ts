/** Why a request was not let in. Stable: metrics and tests name them, callers never see them. */
export type RefusalCode =
  | 'too-large'
  | 'wrong-method'
  | 'wrong-encoding'
  | 'header-missing'
  | 'parameter-missing'
  | 'secret-missing'
  | 'timestamp-malformed'
  | 'timestamp-late'
  | 'timestamp-early'
  | 'id-malformed'
  | 'signature-malformed'
  | 'signature-mismatch'
  | 'plain-body'
  | 'undecryptable'
  | 'unparsable'
  | 'wrong-token'
  | 'wrong-receiver'
  | 'wrong-tenant'
  | 'wrong-app'
  | 'wrong-channel'
  | 'foreign-answer-url'
  | 'actor-missing'
  | 'id-missing';

export type Refusal = { readonly kind: 'refused'; readonly code: RefusalCode; readonly status: number };

/** All that an outsider could probe has one status: an unknown channel looks like a bad signature. */
const STATUS: Readonly<Partial<Record<RefusalCode, number>>> = { 'too-large': 413, 'wrong-method': 405 };

class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** Ends the judging of a request; only within `judged`. */
export function refuse(code: RefusalCode): never {
  throw new Refused(code);
}

export const refusal = (code: RefusalCode): Refusal => ({ kind: 'refused', code, status: STATUS[code] ?? 401 });

/** What `judge` makes of a request, or its refusal as a value. Any other error is a bug and goes on. */
export function judged<T>(judge: () => T): T | Refusal {
  const result = attempt(judge);
  return 'value' in result ? result.value : refusal(result.code);
}

/**
 * The first of several secrets, newest first, by which a request can be accepted: so secrets are rotated without a gap.
 * If none fits, the refusal of the one that got furthest is given.
 */
export function firstAccepted<Secret, T>(secrets: readonly Secret[], judge: (secret: Secret) => T): T {
  const codes: RefusalCode[] = [];
  for (const secret of secrets) {
    const result = attempt(() => judge(secret));
    if ('value' in result) return result.value;
    codes.push(result.code);
  }
  return refuse(codes.find(code => !FIRST_STEPS.has(code)) ?? codes.find(isMismatch) ?? 'secret-missing');
}

const FIRST_STEPS: ReadonlySet<RefusalCode> = new Set(['secret-missing', 'signature-mismatch']);
const isMismatch = (code: RefusalCode): boolean => code === 'signature-mismatch';

function attempt<T>(judge: () => T): { readonly value: T } | { readonly code: RefusalCode } {
  try {
    return { value: judge() };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code };
    throw error;
  }
}
