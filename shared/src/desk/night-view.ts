/** Pure. relay > console: a staffed night. Teams and cars, who is in which, what was handed over, whose home is next, and the work to come. */
import { z } from 'zod';
import { Telephone } from '../care/action-card.ts';
import { AlarmId, ClientAlias, LookId, TeamId } from '../domain/ids.ts';
import { WallTime } from '../domain/plan.ts';
import { Organisation } from './organisation.ts';

/** When a team does a thing: it may differ by the time of day who looks and who goes there. */
export const Duty = z.union([
  z.literal('always'),
  z.literal('never'),
  z.object({ from: WallTime, to: WallTime }).readonly().describe('By the clock on the wall; may run past midnight'),
]);
export type Duty = z.infer<typeof Duty>;

/** What a coordinator says of a team. */
export const TeamAsked = z
  .object({
    name: z.string().trim().min(1).max(40),
    kind: z.enum(['desk', 'car']),
    crew: z.enum(['single', 'double']).describe('How many are in it'),
    telephone: Telephone.optional().describe('Of the team, never of a person'),
    looks: Duty.describe('When it makes looks'),
    visits: Duty.describe('When it goes to homes'),
  })
  .readonly();
export type TeamAsked = z.infer<typeof TeamAsked>;

export const TeamView = z.object({ team: TeamId, organisation: Organisation, ...TeamAsked.unwrap().shape }).readonly();
export type TeamView = z.infer<typeof TeamView>;

/** A team as the action cards of plans in force name it, and the organisation's own line. */
export const NamedTeam = z
  .object({
    team: TeamId,
    lost: z.boolean().describe('It has been taken away: alarms step over it at once, to the next of their line'),
    clients: z.array(ClientAlias).max(2000).readonly().describe('Whose cards name it'),
    inLine: z.boolean().describe("The organisation's own line names it"),
  })
  .readonly();
export type NamedTeam = z.infer<typeof NamedTeam>;

/** Somebody who is in a team now. */
export const ShiftView = z
  .object({
    shift: z.string().min(1).max(60),
    team: TeamId,
    organisation: Organisation,
    who: z.string(),
    operatorId: z.string(),
    since: z.iso.datetime(),
  })
  .readonly();
export type ShiftView = z.infer<typeof ShiftView>;

/** What one shift tells the next. */
export const HandoverView = z
  .object({
    handover: z.string().min(1).max(60),
    team: TeamId,
    organisation: Organisation,
    by: z.string(),
    byId: z.string(),
    at: z.iso.datetime(),
    note: z.string().max(2000).describe('No names: homes by their alias'),
    readBy: z.string().optional(),
    readAt: z.iso.datetime().optional(),
  })
  .readonly();
export type HandoverView = z.infer<typeof HandoverView>;

/** The home that somebody is about to look into: no colleague is offered it, and none can open it until then. */
export const ReservedView = z
  .object({
    look: LookId,
    client: ClientAlias,
    who: z.string(),
    operatorId: z.string(),
    organisation: Organisation.describe('Of whoever is about to look'),
    home: Organisation.describe('Whose home it is: told to all who may look into it, those of an agreement too'),
    until: z.iso.datetime(),
  })
  .readonly();
export type ReservedView = z.infer<typeof ReservedView>;

export const NightView = z
  .object({
    teams: z.array(TeamView).readonly(),
    shifts: z.array(ShiftView).readonly(),
    handovers: z.array(HandoverView).readonly(),
    reserved: z.array(ReservedView).readonly(),
  })
  .readonly();
export type NightView = z.infer<typeof NightView>;

export const LeftInHand = z
  .object({
    who: z.string(),
    organisation: Organisation,
    at: z.iso.datetime(),
    alarms: z.array(AlarmId).readonly(),
    looks: z.array(LookId).readonly(),
  })
  .readonly();
export type LeftInHand = z.infer<typeof LeftInHand>;

/** Whether the looks of one window can be made by those who are on shift. */
export const WindowLoad = z
  .object({
    from: z.iso.datetime().describe('Of the window, or now where it is open'),
    until: z.iso.datetime(),
    looks: z.int().min(0).describe('Not done yet'),
    minutes: z.number().min(0).describe('Of work, for one operator'),
    needed: z.int().min(0).describe('Operators, all the time'),
    operators: z.int().min(0).describe('On shift, and free to look'),
    short: z.boolean(),
  })
  .readonly();
export type WindowLoad = z.infer<typeof WindowLoad>;
