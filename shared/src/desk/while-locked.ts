/** Pure. THE table of what a locked computer still does, beside the table of roles: it says whose it is, and lets them go. */
import type { RouteName } from './routes.ts';

export const whileLocked: readonly RouteName[] = ['me', 'signOut', 'lockConsole'];
