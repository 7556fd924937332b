/** The shell of what was pressed at visits: keeps it, sends it in order whenever there is a link, and puts the answer on the desk. */
import type { ClientAlias, VisitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours, seconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { call, isSignedOut } from '../link/api.ts';
import type { DeskEvent, DeskState } from '../state/desk.ts';
import { openStore, type Store } from '../state/store.ts';
import { type CarList, isOver, keptAnew, type WayIn } from './car-list.ts';
import { type Deed, type DeedsEvent, deedsMachine, type Deeds as State, type Step } from './deeds.ts';
import type { Shelf } from './shelf.ts';

export interface Deeds {
  readonly store: Store<State, DeedsEvent>;
  /** As it was kept last, and as it is kept from now on; undefined: none. */
  readonly list: Store<{ readonly list: CarList | undefined }, { readonly list: CarList | undefined }>;
  /** Resolves once what was kept has been read. */
  readonly read: Promise<void>;
  /** It is on the disk before it is sent. @param ahead of the relay's clock */
  press(
    visit: { readonly visit: VisitId; readonly client: ClientAlias },
    step: Step,
    by: string,
    ahead: Duration,
  ): void;
  /** Whoever is signed in; undefined: nobody, and nothing is sent. */
  signedIn(by: string | undefined): void;
  /** How one gets into a home, as it was read. */
  readonly waysIn: ReadonlyMap<string, WayIn>;
  readWayIn(client: ClientAlias, wayIn: WayIn): void;
  /** What is kept of the list from now on; undefined: nothing. */
  keepList(list: CarList | undefined): void;
}

/** How often it is tried again while something waits. */
const again = seconds(5);
/** What nobody has come back to send is of no use to anybody any more. */
const longest = hours(7 * 24);

export function openDeeds(parts: {
  readonly clock: Clock;
  readonly desk: Store<DeskState, DeskEvent>;
  readonly shelf: Shelf;
  readonly newId: () => string;
}): Deeds {
  const { clock, desk, shelf, newId } = parts;
  const waysIn = new Map<string, WayIn>();
  let by: string | undefined;
  let kept: Promise<void> = Promise.resolve();
  const list = openStore<{ readonly list: CarList | undefined }, { readonly list: CarList | undefined }, never>(
    { initial: { list: undefined }, step: (_before, next) => [{ list: next.list }, []] },
    () => {},
  );
  let keptAt = 0;
  const putList = (next: CarList | undefined) => {
    keptAt = next?.keptAt ?? 0;
    void shelf.putList(next);
  };
  const store = openStore(deedsMachine, (effect) => {
    if (effect.type === 'send') void send(effect.deed);
    else kept = effect.type === 'keep' ? shelf.put(effect.deed) : shelf.drop(effect.deed);
  });
  const tryNow = () => {
    if (by !== undefined) store.send({ type: 'try', by });
  };

  async function send({ deed, visit, step, pressedAt }: Deed): Promise<void> {
    await kept;
    try {
      const moved = await call('moveVisit', { visit }, { ...step, deed, pressedAt });
      store.send({ type: 'sent', deed });
      desk.send({ type: 'answered', answer: { type: 'visit', visit: moved } });
    } catch (error) {
      const { code } = asFault(error);
      if (isSignedOut(error) || mayComeThrough.has(code)) return store.send({ type: 'not-sent', deed });
      store.send({ type: 'refused', deed, why: code });
    }
    tryNow();
  }

  const read = shelf.read().then(({ deeds, list: found }) => {
    const now = clock.now();
    const all = deeds.filter(({ pressedAt }) => now - Date.parse(pressedAt) < longest);
    store.send({ type: 'kept', all });
    if (found && !isOver(found, now)) list.send({ list: found });
    for (const { client, wayIn } of list.get().list?.visits ?? []) if (wayIn) waysIn.set(client, wayIn);
    if (found && isOver(found, now)) putList(undefined);
    tryNow();
  });
  clock.every(again, () => store.get().all.some(({ refused }) => refused === undefined) && tryNow());
  window.addEventListener('online', tryNow);
  let link = desk.get().link.name;
  desk.subscribe(() => {
    const next = desk.get().link.name;
    if (next === 'up' && link !== 'up') tryNow();
    link = next;
  });

  return {
    store,
    list,
    read,
    press({ visit, client }, step, who, ahead) {
      const pressedAt = printInstant(after(clock.now(), ahead));
      store.send({ type: 'pressed', deed: { deed: newId(), visit, client, step, pressedAt, by: who } });
      tryNow();
    },
    signedIn(who) {
      by = who;
      tryNow();
    },
    waysIn,
    readWayIn(client, wayIn) {
      waysIn.set(client, wayIn);
      const before = list.get().list;
      if (!before) return;
      const visits = before.visits.map((one) => (one.client === client ? { ...one, wayIn } : one));
      this.keepList({ ...before, visits });
    },
    keepList(next) {
      if (!next) waysIn.clear();
      const before = list.get().list;
      if (!before && !next) return;
      list.send({ list: next });
      if (!next || !before || isOther(before, next) || next.keptAt - keptAt > keptAnew) putList(next);
    },
  };
}

/** The relay has not judged it: it is as good later. */
const mayComeThrough: ReadonlySet<string> = new Set(['link-lost', 'too-many-requests', 'cannot-save', 'locked']);

const isOther = ({ keptAt: _a, ahead: _b, ...one }: CarList, { keptAt: _c, ahead: _d, ...other }: CarList): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);
