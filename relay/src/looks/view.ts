/** Pure. What the console is shown of a look, with what is known of the home on the relay alone. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { printInstant } from '@nattfrid/shared/time/instant';
import { isLive, type KnownLook, type Opened, type Shown } from '../record/look.ts';

/** Never told to a unit. */
export interface AtHome {
  readonly place?: string | undefined;
  /** Of the plan: for whoever looks. */
  readonly comment?: string | undefined;
}

export type ViewLook = (look: KnownLook) => LookView;

/** The comment of the plan is shown while somebody looks, and not before or after. */
export const viewLook =
  (atHome: (unit: UnitId) => AtHome | undefined): ViewLook =>
  (look) => {
    const { place, comment } = atHome(look.facts.unit) ?? {};
    const isLooked = isLive(look) || look.name === 'awaiting-verdict';
    return { ...lookView(look), ...(place && { place }), ...(comment && isLooked && { comment }) };
  };

export function lookView(look: KnownLook): LookView {
  const { facts } = look;
  return {
    look: facts.look,
    unit: facts.unit,
    client: facts.client,
    reason: facts.reason,
    attempt: facts.attempt,
    state: look.name,
    dueFrom: printInstant(facts.dueFrom),
    dueUntil: printInstant(facts.dueUntil),
    ...(facts.visit && { visit: facts.visit }),
    ...(facts.beside && { beside: facts.beside }),
    ...(facts.reason.type === 'alarm' && { alarm: facts.reason.alarm }),
    ...('opened' in look && look.opened && openedView(look.opened)),
    ...('shown' in look && look.shown && shownView(look.shown)),
    ...('end' in look && look.end && { end: look.end }),
    ...('refusal' in look && look.refusal && { refusal: look.refusal }),
    ...('fault' in look && look.fault && { fault: look.fault }),
    ...('noPicture' in look && look.noPicture && { noPicture: look.noPicture }),
    ...(look.name === 'done' && look.retry && { retry: look.retry }),
    ...(look.name === 'done' &&
      look.verdict && { verdict: look.verdict.verdict, verdictAt: printInstant(look.doneAt) }),
  };
}

const openedView = ({ operator, at, joined = [], notJoined }: Opened) => ({
  operator: operator.name,
  operatorId: operator.id,
  openedAt: printInstant(at),
  ...(joined.length > 0 && { joined: joined.map(({ name }) => name) }),
  ...(notJoined && { notJoined: { who: notJoined.name, why: notJoined.why } }),
});

const shownView = ({ mode, first, wish, until, firstPictureAt, clientSeenAt, noPicture }: Shown) => ({
  mode,
  ...(first && { firstMode: first }),
  ...(wish && { wish: { mode: wish.mode, ...(wish.why && { why: wish.why }) } }),
  until: printInstant(until),
  ...(firstPictureAt !== undefined && { firstPictureAt: printInstant(firstPictureAt) }),
  ...(clientSeenAt !== undefined && { clientSeenAt: printInstant(clientSeenAt) }),
  ...(noPicture && { noPicture }),
});
