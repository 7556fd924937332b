/** Pure. The union on the live stream (server-sent over a WebSocket, JSON): first the whole desk, then each change. */
import { z } from 'zod';
import { AlarmView } from './alarm-view.ts';
import { BreakGlassView, BreakGlassWaits } from './break-glass.ts';
import { ConsoleView } from './console-view.ts';
import { LookView } from './look-view.ts';
import { LeftInHand, NightView, WindowLoad } from './night-view.ts';
import { Organisation } from './organisation.ts';
import { PushReach } from './push-view.ts';
import { RelayView } from './relay-view.ts';
import { TestView } from './serve-view.ts';
import { UnitView } from './unit-view.ts';
import { VisitView } from './visit-view.ts';

export const Desk = z
  .object({
    alarms: z.array(AlarmView).readonly(),
    looks: z.array(LookView).readonly(),
    visits: z.array(VisitView).readonly(),
    units: z.array(UnitView).readonly(),
    /** How the relay itself is; of an older one it is not known. */
    relay: RelayView.optional(),
    /** Consoles that wait for a colleague's word; an older relay knows of none. */
    consoles: z.array(ConsoleView).readonly().optional(),
    /** Who is at work tonight; an older relay does not know. */
    night: NightView.optional(),
    /** Of the alarms on the desk that devices were rung for; an older relay rings none. */
    push: z.array(PushReach).readonly().optional(),
    /** One's own break-glass, and what waits for one's own answer; an older relay has none. */
    breakGlass: z.array(BreakGlassView).readonly().optional(),
    /** To whoever checks the log: how many wait for that. */
    breakGlassWaits: z.array(BreakGlassWaits).readonly().optional(),
    /** Test alarms of the last hour, to whoever may take them. */
    tests: z.array(TestView).readonly().optional(),
  })
  .readonly();
export type Desk = z.infer<typeof Desk>;

export const LiveEvent = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('desk'),
      now: z.iso.datetime(),
      desk: Desk,
      build: z
        .string()
        .max(40)
        .optional()
        .describe('Of the console that this relay serves; an older relay does not tell'),
    })
    .readonly(),
  z.object({ type: z.literal('alarm'), alarm: AlarmView }).readonly(),
  z.object({ type: z.literal('look'), look: LookView }).readonly(),
  z.object({ type: z.literal('visit'), visit: VisitView }).readonly(),
  z.object({ type: z.literal('unit'), unit: UnitView }).readonly(),
  /** How the relay itself is, at each change. While it cannot save there are no beats: nothing shown is sure then. */
  z.object({ type: z.literal('relay'), relay: RelayView }).readonly(),
  /** A console is new, confirmed, doubted or withdrawn. */
  z.object({ type: z.literal('console'), console: ConsoleView }).readonly(),
  /** Who is at work, what was handed over, and which home is whose to look into next: the whole of it, at each change. */
  z.object({ type: z.literal('night'), night: NightView }).readonly(),
  /** Somebody has gone who had something in hand. */
  z.object({ type: z.literal('left-in-hand'), left: LeftInHand }).readonly(),
  /** A coming window has more looks than those on shift can make; told once for each window. */
  z.object({ type: z.literal('short-of-hands'), organisation: Organisation, load: WindowLoad }).readonly(),
  /** How many devices an alarm has reached by Web Push, at each change. */
  z.object({ type: z.literal('push'), push: PushReach }).readonly(),
  /** Break-glass is asked for, open, or over. */
  z.object({ type: z.literal('break-glass'), access: BreakGlassView }).readonly(),
  z.object({ type: z.literal('break-glass-waits'), waits: BreakGlassWaits }).readonly(),
  /** A test alarm has come, or has been taken: nobody is called by it. */
  z.object({ type: z.literal('test'), test: TestView }).readonly(),
  /** Instead of all else, to a console that is locked: so many alarms wait, and whether one has waited too long. */
  z.object({ type: z.literal('bell'), alarms: z.int().min(0), overdue: z.boolean() }).readonly(),
  /** Every 5 s: the console counts the seconds since, and says when what it shows is stale. */
  z.object({ type: z.literal('beat'), now: z.iso.datetime() }).readonly(),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
