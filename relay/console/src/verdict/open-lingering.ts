/** The shell of a verdict that lingers: moves its clock, tells the relay, and says so where that cannot be. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { call } from '../link/api.ts';
import type { DeskEvent, DeskState } from '../state/desk.ts';
import { openStore, type Store } from '../state/store.ts';
import { type LingeringEffect, type LingeringEvent, lingering, type Lingering as State } from './lingering.ts';

export type Lingering = Store<State, LingeringEvent>;

/** How often it is seen whether its time is over, and whether somebody else was first. */
const often = milliseconds(200);

/** @param before what is called before the page is left (`around/leaving.ts`) */
export function openLingering(
  clock: Clock,
  desk: Store<DeskState, DeskEvent>,
  before: (say: () => Promise<void>) => void,
): Lingering {
  let telling: Promise<void> = Promise.resolve();
  const store: Lingering = openStore(lingering, (effect) => {
    telling = tell(effect);
  });
  async function tell({ about, said }: LingeringEffect): Promise<void> {
    const { verdict, confirmed } = said;
    const body = { verdict, ...(confirmed && { confirmed }) };
    try {
      if (about.page === 'look') {
        const look = await call('giveVerdict', { look: about.id as never }, body, { keepalive: true });
        desk.send({ type: 'answered', answer: { type: 'look', look } });
      } else {
        const alarm = await call('closeAlarm', { alarm: about.id as never }, body, { keepalive: true });
        desk.send({ type: 'answered', answer: { type: 'alarm', alarm } });
      }
    } catch (error) {
      store.send({ type: 'failed', about, said, why: asFault(error).code });
    }
  }
  let ticking: Disposable | undefined;
  store.subscribe(() => {
    const held = store.get().name === 'held';
    if (held && !ticking)
      ticking = clock.every(often, () => {
        store.send(isOver(desk.get(), store.get()) ? { type: 'over' } : { type: 'tick', at: clock.steady() });
      });
    if (held) return;
    ticking?.[Symbol.dispose]();
    ticking = undefined;
  });
  before(async () => {
    store.send({ type: 'left' });
    await telling;
  });
  return store;
}

function isOver(desk: DeskState, state: State): boolean {
  if (desk.name !== 'known' || state.name !== 'held') return false;
  const { page, id } = state.about;
  return page === 'look'
    ? desk.looks.get(id as never)?.state === 'done'
    : desk.alarms.get(id as never)?.state === 'closed';
}
