/** Whoever has a second factor shows it before anything about the own sign-in is changed: a password that has leaked does not do. */
import { withSecondFactor } from '@nattfrid/shared/desk/assurance';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Present } from '../operators/operators.ts';
import type { Store } from '../store/database.ts';
import { secondFactorsOfAll } from '../store/second-factors-table.ts';

/** @returns Fault `assurance-low` where the session is not sure enough for it */
export async function mayChangeSignIn(store: Store, who: Present): Promise<Fault | undefined> {
  if (who.assurance >= withSecondFactor || !(await secondFactorsOfAll(store.db)).has(who.id)) return undefined;
  return new Fault('assurance-low', 'Show your passkey or a code first: you change how you sign in.', {
    fields: { needs: withSecondFactor },
  });
}
