/** THE door between organisations: each request is asked here what it names, before its handler is. What is another's is not there. */
import { isLevelled, levelFor } from '@nattfrid/shared/desk/assurance';
import { trainerOf } from '@nattfrid/shared/desk/organisation';
import { type Action, may, permissions } from '@nattfrid/shared/desk/permissions';
import type { Role } from '@nattfrid/shared/desk/role';
import { type Asked, type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
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

/** What ends a look, or changes one that is open: whoever has signed in anew with a password gives its verdict. */
const endings: ReadonlySet<RouteName> = new Set<RouteName>([
  'leaveLook',
  'wishMode',
  'closeLook',
  'giveVerdict',
  'skipLook',
]);

/**
 * A look for an alarm can be had all the same, where the telephone with the second factor is not at hand: somebody may lie on the floor.
 * The home's unit has raised the alarm, still shows nothing to a console that it does not trust, and the log says how it was.
 */
function alarmOf(route: RouteName, body: unknown) {
  if (route !== 'openLook') return undefined;
  const { reason, unit, anyway = false } = body as Asked<'openLook'>;
  return reason.type === 'alarm' ? { unit, alarm: reason.alarm, anyway } : undefined;
}

/** @returns asks, and writes in the audit log of both organisations what somebody was refused */
export function openOutOfReach(parts: {
  readonly store: Store;
  readonly reach: ReachNow;
  readonly audit: Pick<Audit, 'write'>;
  readonly refusals: Refusals;
  readonly sessionOf: (session: string) => Promise<string | undefined>;
  readonly breakGlasses: Pick<BreakGlasses, 'use' | 'mayUse'>;
}): OutOfReach {
  const { store, reach, audit, refusals, sessionOf, breakGlasses } = parts;
  const around = { db: store.db, reach, sessionOf };
  /**
   * The organisation whose home it is says how sure it must be who looks; for everything else whoever asks is asked by their own. In a
   * training home it is as it is in the homes.
   */
  async function tooUnsure(
    who: Who,
    route: RouteName,
    action: Action,
    named: readonly Named[],
    body: unknown,
  ): Promise<Fault | undefined> {
    if (!isLevelled(action) || endings.has(route)) return undefined;
    const organisations = named.flatMap(({ thing }) => (thing ? trainerOf(thing.organisation) : []));
    for (const organisation of new Set(organisations.length > 0 ? organisations : [who.organisation])) {
      const needs = levelFor(await findSignInSettings(store.db, organisation), action);
      if (who.assurance >= needs) continue;
      const alarm = alarmOf(route, body);
      const details = { action, has: String(who.assurance), needs: String(needs), operator: who.id, organisation };
      if (alarm?.anyway) {
        await audit.write(who.name, 'looked-anyway', alarm.unit, { alarm: alarm.alarm, ...details });
        continue;
      }
      await refusals.write({
        who: who.name,
        counted: who.id,
        subject: route,
        details: { why: 'assurance-low', ...details },
      });
      return new Fault(
        'assurance-low',
        'This needs to be surer who you are than a password makes it. Show more, or sign in that way.',
        {
          fields: { needs, ...(alarm && { anyway: true }) },
        },
      );
    }
    return undefined;
  }
  /** What neither role nor agreement allows, and two people have opened for this one home. Written before it is used. */
  async function isOpened(who: Who, route: RouteName, named: readonly Named[]): Promise<boolean> {
    const [only, ...others] = named;
    if (!only?.thing || !only.opened || others.length > 0 || !breakGlasses.mayUse(who, route)) return false;
    const { client, subject } = only.opened;
    return breakGlasses.use(who, route, { client, organisation: only.thing.organisation }, subject);
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
    if (!out?.thing) return tooUnsure(who, route, action, named, asked.body);
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
