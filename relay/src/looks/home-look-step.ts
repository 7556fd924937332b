/** Pure. What becomes of the look into a home: its cameras are looked through together, and one verdict, one retry and one visit come of it. */
import type { LookFault } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, Refusal } from '@nattfrid/shared/domain/look';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import { closing } from '../camera-look/end.ts';
import {
  type LookEffect,
  type LookEvent,
  type LookTimes,
  type Of,
  type Refuse,
  refusal,
} from '../camera-look/event.ts';
import { type LookMachine, lookMachine } from '../camera-look/step.ts';
import { all, type HomeLook, inThisOpening, lookIn, noHomeLook, standing, withLook } from '../record/home-look.ts';
import {
  isEnough,
  isLive,
  type KnownLook,
  type Look,
  type LookFacts,
  type Opened,
  type Operator,
} from '../record/look.ts';
import { handOver, hasShown, heirOf } from './together.ts';

/** `look` names one look of the home, whichever. */
export type HomeEvent =
  /** Something has happened to this one look. */
  | { readonly type: 'camera'; readonly look: LookId; readonly event: LookEvent }
  /** Before a person closes or judges what was seen: the camera that has seen most leads. */
  | { readonly type: 'best-leads'; readonly look: LookId; readonly among: 'shown' | 'all' }
  /** The operator has seen enough of the home. */
  | { readonly type: 'closed'; readonly look: LookId; readonly by: Operator; readonly at: Instant }
  | ({ readonly look: LookId } & Of<'verdict'>);

/** What came of an access, for the audit log. */
type Outcome =
  | { readonly what: 'look-refused'; readonly why: Refusal }
  | { readonly what: 'look-failed'; readonly why: LookFault }
  | { readonly what: 'look-ended'; readonly why: LookEnd };

type PutBack = Extract<LookEffect, { type: 'put-back' }>;

/** `about`: the look that it is an effect of. */
export type HomeEffect =
  | ((
      | Exclude<LookEffect, Refuse | PutBack>
      /** Pictures may pass to the operator, and to the colleagues who have joined. */
      | { readonly type: 'let-pass'; readonly opened: Opened }
      | { readonly type: 'stop-passing' }
      /** The unit has allowed it: screens that wait for that are let in. */
      | { readonly type: 'let-in' }
      | { readonly type: 'write'; readonly outcome: Outcome }
      /** A camera beside the lead is closed with it. */
      | { readonly type: 'close-too'; readonly by: Operator; readonly at: Instant }
      /** The desk is told how the look now stands. */
      | { readonly type: 'tell' }
    ) & { readonly about: LookFacts })
  | Refuse;

type Stepped = readonly [HomeLook, readonly HomeEffect[]];

export function homeLookMachine(times: LookTimes): Machine<HomeLook, HomeEvent, HomeEffect> {
  const one = lookMachine(times);
  return {
    initial: noHomeLook,
    step(home, event): Stepped {
      switch (event.type) {
        case 'camera':
          return moved(one, home, event.look, event.event);
        case 'best-leads':
          return bestLeads(home, event.among);
        case 'closed':
          return closed(one, home, event);
        case 'verdict':
          return moved(one, home, leadOf(home, event), event);
      }
    },
  };
}

/** One look moves, and what follows from that for the home. */
function moved(one: LookMachine, home: HomeLook, look: LookId, event: LookEvent): Stepped {
  const before = lookIn(home, look);
  const [stepped, effects] = one.step(before, event);
  const next = dueAgain(home, stepped, effects);
  if (next.name === 'none' || next === before) return [home, effects.filter((effect) => effect.type === 'refuse')];
  const after = withLook(home, next);
  // The desk is told by the step that needed the visit, which is still being carried out.
  if (event.type === 'visit-made') return [after, []];

  const leads = after.lead === next;
  const couldNot = next.name === 'failed' || next.name === 'refused';
  const heir = leads && couldNot ? heirOf(after) : undefined;
  const own = [...passing(before, next), ...owned(next, effects, heir), ...outcome(before, next)];
  if (heir) return withEffects(own, led(after, next, heir));
  const isOver = next.name !== before.name && (next.name === 'done' || next.name === 'due');
  const beside: Stepped = leads && isOver && 'at' in event ? settledBeside(one, after, event) : [after, []];
  return [beside[0], [...own, ...beside[1], ...enough(home, after), tell(next)]];
}

