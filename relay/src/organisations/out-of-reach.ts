/** THE door between organisations: each request is asked here what it names, before its handler is. What is another's is not there. */
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Refusals } from '../audit/refusals.ts';
import type { Store } from '../store/database.ts';
import { namedBy, notThere } from './guard.ts';
import type { Reacher } from './reach.ts';
import type { ReachNow } from './reach-now.ts';

export type OutOfReach = (
  who: Reacher & { readonly name: string; readonly role: string },
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
    if (!out?.thing) return undefined;
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
