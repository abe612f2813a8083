/** What a compiled role allows, as IAM decides it: anything denied is denied, then anything allowed is allowed. */
import type { Compiled } from './compiled.ts';

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
};

export function statementsOf({ resources }: Compiled, role: string): readonly Statement[] {
  const { Policies, ManagedPolicyArns = [] } = resources[role]!.Properties as {
    Policies: { PolicyDocument: { Statement: Record<string, string | string[]>[] } }[];
    ManagedPolicyArns?: string[];
  };
  if (ManagedPolicyArns.length > 0) throw new Error(`${role} has policies of others: ${ManagedPolicyArns}`);
  return Policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map(({ Effect, Action, Resource, ...more }) => {
      if (Object.keys(more).length > 0) throw new Error(`${role}: ${Object.keys(more)} is not understood here`);
      return { effect: Effect as Statement['effect'], actions: [Action!].flat(), resources: [Resource!].flat() };
    }),
  );
}

/** The role by which a function is run. */
export function roleOf(compiled: Compiled, fn: string): string {
  const lambda = compiled.ofType('AWS::Lambda::Function').find(each => each.Properties.FunctionName === fn)!;
  return String(lambda.Properties.Role).split('role/')[1]!;
}

export function may(statements: readonly Statement[], action: string, resource: string): boolean {
  const meets = (effect: Statement['effect']): boolean =>
    statements.some(
      each =>
        each.effect === effect &&
        each.actions.some(one => fits(one, action)) &&
        each.resources.some(one => fits(one, resource)),
    );
  return meets('Allow') && !meets('Deny');
}

/** `*` stands for anything, `?` for one character; a slash is nothing special. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text);
