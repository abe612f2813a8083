/** Reasons why an EIP is left alone of which a person should know all the same. */
export const TELLING: ReadonlySet<string> = new Set(['at-ceiling', 'changed-by-a-person']);
