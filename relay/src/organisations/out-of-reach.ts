/** THE door between organisations: each request is asked here what it names, before its handler is. What is another's is not there. */
import { needingAssurance } from '@nattfrid/shared/desk/assurance';
import type { Action } from '@nattfrid/shared/desk/permissions';
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Refusals } from '../audit/refusals.ts';
import type { Present } from '../operators/operators.ts';
import type { Store } from '../store/database.ts';
import { findSignInSettings } from '../store/sign-in-settings-table.ts';
import { type Named, namedBy, notThere } from './guard.ts';
import type { Reacher } from './reach.ts';
import type { ReachNow } from './reach-now.ts';

type Who = Reacher & Pick<Present, 'name' | 'role' | 'assurance'>;

export type OutOfReach = (
  who: Who,
  route: RouteName,
  asked: { readonly params: unknown; readonly body: unknown },
) => Promise<Fault | undefined>;

/** @returns asks, and writes in the audit log of both organisations what somebody was refused */
export function openOutOfReach(parts: {
  readonly store: Store;
  readonly reach: ReachNow;
  readonly refusals: Refusals;
  readonly sessionOf: (session: string) => Promise<string | undefined>;
}): OutOfReach {
  const { store, reach, refusals, sessionOf } = parts;
  const around = { db: store.db, reach, sessionOf };
  /** The organisation whose home it is says how sure it must be who looks. */
  async function tooUnsure(
    who: Who,
    route: RouteName,
    action: Action,
    named: readonly Named[],
  ): Promise<Fault | undefined> {
    if (!needingAssurance.includes(action)) return undefined;
    for (const organisation of new Set(named.flatMap(({ thing }) => thing?.organisation ?? []))) {
      const { lookAssurance } = await findSignInSettings(store.db, organisation);
      if (who.assurance >= lookAssurance) continue;
      const details = { why: 'assurance-low', action, has: String(who.assurance), needs: String(lookAssurance) };
      await refusals.write({
        who: who.name,
        counted: who.id,
        subject: route,
        details: { ...details, operator: who.id, organisation },
      });
      return new Fault(
        'assurance-low',
        'Sign in again with e-ID or a passkey: who looks must be surer than a password.',
      );
    }
    return undefined;
  }
  return async (who, route, asked) => {
    const { action } = routes[route];
    if (!action) return undefined;
    let named = await namedBy(route, asked, around);
    if (named.some(({ thing }) => !thing)) {
      // Another process may have added it a moment ago.
      await reach.refresh();
      named = await namedBy(route, asked, around);
    }
    const out = named.find(({ thing }) => thing && !reach.may(who, action, thing));
    if (!out?.thing) return tooUnsure(who, route, action, named);
    const details = { why: 'other-organisation', action, role: who.role, operator: who.id };
    await refusals.write({
      who: who.name,
      counted: who.id,
      subject: route,
      details: { ...details, organisation: out.thing.organisation },
    });
    return notThere(out);
  };
}
