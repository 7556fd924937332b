/** Pure. What each role should have done once before it counts: told by the audit log, so that nobody has to tick anything. */
import { z } from 'zod';
import { Role } from './role.ts';

/** Step > the lines of the audit log of which one shows that it has been done. */
export const stepWhats = {
  'take-alarm': ['alarm-taken'],
  'open-look': ['look-opened'],
  'give-verdict': ['verdict-given', 'alarm-closed'],
  'join-look': ['look-joined'],
  'move-visit': ['visit-moved'],
  'draw-room': ['room-confirmed'],
  'add-unit': ['unit-added'],
  'read-plan': ['plan-read'],
  'send-plan': ['plan-sent'],
  'add-person': ['operator-added'],
  'check-log': ['log-check-made'],
  'sign-off-check': ['log-check-signed-off'],
  'read-log': ['audit-read'],
  'read-statistics': ['statistics-read'],
  'set-contact': ['contact-set'],
  'enter-stock': ['stock-came'],
} as const satisfies Record<string, readonly string[]>;
export type StepName = keyof typeof stepWhats;

const watching: readonly StepName[] = ['take-alarm', 'open-look', 'give-verdict', 'join-look', 'move-visit'];
export const stepsOf: Readonly<Record<Role, readonly StepName[]>> = {
  operator: watching,
  'night-patrol': [...watching, 'draw-room'],
  coordinator: ['add-unit', 'send-plan', 'add-person', 'draw-room', 'set-contact', 'read-log'],
  'case-officer': ['read-plan', 'set-contact'],
  installer: ['add-unit', 'draw-room', 'enter-stock'],
  support: ['read-plan', 'draw-room'],
  statistics: ['read-statistics'],
  auditor: ['read-log', 'check-log', 'sign-off-check'],
  administrator: ['add-person', 'add-unit', 'read-statistics'],
};

export const PersonSteps = z
  .object({
    person: z.string(),
    name: z.string(),
    role: Role,
    done: z.record(z.string(), z.iso.datetime()).describe('Step > when it was done last'),
  })
  .readonly();
export type PersonSteps = z.infer<typeof PersonSteps>;
