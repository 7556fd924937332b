/** Pure. The plan of one client as a municipality fills it in («Bedömning av Digital tillsyn»): what is drafted, before it is signed. */
import { z } from 'zod';
import { FallPlace, Mode, WallTime, Window } from '../domain/plan.ts';
import { ActionCard } from './action-card.ts';

const minutes = z.number().min(1).max(720);

/** Händelsestyrd tillsyn: what the units watch for. */
export const EventsForm = z
  .strictObject({
    fall: z
      .strictObject({
        persistenceSeconds: z.number().min(3).max(600).default(20),
        places: z.array(FallPlace).max(16).readonly().default([]),
      })
      .readonly()
      .optional(),
    leftRoom: z
      .strictObject({
        minutes,
        bathroomMinutes: minutes.optional(),
        hours: z.strictObject({ from: WallTime, to: WallTime }).readonly().optional(),
      })
      .readonly()
      .optional(),
    notInBed: z
      .strictObject({ by: WallTime, until: WallTime.default('06:00') })
      .readonly()
      .optional(),
    other: z.string().trim().max(300).optional().describe('Annat: for people to read; no unit watches for it'),
  })
  .readonly();
export type EventsForm = z.infer<typeof EventsForm>;

/** What a card is needed for: each event of the form, a look in which nobody was seen, and a home that does not answer. */
export const CardFor = z.enum(['fall', 'leftRoom', 'notInBed', 'notSeen', 'technical']);
export type CardFor = z.infer<typeof CardFor>;

export const PlanForm = z
  .strictObject({
    product: z.enum(['looks-only', 'looks-and-events']),
    events: EventsForm.default({}),
    shadow: z
      .boolean()
      .default(false)
      .describe('Events are counted and nobody is called: to find out before they are agreed'),
    /** Visuell tillsyn. */
    windows: z.array(Window).max(24).readonly().default([]).describe('Tider, with how many looks in each'),
    comment: z.string().trim().max(300).optional().describe('Kommentar: shown to the operator during the look'),
    stopWhenSeen: z.boolean().default(false).describe('Several cameras: one that shows the client is enough'),
    mode: Mode.default('silhouette'),
    alsoAgreed: z.array(Mode).max(3).readonly().default([]),
    retryMinutes: z.number().min(5).max(30).default(15),
    longestLookSeconds: z.number().min(10).max(600).default(120),
    alarmLookMinutes: z.number().min(1).max(120).optional(),
    cards: z.partialRecord(CardFor, ActionCard).default({}),
    /** What happens while there is no digital supervision: it has ended, is paused, or its unit has failed. */
    physical: z
      .strictObject({
        visits: z.array(WallTime).max(12).readonly().describe('When somebody goes there instead'),
        code: z.string().trim().max(40).optional().describe('Of the physical intervention in the case system'),
        whilePaused: z.enum(['visits', 'nobody']).default('visits'),
      })
      .readonly()
      .optional(),
    code: z.string().trim().max(40).optional().describe('Of the digital intervention in the case system'),
    from: z.iso.date(),
    until: z.iso.date().describe('The last day: a plan is looked over before it'),
    consoles: z.enum(['vouched', 'first-sight']).default('vouched'),
  })
  .readonly();
export type PlanForm = z.infer<typeof PlanForm>;
/** As it is typed: what has a default may be left out. */
export type GivenPlanForm = z.input<typeof PlanForm>;

/** drafted: something is missing. complete: it can be signed. signed: on its way to the units. in-force: each unit obeys it. */
export const CarePlanState = z.enum(['drafted', 'complete', 'signed', 'in-force', 'ended']);
export type CarePlanState = z.infer<typeof CarePlanState>;
