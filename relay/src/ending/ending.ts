/**
 * What ends with a session: its sockets at once, and the looks that nobody who opened them is there for. Checked after each ending
 * and once a second, so that a session that runs out, or is ended by another process, is found as well.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Audit } from '../audit/audit.ts';
import type { Looks } from '../looks/looks.ts';
import type { Operators } from '../operators/operators.ts';
import { isLive, type KnownLook, type Operator } from '../record/look.ts';
import type { Guests } from '../socket/guests.ts';
import type { Store } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import { looksInState } from '../store/looks-table.ts';

export interface Ending {
  /** Puts out whoever is no longer signed in. */
  check(): Promise<void>;
}

export function openEnding(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly guests: Guests;
  readonly operators: Pick<Operators, 'sessions'>;
  readonly looks: Looks;
}): Ending {
  const { store, audit, guests, operators, looks } = parts;
  const signedIn = fromMemory(operators.sessions);
  const openLooks = fromMemory(async () => (await looksInState(store.db, ['asked', 'open'])).filter(isLive));
  /** Looks whose operator has lost the session that saw them, until that is saved: look > operators. */
  const unseen = new Map<LookId, Set<string>>();

  function putOut(sessions: ReadonlyMap<string, string>): void {
    const over = (session: string) => !sessions.has(session);
    const out = guests.putOut(
      (guest) => guest.type === 'session' && over(guest.session),
      closeCodes.sessionOver,
      'the session is over',
    );
    for (const guest of out)
      if (guest.type === 'session' && guest.look)
        unseen.set(guest.look, (unseen.get(guest.look) ?? new Set()).add(guest.operator));
  }

  /** Another session of the same person may go on seeing it. */
  function isThere(look: KnownLook, operator: string, present: ReadonlySet<string>): boolean {
    if (!present.has(operator)) return false;
    if (!unseen.get(look.facts.look)?.has(operator)) return true;
    return guests.all.some(
      (guest) => guest.type === 'session' && guest.look === look.facts.look && guest.operator === operator,
    );
  }

  async function end(look: LookId, by: Operator, how: 'close' | 'leave'): Promise<void> {
    const what = how === 'close' ? 'look-closed' : 'look-left';
    await store.write(async (tx) => {
      await audit.append(tx, 'relay', what, look, { why: 'session-over', of: by.name });
      await looks[how](tx, look, by);
    });
  }

  async function check(): Promise<void> {
    const sessions = await signedIn();
    putOut(sessions);
    const present = new Set(sessions.values());
    const open = await openLooks();
    for (const look of open) {
      const { operator, joined = [] } = look.opened;
      for (const one of joined) if (!isThere(look, one.id, present)) await end(look.facts.look, one, 'leave');
      if (!isThere(look, operator.id, present)) await end(look.facts.look, operator, 'close');
    }
    unseen.clear();
  }

  let last: Promise<void> = Promise.resolve();
  return {
    // One after the other: what has just been ended is seen by the check that its ending asks for.
    check() {
      last = last.catch(() => {}).then(check);
      return last;
    },
  };
}
