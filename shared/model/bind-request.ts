/** An EIP as a person or another system names it. */
export type EipRef = { readonly by: 'id' | 'address' | 'name'; readonly value: string };

export const TARGET_TYPES = ['vm', 'vip', 'baremetal', 'port'] as const;

/** What an EIP is bound to: the API's kinds of instances, or a network port itself. */
export type BindTarget = {
  readonly type: (typeof TARGET_TYPES)[number];
  readonly id: string;
  /** Which of the instance's ports; null leaves it to the cloud. */
  readonly portId: string | null;
};

/** What a webhook or a chat command asks of bind-on-webhook. */
export type BindRequest = {
  readonly account: string;
  /** CTyun region id (资源池 ID). */
  readonly region: string;
  readonly eip: EipRef;
  readonly target: BindTarget;
  /** Bound elsewhere: refuse, or unbind there first. */
  readonly onConflict: 'refuse' | 'move';
  /** How long the caller waits for the outcome, 0 to 20 seconds. */
  readonly waitSeconds: number;
};

export type UnbindRequest = Omit<BindRequest, 'target' | 'onConflict'>;