/** One camera shows the client: the others are asked to close, and each unit does it by its own plan, or does not. */
function enough(before: HomeLook, now: HomeLook): readonly HomeEffect[] {
  const showing = inThisOpening(now).find(isEnough);
  if (showing?.facts.reason.type !== 'window') return [];
  const wasOpen = new Set(all(before).flatMap((one) => (one.name === 'open' ? [one.facts.look] : [])));
  const isNew = !inThisOpening(before).some(isEnough);
  return inThisOpening(now).flatMap((one): readonly HomeEffect[] =>
    one.name === 'open' && !isEnough(one) && (isNew || !wasOpen.has(one.facts.look))
      ? [{ ...closing(one, 'seen-elsewhere'), about: one.facts }]
      : [],
  );
}

/** The unit did not know the console: unless another camera can show something, the look is due as before. */
function dueAgain(home: HomeLook, next: Look, effects: readonly LookEffect[]): Look {
  const back = effects.find((effect) => effect.type === 'put-back');
  if (!back || next.name === 'none' || heirOf(withLook(home, next))) return next;
  return { name: 'due', facts: next.facts, refusal: back.why };
}

/** @param heir takes over the lead: the last camera that can show nothing sends somebody there, not the first */
const owned = (look: KnownLook, effects: readonly LookEffect[], heir: KnownLook | undefined): readonly HomeEffect[] =>
  effects.flatMap((effect) =>
    effect.type === 'refuse' || effect.type === 'put-back' || (heir && effect.type === 'need-visit')
      ? []
      : [{ ...effect, about: look.facts }],
  );

/** The cameras beside the lead are over with it, also where the lead goes back onto the list. */
function settledBeside(one: LookMachine, home: HomeLook, { at }: Pick<Of<'settled'>, 'at'>): Stepped {
  let stepped: Stepped = [home, []];
  for (const { facts } of standing(home))
    stepped = withEffects(stepped[1], moved(one, stepped[0], facts.look, { type: 'settled', at }));
  return stepped;
}

function bestLeads(home: HomeLook, among: 'shown' | 'all'): Stepped {
  if (home.lead.name === 'none') return [home, [refusal('not-found', 'There is no such look.')]];
  const heir = heirOf(home);
  return heir && (among === 'all' || hasShown(heir)) ? led(home, home.lead, heir) : [home, []];
}

function led(home: HomeLook, lead: KnownLook, heir: KnownLook): Stepped {
  const handed = handOver(home, lead, heir);
  return [handed, all(handed).map(tell)];
}

/**
 * An operator who may not close the lead closes none. A lead that shows nothing any more stays as it is, and the cameras that do
 * are closed. Each of them takes a step of its own, because closing one may hand the lead to the next.
 */
function closed(one: LookMachine, home: HomeLook, event: Extract<HomeEvent, { type: 'closed' }>): Stepped {
  const live = standing(home).filter(isLive);
  const isToClose = isLive(home.lead) || live.length === 0;
  const [after, effects] = isToClose ? moved(one, home, leadOf(home, event), event) : [home, []];
  if (effects.some((effect) => effect.type === 'refuse')) return [after, effects];
  const { by, at } = event;
  return [after, [...effects, ...live.map(({ facts }): HomeEffect => ({ type: 'close-too', by, at, about: facts }))]];
}

function passing(before: Look, next: KnownLook): readonly HomeEffect[] {
  const about = next.facts;
  const letIn: readonly HomeEffect[] =
    next.name === 'open' && before.name !== 'open' ? [{ type: 'let-in', about }] : [];
  if (isLive(next) === isLive(before)) return letIn;
  return isLive(next)
    ? [{ type: 'let-pass', opened: next.opened, about }, ...letIn]
    : [{ type: 'stop-passing', about }];
}

function outcome(before: Look, next: KnownLook): readonly HomeEffect[] {
  if (before.name === next.name) return [];
  const write = (came: Outcome): readonly HomeEffect[] => [{ type: 'write', outcome: came, about: next.facts }];
  if ((next.name === 'refused' || next.name === 'due') && next.refusal)
    return write({ what: 'look-refused', why: next.refusal });
  if (next.name === 'failed') return write({ what: 'look-failed', why: next.fault });
  const isOver = next.name === 'awaiting-verdict' || (next.name === 'done' && next.end === 'seen-elsewhere');
  return isOver && next.end ? write({ what: 'look-ended', why: next.end }) : [];
}

/** Where there is no lead there is no look by the name in the event either. */
const leadOf = ({ lead }: HomeLook, { look }: HomeEvent): LookId => (lead.name === 'none' ? look : lead.facts.look);

const tell = ({ facts }: KnownLook): HomeEffect => ({ type: 'tell', about: facts });

/** Effects of an earlier step come first. */
const withEffects = (before: readonly HomeEffect[], [home, effects]: Stepped): Stepped => [
  home,
  [...before, ...effects],
];
