/** A line of a card: a label with a text, or a text alone. Both may come from the cloud: every dialect escapes them. */
export type CardLine = { readonly label: string | null; readonly text: string };

export type CardSection = { readonly heading: string | null; readonly lines: readonly CardLine[] };

export type CardButton = {
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'default';
  /** What comes back when it is clicked; at most 1024 bytes. */
  readonly value: string;
  /** The command that says the same, for robots that get no clicks or none that can be trusted. */
  readonly command: string;
};

/** A message to people that is no provider's own: each dialect makes it its JSON, within its limits. All text is plain. */
export type Card = {
  readonly lang: 'zh-CN' | 'en';
  readonly tone: 'good' | 'info' | 'warning' | 'bad';
  readonly title: string;
  readonly sections: readonly CardSection[];
  readonly buttons: readonly CardButton[];
  readonly footer: string | null;
  /** Identifies the card where a provider wants that: letters, digits, `_`, `-`, at most 64. */
  readonly id: string;
};
