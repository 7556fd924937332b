/** Pure. relay > console: checklists as they are shipped or as an organisation has made them its own, and those that are filled in. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';

export const ChecklistKind = z.enum(['install', 'look', 'swap', 'return']);
export type ChecklistKind = z.infer<typeof ChecklistKind>;

/** What each says as it is shipped, by the names of its items; their words are the console's, in both languages. */
export const shippedItems = {
  install: [
    'consent-read',
    'sign-placed',
    'camera-placed',
    'power-secured',
    'room-confirmed',
    'trial-look',
    'trial-alarm',
    'lamp-shown',
    'folder-left',
  ],
  look: ['right-home', 'picture-clear', 'person-seen', 'verdict-given', 'retry-planned', 'card-followed'],
  swap: ['client-told', 'new-beside-old', 'nights-followed', 'plan-signed', 'old-taken-down', 'old-wiped'],
  return: ['unit-off', 'unit-wiped', 'sign-taken-down', 'key-returned', 'numbers-checked', 'sent'],
} as const satisfies Record<ChecklistKind, readonly string[]>;

export const ChecklistItem = z
  .object({
    item: z.string().regex(/^[a-z0-9-]{1,40}$/),
    words: z.string().trim().min(1).max(200).optional().describe('Absent: as it is shipped'),
  })
  .readonly();
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const mostItems = 30;
export const ChecklistItems = z.array(ChecklistItem).min(1).max(mostItems).readonly();

export const Checklist = z
  .object({
    kind: ChecklistKind,
    version: z.int().min(0).describe('0: as it is shipped; each change is another one'),
    items: ChecklistItems,
    madeAt: z.iso.datetime().optional(),
    madeBy: z.string().optional(),
  })
  .readonly();
export type Checklist = z.infer<typeof Checklist>;

export const FilledItem = ChecklistItem.unwrap()
  .extend({ doneAt: z.iso.datetime().optional(), doneBy: z.string().optional() })
  .readonly();

/** With the items as they stood when it was begun: a later version changes nothing in it. */
export const FilledChecklist = z
  .object({
    filled: z.uuid(),
    kind: ChecklistKind,
    version: z.int().min(0),
    unit: UnitId.optional(),
    client: ClientAlias.optional(),
    begunAt: z.iso.datetime(),
    begunBy: z.string(),
    items: z.array(FilledItem).readonly(),
    doneAt: z.iso.datetime().optional().describe('Since every item is done'),
  })
  .readonly();
export type FilledChecklist = z.infer<typeof FilledChecklist>;

export const Checklists = z
  .object({
    lists: z.array(Checklist).readonly().describe('The newest version of each'),
    filled: z.array(FilledChecklist).readonly().describe('The newest first, at most 100'),
  })
  .readonly();
export type Checklists = z.infer<typeof Checklists>;
