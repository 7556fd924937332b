/** THE door between organisations: each request is asked here what it names, before its handler is. What is another's is not there. */
import { needingAssurance } from '@nattfrid/shared/desk/assurance';
import { type Action, may, permissions } from '@nattfrid/shared/desk/permissions';
import type { Role } from '@nattfrid/shared/desk/role';
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Refusals } from '../audit/refusals.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import type { Present } from '../operators/operators.ts';
import type { Store } from '../store/database.ts';
import { findSignInSettings } from '../store/sign-in-settings-table.ts';
import { type Named, namedBy, notThere } from './guard.ts';
import type { Reacher } from './reach.ts';
import type { ReachNow } from './reach-now.ts';

type Who = Reacher & Pick<Present, 'name' | 'role' | 'assurance' | 'session'>;

export type OutOfReach = (
  who: Who,
  route: RouteName,
  asked: { readonly params: unknown; readonly body: unknown; readonly byKey?: boolean },
) => Promise<Fault | undefined>;

/** Whoever is refused is told who may. */
export const notFor = (role: Role, action: Action): Fault =>
  new Fault('not-allowed', `This is for: ${permissions[action].join(', ')}. You are signed in as ${role}.`);

/** @returns asks, and writes in the audit log of both organisations what somebody was refused */
export function openOutOfReach(parts: {
  readonly store: Store;
  readonly reach: ReachNow;
  readonly refusals: Refusals;
  readonly sessionOf: (session: string) => Promise<string | undefined>;
  readonly breakGlasses: Pick<BreakGlasses, 'use' | 'mayUse'>;
}): OutOfReach {
  const { store, reach, refusals, sessionOf, breakGlasses } = parts;
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
  /** What neither role nor agreement allows, and two people have opened for this one home. Written before it is used. */
  async function isOpened(who: Who, route: RouteName, named: readonly Named[]): Promise<boolean> {
    const [only, ...others] = named;
    if (!only?.thing || !only.opened || others.length > 0 || !breakGlasses.mayUse(who, route)) return false;
    return breakGlasses.use(who, route, only.opened.client, only.opened.subject);
  }
  async function forbidden(who: Who, route: RouteName, action: Action): Promise<Fault> {
    const details = { why: 'not-allowed', action, role: who.role, operator: who.id };
    await refusals.write({ who: who.name, counted: who.id, subject: route, details });
    return notFor(who.role, action);
  }
  return async (who, route, asked) => {
    const { action } = routes[route];
    if (!action) return undefined;
    // A key has scopes, which were asked already.
    const allowed = asked.byKey || may(who.role, action);
    let named = await namedBy(route, asked, around);
    if (named.some(({ thing }) => !thing)) {
      // Another process may have added it a moment ago.
      await reach.refresh();
      named = await namedBy(route, asked, around);
    }
    const out = named.find(({ thing }) => thing && !reach.may(who, action, thing));
    if ((!allowed || out?.thing) && (await isOpened(who, route, named))) return undefined;
    // What is opened for a home as a whole is asked about where it is read.
    if (!allowed && !(route === 'visitCard' && breakGlasses.mayUse(who, route))) return forbidden(who, route, action);
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
