/** Pure. Branded names of things, so that one is never taken for another. */
import { z } from 'zod';

const name = (words: string) =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, `${words}: small letters, digits and hyphens, at most 63`);

export const UnitId = name('unit id').brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;
/** What the unit calls the person it watches over: never a name. */
export const ClientAlias = z.string().min(1).max(32).brand<'ClientAlias'>();
export type ClientAlias = z.infer<typeof ClientAlias>;
export const CameraId = name('camera id').brand<'CameraId'>();
export type CameraId = z.infer<typeof CameraId>;
export const AlarmId = z.uuid().brand<'AlarmId'>();
export type AlarmId = z.infer<typeof AlarmId>;
export const LookId = z.uuid().brand<'LookId'>();
export type LookId = z.infer<typeof LookId>;
export const VisitId = z.uuid().brand<'VisitId'>();
export type VisitId = z.infer<typeof VisitId>;
export const PlanId = z.uuid().brand<'PlanId'>();
export type PlanId = z.infer<typeof PlanId>;
/** How the relay names an operator to a unit: an alias, never a name. */
export const OperatorAlias = z.string().min(1).max(64).brand<'OperatorAlias'>();
export type OperatorAlias = z.infer<typeof OperatorAlias>;
/** Of a client in the relay, for ever; a unit knows the alias only. */
export const ClientId = z.uuid().brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;
export const CarePlanId = z.uuid().brand<'CarePlanId'>();
export type CarePlanId = z.infer<typeof CarePlanId>;
export const ConsentId = z.uuid().brand<'ConsentId'>();
export type ConsentId = z.infer<typeof ConsentId>;
/** Of a stop or a pause, for ever. */
export const HaltId = z.uuid().brand<'HaltId'>();
export type HaltId = z.infer<typeof HaltId>;
export const TeamId = z.uuid().brand<'TeamId'>();
export type TeamId = z.infer<typeof TeamId>;
