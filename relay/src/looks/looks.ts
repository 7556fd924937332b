/** Looks into homes: what people, units and the clock do to them, each as a step that is saved before anything follows from it. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { AlarmId, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { LookEvent, LookTimes } from '../camera-look/event.ts';
import { lookMachine } from '../camera-look/step.ts';
import type { Plans } from '../plans/plans.ts';
import { isLive, type Joined, type LookFacts, type Operator } from '../record/look.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { findHomeLook, findLook, looksInState, looksOfUnit, looksOnDesk, looksToTick } from '../store/looks-table.ts';
import { type EffectParts, letPass, lookEffects, settling } from './effects.ts';
import { homeLookMachine } from './home-look-step.ts';
import { homeOpener, type OpenHome } from './open-home.ts';
import { lookPlanner } from './plan-looks.ts';
import { homeStepper, type Saved } from './step-home.ts';
import { type AtHome, viewLook } from './view.ts';

export interface Looks extends OpenHome {
  /** Puts a look on the list that no plan has agreed to, and that somebody has asked for. */
  ask(tx: Tx, facts: LookFacts): Promise<LookView | Fault>;
  /** The look that leads the home of this one. */
  leading(db: Db, look: LookId): Promise<LookView | Fault>;
  /** The unit was not connected when it was called. */
  unreachable(tx: Tx, look: LookId): Promise<void>;
  /** What the unit says of a look; a Fault where it is not a look of this unit. */
  answered(tx: Tx, unit: UnitId, answer: LookAnswer): Promise<Saved | Fault>;
  /** The unit is no longer there: what it has open is over. */
  unitGone(tx: Tx, unit: UnitId): Promise<void>;
  /** Its unit has been taken out: what it has open is over, and nothing of its plan is due any more. */
  unitRemoved(tx: Tx, unit: UnitId): Promise<void>;
  /** The home is stopped or paused: its looks end, and one that has shown something still gets its verdict. */
  halted(tx: Tx, units: readonly UnitId[], why: 'consent-withdrawn' | 'paused' | 'plan-changed'): Promise<void>;
  join(tx: Tx, look: LookId, by: Joined): Promise<Saved | Fault>;
  leave(tx: Tx, look: LookId, by: Operator): Promise<LookView | Fault>;
  wish(tx: Tx, look: LookId, mode: Mode, by: Operator): Promise<Saved | Fault>;
  /** The unit could not be asked, and goes on as before. */
  wishLost(tx: Tx, look: LookId): Promise<void>;
  /**
   * The looks on all cameras of the home end together.
   * @param why given where the operator's console cannot trust one camera: then only that one ends
   */
  close(tx: Tx, look: LookId, by: Operator, why?: 'key-changed'): Promise<LookView | Fault>;
  /** @param look any look of the home: what is said of one camera is said of all of them */
  verdict(tx: Tx, look: LookId, verdict: Verdict, by: Operator): Promise<LookView | Fault>;
  /** The unit goes on with a look that is over: the word that closed it has not reached it. */
  closeAgain(look: LookId, unit: UnitId): Promise<void>;
  /** A visit is done, and with it every look that it was for. */
  visited(tx: Tx, visit: VisitId): Promise<void>;
  alarmClosed(tx: Tx, alarm: AlarmId): Promise<void>;
  /** The wall clock was set: waits go on as long as they would have. */
  clockSet(by: Duration): Promise<void>;
  /** Lets time pass: a look that nobody made is missed, a call that no unit answered has failed. */
  tick(): Promise<void>;
  /** Puts the looks that the plans have agreed for the coming hours on the list. */
  plan(): Promise<void>;
  /** After a start: a look that was open goes on. */
  resume(): Promise<void>;
  onDesk(db: Db, since: Instant): Promise<readonly LookView[]>;
}

interface LookParts extends Omit<EffectParts, 'shown' | 'viewOf'> {
  readonly store: Store;
  readonly plans: Plans;
  readonly times: LookTimes;
  readonly newId: () => string;
  /** What is known of a unit's home on the relay alone. */
  readonly atHome?: (unit: UnitId) => AtHome | undefined;
  readonly failed: (error: unknown) => void;
}

