/** One step of a home's look: it is loaded, stepped and saved, and then its effects are done, all in one transaction. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { changed, type HomeLook } from '../record/home-look.ts';
import type { Tx } from '../store/database.ts';
import { findHomeLook, findLook, saveLook } from '../store/looks-table.ts';
import type { HomeEffect, HomeEvent } from './home-look-step.ts';
import type { ViewLook } from './view.ts';

/** What has come of a step, in a transaction that is not on the disk yet. */
export interface Saved {
  /** The look that the event names; after a change of lead, the one that leads now. */
  readonly view: LookView;
  /** Looks whose units must be asked once it is on the disk. */
  readonly ask: readonly LookId[];
}

export type StepHome = (tx: Tx, event: HomeEvent) => Promise<Saved | Fault>;

export function homeStepper(
  machine: Machine<HomeLook, HomeEvent, HomeEffect>,
  execute: (tx: Tx, effect: HomeEffect) => Promise<readonly HomeEvent[]>,
  viewOf: ViewLook,
): StepHome {
  const step: StepHome = async (tx, event) => {
    const [home, effects] = await saved(tx, event);
    for (const effect of effects) for (const follows of await execute(tx, effect)) await step(tx, follows);
    for (const effect of effects) if (effect.type === 'refuse') return effect.fault;
    const ask = effects.flatMap((effect) =>
      effect.type === 'call' || effect.type === 'admit' ? [effect.about.look] : [],
    );
    // Read once more: a visit that was needed stands in it by now.
    const look = await findLook(tx.db, aboutWhich(event, home));
    if (!look) throw new TypeError('a look cannot be unmade');
    return { view: viewOf(look), ask };
  };

  async function saved(tx: Tx, event: HomeEvent): Promise<readonly [HomeLook, readonly HomeEffect[]]> {
    const planned = event.type === 'camera' && event.event.type === 'planned' ? event.event.facts : undefined;
    const before = await findHomeLook(tx.db, event.look, planned?.beside);
    const [home, effects] = machine.step(before, event);
    for (const look of changed(before, home)) await saveLook(tx.db, look);
    return [home, effects];
  }

  return step;
}

const aboutWhich = (event: HomeEvent, { lead }: HomeLook): LookId =>
  event.type === 'best-leads' && lead.name !== 'none' ? lead.facts.look : event.look;
