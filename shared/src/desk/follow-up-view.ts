/** Pure. relay > console: what nights have come to, and what a check of the log has found. Nobody of the staff is counted. */
import { z } from 'zod';
import { AlarmKind } from '../domain/alarm.ts';
import { AlarmId, ClientAlias, LookId } from '../domain/ids.ts';
import { BreakGlassReason, BreakGlassWhat } from './break-glass.ts';

/** The middle one, and that which 95 of 100 do not exceed; absent: there was none. */
export const Spread = z.object({ median: z.number(), p95: z.number() }).readonly();
export type Spread = z.infer<typeof Spread>;

/** Why an alarm came to nothing, as whoever closed it says with one press. */
export const FalseReason = z.enum([
  'sat-on-floor',
  'lay-where-usual',
  'staff-or-visitor',
  'pet',
  'was-in-bed',
  'was-in-bathroom',
  'goes-to-bed-later',
  'camera',
  'other',
]);
export type FalseReason = z.infer<typeof FalseReason>;

/** What the same reason again and again speaks for; a person decides. */
export const Proposal = z.enum([
  'agree-place-for-lying',
  'longer-on-floor',
  'longer-out-of-room',
  'longer-in-bathroom',
  'later-bed-time',
  'confirm-room-anew',
  'look-at-camera',
]);
export type Proposal = z.infer<typeof Proposal>;

const count = z.int().min(0);

export const AlarmFigures = z
  .object({
    kind: AlarmKind,
    alarms: count,
    falseAlarms: count.describe('Closed with «all well»'),
    takenSeconds: Spread.optional().describe('From the alarm to whoever took it'),
    thereSeconds: Spread.optional().describe('From the alarm to somebody in the home'),
  })
  .readonly();
export type AlarmFigures = z.infer<typeof AlarmFigures>;

export const ClientFigures = z
  .object({
    client: ClientAlias,
    agreed: count.describe('Looks that the plan had in this time'),
    done: count.describe('Looks with a verdict'),
    alarms: count,
    falseAlarms: count,
    falseAlarmsPerNight: z.number().min(0),
    reasons: z.partialRecord(FalseReason, count),
    proposals: z.array(Proposal).readonly(),
    visits: count,
  })
  .readonly();
export type ClientFigures = z.infer<typeof ClientFigures>;

const byHour = z.array(count).length(24).readonly();

export const OverTime = z
  .object({
    looksByHour: byHour.describe('Agreed looks, by the hour of the wall clock in which they were due'),
    alarmsByHour: byHour,
    weeks: z
      .array(z.object({ week: z.iso.date().describe('Its Monday'), alarms: count, falseAlarms: count }).readonly())
      .readonly(),
    taken: count.describe('Alarms that somebody has taken'),
    there: count.describe('Alarms for which somebody has been in the home'),
    within: z
      .array(z.object({ minutes: z.int().min(1), taken: count, there: count }).readonly())
      .readonly()
      .describe('How many of them within so many minutes of the alarm'),
  })
  .readonly();
export type OverTime = z.infer<typeof OverTime>;

export const Statistics = z
  .object({
    from: z.iso.date(),
    until: z.iso.date().describe('Not counted itself'),
    nights: z.int().min(1),
    looks: z
      .object({
        agreed: count,
        done: count.describe('With a verdict'),
        late: count.describe('Opened in the last fifth of their time'),
        retried: count.describe('A second look after «not seen»'),
        missed: count.describe('Nobody opened them in time: a visit instead'),
        failed: count.describe('The unit, its link or its camera: a visit instead'),
      })
      .readonly(),
    lookSeconds: Spread.optional().describe('From opening to verdict'),
    alarms: z.array(AlarmFigures).readonly(),
    visits: z.object({ caused: count, avoided: count.describe('Looks that needed no visit') }).readonly(),
    saved: z
      .object({
        minutes: z.number(),
        kilometres: z.number(),
        kilogramsCo2: z.number(),
        withoutTravelTime: count.describe('Looks of clients whose travel time is not known: counted as next door'),
        flatVisitMinutes: z.number().describe('Agreed for a visit, whatever it takes'),
        gramsCo2PerKilometre: z.number(),
      })
      .readonly()
      .describe(
        'For each look that needed no visit: the flat minutes of a visit, and the way there and back, less the minutes that the look took',
      ),
    clients: z.array(ClientFigures).readonly(),
    overTime: OverTime.optional().describe('An older relay, and a summary made by it, tell none'),
  })
  .readonly();
export type Statistics = z.infer<typeof Statistics>;

export const Oddity = z.enum([
  'may-be-related',
  'outside-shift',
  'no-verdict',
  'long-look',
  'often-the-same',
  'refused-often',
  'break-glass',
  'looked-anyway',
]);
export type Oddity = z.infer<typeof Oddity>;

export const Checked = z.enum(['not-yet', 'in-order', 'follow-up']);
export type Checked = z.infer<typeof Checked>;

/** One access that is looked at: out of the sample, or because something about it is odd. */
export const CheckedAccess = z
  .object({
    access: z.string().max(80).describe('Of the look, or of the line in the log'),
    line: z.int().min(1).describe('Its number in the audit log'),
    who: z.string(),
    client: ClientAlias.optional(),
    look: LookId.optional(),
    what: z.string().max(60),
    at: z.iso.datetime(),
    seconds: z.number().min(0).optional(),
    oddities: z.array(Oddity).readonly().describe('None: it was drawn by lot'),
    checked: Checked,
    words: z.string().max(500).optional(),
  })
  .readonly();
export type CheckedAccess = z.infer<typeof CheckedAccess>;

export const LogCheck = z
  .object({
    check: z.uuid(),
    from: z.iso.date(),
    until: z.iso.date(),
    madeAt: z.iso.datetime(),
    madeBy: z.string(),
    accesses: count.describe('In this time'),
    found: count.describe('Drawn, or standing out: each has to be looked at'),
    left: count.describe('Of these, not looked at yet'),
    signedOffBy: z.string().optional(),
    signedOffAt: z.iso.datetime().optional(),
    words: z.string().max(1000).optional(),
  })
  .readonly();
export type LogCheck = z.infer<typeof LogCheck>;

/** What a client is told who asks who has looked: no names of staff, which the municipality tells where it must. */
export const ClientExtract = z
  .object({
    client: ClientAlias,
    from: z.iso.date(),
    until: z.iso.date(),
    accesses: z
      .array(
        z
          .object({
            at: z.iso.datetime(),
            seconds: z.number().min(0),
            why: z.enum(['agreed-time', 'alarm', 'other']),
            mode: z.string().max(20).optional(),
            role: z.string().max(40),
            verdict: z.string().max(40).optional(),
          })
          .readonly(),
      )
      .readonly(),
    breakGlass: z
      .array(
        z
          .object({
            at: z.iso.datetime(),
            until: z.iso.datetime().optional().describe('Absent: it is open still'),
            what: BreakGlassWhat,
            reason: BreakGlassReason,
            role: z.string().max(40).describe('Of whoever asked'),
            grantedByRole: z.string().max(40),
            uses: count,
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe('What was opened beyond roles, by two people; an older relay tells none'),
  })
  .readonly();
export type ClientExtract = z.infer<typeof ClientExtract>;

export const LabelledAlarm = z.object({ alarm: AlarmId, reason: FalseReason }).readonly();