export function openLooks(parts: LookParts): Looks {
  const { store, clock, plans, audit, newId } = parts;
  const machine = homeLookMachine(parts.times);
  const shown = (look: LookId) =>
    void store.write((tx) => of(tx, look, { type: 'first-picture', at: clock.now() })).catch(parts.failed);
  const viewOf = viewLook(parts.atHome ?? (() => undefined));
  const effectParts: EffectParts = { ...parts, shown, viewOf };
  const step = homeStepper(machine, lookEffects(effectParts), viewOf);
  const of = (tx: Tx, look: LookId, event: LookEvent) => step(tx, { type: 'camera', look, event });

  return {
    ...homeOpener({ clock, step, machine, viewOf }),
    ask: async (tx, facts) => {
      const saved = await of(tx, facts.look, { type: 'planned', facts });
      return saved instanceof Fault ? saved : saved.view;
    },
    async leading(db, look) {
      const { lead } = await findHomeLook(db, look);
      return lead.name === 'none' ? new Fault('not-found', 'There is no such look.') : viewOf(lead);
    },
    async unreachable(tx, look) {
      await of(tx, look, { type: 'unreachable', at: clock.now() });
    },
    async answered(tx, unit, answer) {
      const look = await findLook(tx.db, answer.look);
      if (!look || look.facts.unit !== unit)
        return new Fault('message-not-yours', 'An answer about a look that is not in this home.');
      const written = answerWritten(answer);
      if (written) await audit.append(tx, `unit ${unit}`, written.what, answer.look, { unit, ...written.details });
      return of(tx, answer.look, { type: 'answered', answer, at: clock.now() });
    },
    async unitGone(tx, unit) {
      for (const { facts } of await looksOfUnit(tx.db, unit, ['asked', 'open']))
        await of(tx, facts.look, { type: 'unit-gone' });
    },
    async unitRemoved(tx, unit) {
      for (const { name, facts } of await looksOfUnit(tx.db, unit, ['due', 'asked', 'open'])) {
        const event =
          name === 'due' ? ({ type: 'unplanned', at: clock.now() } as const) : ({ type: 'unit-gone' } as const);
        await of(tx, facts.look, event);
      }
    },
    async halted(tx, units, why) {
      const states = ['due', 'asked', 'open'] as const;
      for (const unit of units)
        for (const { facts } of await looksOfUnit(tx.db, unit, ['asked', 'open']))
          await step(tx, { type: 'best-leads', look: facts.look, among: 'shown' });
      const at = clock.now();
      for (const unit of units)
        for (const { name, facts } of await looksOfUnit(tx.db, unit, states))
          if (name !== 'due' || facts.attempt > 1 || why === 'consent-withdrawn')
            await of(tx, facts.look, { type: 'halted', why, at });
    },
    join: (tx, look, by) => of(tx, look, { type: 'joined', by }),
    leave: async (tx, look, by) => seen(await of(tx, look, { type: 'left', by })),
    wish: (tx, look, mode, by) => of(tx, look, { type: 'wished', by, mode, at: clock.now() }),
    async wishLost(tx, look) {
      await of(tx, look, { type: 'wish-lost' });
    },
    async close(tx, look, by, why) {
      const at = clock.now();
      if (why) return seen(await of(tx, look, { type: 'closed', by, why, at }));
      const led = await step(tx, { type: 'best-leads', look, among: 'shown' });
      return led instanceof Fault ? led : seen(await step(tx, { type: 'closed', look: led.view.look, by, at }));
    },
    async verdict(tx, look, verdict, by) {
      const led = await step(tx, { type: 'best-leads', look, among: 'all' });
      if (led instanceof Fault) return led;
      const said = { verdict, by, at: clock.now(), retry: newId() as LookId };
      return seen(await step(tx, { type: 'verdict', look: led.view.look, ...said }));
    },
    async closeAgain(look, unit) {
      const known = await findLook(store.db, look);
      if (known?.facts.unit !== unit || isLive(known) || known.name === 'due') return;
      const { operatorKey } = known.opened ?? {};
      const why = ('end' in known ? known.end : undefined) ?? 'operator-closed';
      parts.orders.give(unit, 'look-close', { look, ...(operatorKey !== undefined && { operatorKey }), why });
    },
    async visited(tx, visit) {
      for (const { facts } of await looksInState(tx.db, ['failed', 'refused']))
        if (facts.visit === visit) await of(tx, facts.look, { type: 'settled', at: clock.now() });
    },
    async alarmClosed(tx, alarm) {
      for (const event of await settling(tx.db, alarm, clock.now())) await step(tx, event);
    },
    async clockSet(by) {
      for (const { facts } of await looksInState(store.db, ['due', 'asked', 'open']))
        await store.write((tx) => of(tx, facts.look, { type: 'clock-set', by }));
    },
    tick: lookTicker(parts, of),
    plan: lookPlanner({ store, clock, plans, step }),
    async resume() {
      for (const look of await looksInState(store.db, ['asked', 'open']))
        if (isLive(look)) {
          letPass(effectParts, look.facts, look.opened);
          if (look.name === 'open') effectParts.pass.saidYes(look.facts.look);
        }
    },
    onDesk: async (db, since) => (await looksOnDesk(db, since)).map(viewOf),
  };
}

/** Looks first at which looks would change: a transaction each second for nothing wears out a disk. */
function lookTicker(
  { store, clock, times }: LookParts,
  of: (tx: Tx, look: LookId, event: LookEvent) => Promise<unknown>,
): Looks['tick'] {
  const machine = lookMachine(times);
  return async () => {
    const event = { type: 'tick', at: clock.now() } as const;
    for (const look of await looksToTick(store.db, event.at))
      if (machine.step(look, event)[0] !== look) await store.write((tx) => of(tx, look.facts.look, event));
  };
}

/** The line of the audit log for an answer about a colleague or a mode; what opens or ends a look is written as its outcome. */
function answerWritten(answer: LookAnswer) {
  switch (answer.type) {
    case 'not-joined':
      return { what: 'look-join-refused', details: { why: answer.why } } as const;
    case 'mode-changed':
      return { what: 'look-mode-changed', details: { mode: answer.mode } } as const;
    case 'mode-refused':
      return { what: 'look-mode-refused', details: { mode: answer.mode, why: answer.why } } as const;
    case 'opened':
    case 'refused':
    case 'no-picture':
    case 'picture':
    case 'client-seen':
    case 'joined':
    case 'ended':
      return undefined;
  }
}

const seen = (saved: Saved | Fault): LookView | Fault => (saved instanceof Fault ? saved : saved.view);
