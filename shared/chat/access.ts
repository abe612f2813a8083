import type { Switch } from '../model/control.ts';
import type { Roles } from './channel.ts';
import type { Command } from './commands.ts';
import type { Actor, Capabilities } from './inbound.ts';

export type Role = 'viewer' | 'operator' | 'approver';

/** Why somebody may not. */
export type Denial = {
  readonly code: 'unknown-actor' | 'role-missing' | 'channel-reads-only';
  readonly needs: Role;
};

/**
 * What a command needs. Viewers look. Operators ask for changes, which become plans, and may make things safer.
 * Approvers decide over plans and may let a function act. No role contains another but the viewer's.
 */
export function roleFor(command: Command): Role {
  switch (command.name) {
    case 'help':
    case 'status':
    case 'expiring':
    case 'idle':
    case 'plans':
    case 'history':
      return 'viewer';
    case 'renew':
    case 'scale':
    case 'bind':
    case 'unbind':
      return 'operator';
    case 'approve':
    case 'reject':
      return 'approver';
    case 'mode':
      return modeRole(command.mode);
  }
}

const modeRole = (mode: Switch | null): Role => {
  if (mode === null) return 'viewer';
  return mode === 'apply' ? 'approver' : 'operator';
};

/** The roles that the settings give somebody. Only viewers may be listed as a whole tenant (`slack:T1/*`). */
export function rolesOf(actor: Actor, { viewers, operators, approvers }: Roles): ReadonlySet<Role> {
  const roles = new Set<Role>();
  const { id, provider, tenant } = actor;
  if (operators.includes(id)) roles.add('operator');
  if (approvers.includes(id)) roles.add('approver');
  if (roles.size > 0 || viewers.includes(id) || viewers.includes(`${provider}:${tenant}/*`)) roles.add('viewer');
  return roles;
}

/**
 * Whether somebody may do what needs a role, over a request of that strength. Null if so.
 * That a requester does not approve the own plan is for the ledger to see.
 */
export function denial(needs: Role, actor: Actor, roles: Roles, capabilities: Capabilities): Denial | null {
  const has = rolesOf(actor, roles);
  if (has.size === 0) return { code: 'unknown-actor', needs };
  if (!has.has(needs)) return { code: 'role-missing', needs };
  const carried = needs === 'viewer' || (needs === 'operator' ? capabilities.mayOperate : capabilities.mayApprove);
  return carried ? null : { code: 'channel-reads-only', needs };
}
