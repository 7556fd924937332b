/** A home is opened in one transaction: the look that leads, and one on each other camera whose unit says for itself whether it may. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { HomeLook } from '../record/home-look.ts';
import { isLive, type LookFacts, type Operator } from '../record/look.ts';
import type { Tx } from '../store/database.ts';
import { findHomeLook, looksOfUnit } from '../store/looks-table.ts';
import type { HomeEffect, HomeEvent } from './home-look-step.ts';
import type { Saved, StepHome } from './step-home.ts';
import type { ViewLook } from './view.ts';

export interface ToOpen {
  readonly facts: LookFacts;
  /** The public key that the operator's console has made for this unit alone. */
  readonly operatorKey: string;
}

export interface OpenHome {
  /** @returns `not-now` where the lead's unit has another look open: then nothing is opened */
  open(tx: Tx, lead: ToOpen, others: readonly ToOpen[], by: Operator): Promise<Saved | Fault>;
  /** The operator's console knows another key of the lead's unit, which is not asked: its look fails, and the others are opened beside it. */
  leaveOut(tx: Tx, lead: LookFacts, others: readonly ToOpen[], by: Operator): Promise<Saved | Fault>;
}

export function homeOpener(parts: {
  readonly clock: Clock;
  readonly step: StepHome;
  readonly machine: Machine<HomeLook, HomeEvent, HomeEffect>;
  readonly viewOf: ViewLook;
}): OpenHome {
  const { clock, step, machine, viewOf } = parts;

  async function openOne(tx: Tx, { facts, operatorKey }: ToOpen, by: Operator): Promise<Saved | Fault> {
    const { look } = facts;
    await step(tx, { type: 'camera', look, event: { type: 'planned', facts } });
    return step(tx, { type: 'camera', look, event: { type: 'opened', by, operatorKey, at: clock.now() } });
  }

  /** @returns the looks of these whose units must be asked */
  async function openAll(tx: Tx, all: readonly ToOpen[], by: Operator): Promise<Saved['ask']> {
    const ask: Saved['ask'][number][] = [];
    for (const one of all) {
      const opened = await openOne(tx, one, by);
      if (!(opened instanceof Fault)) ask.push(...opened.ask);
    }
    return ask;
  }

  return {
    async open(tx, lead, others, by) {
      const { unit, look } = lead.facts;
      const live = (await looksOfUnit(tx.db, unit, ['asked', 'open'])).filter(isLive);
      const other = live.find(({ facts }) => facts.look !== look);
      if (other)
        return new Fault('not-now', `${other.opened.operator.name} has another look open in this home. One at a time.`);
      const opened = await openOne(tx, lead, by);
      if (opened instanceof Fault) return opened;
      return { view: opened.view, ask: [...opened.ask, ...(await openAll(tx, others, by))] };
    },
    async leaveOut(tx, facts, others, by) {
      const { look } = facts;
      await step(tx, { type: 'camera', look, event: { type: 'planned', facts } });
      const untrusted: HomeEvent = { type: 'camera', look, event: { type: 'untrusted', by, at: clock.now() } };
      // Where the lead could not have been opened either, none is opened.
      const [, effects] = machine.step(await findHomeLook(tx.db, look), untrusted);
      for (const effect of effects) if (effect.type === 'refuse') return effect.fault;
      // The others are opened before the lead fails, so that one of them can take over.
      const ask = await openAll(tx, others, by);
      const failed = await step(tx, untrusted);
      if (failed instanceof Fault) return failed;
      const { lead } = await findHomeLook(tx.db, look);
      return { view: lead.name === 'none' ? failed.view : viewOf(lead), ask };
    },
  };
}
