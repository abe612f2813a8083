export type Direction = 'ingress' | 'egress';

/** One observation; `null` where the API printed no number. */
export type Sample = { readonly at: Date | null; readonly mbps: number | null };

/** What was observed of one EIP's traffic, or why nothing could be. */
export type Load =
  | { readonly samples: Readonly<Record<Direction, readonly Sample[]>> }
  | { readonly unavailable: string };
