/**
 * Pure. THE table of what a key of another system may: scope > actions, beside the table of roles. A key has no role and no session:
 * what is in no row here it cannot do, above all look, answer alarms, or see a picture.
 */
import { z } from 'zod';
import type { Action } from './permissions.ts';

export const scopes = {
  'read:alarms': ['read-alarms'],
  'read:looks': ['read-looks'],
  'read:visits': ['read-visits'],
  'read:statistics': ['read-statistics'],
  'write:people': ['import-people'],
  'write:stock': ['add-labels'],
} as const satisfies Record<string, readonly Action[]>;

export type Scope = keyof typeof scopes;
export const scopeNames = Object.keys(scopes) as readonly Scope[];
export const Scope = z.enum(scopeNames as [Scope, ...Scope[]]);

export const keyMay = (held: readonly Scope[], action: Action): boolean =>
  held.some((scope) => (scopes[scope] as readonly Action[]).includes(action));

/** Scopes that let an action through; none: no key may. */
export const scopesFor = (action: Action): readonly Scope[] => scopeNames.filter((scope) => keyMay([scope], action));
