/** Pure. The part of the API about checklists: read, changed into another version, filled in. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { ChecklistItems, ChecklistKind, Checklists } from './checklist-view.ts';
import { none, type Route } from './route.ts';

export const checklistRoutes = {
  checklists: {
    method: 'GET',
    path: '/api/checklists',
    params: none,
    body: none,
    answer: Checklists,
    action: 'use-checklists',
  },
  /** Refused where somebody else has changed it since `basedOn`. */
  changeChecklist: {
    method: 'POST',
    path: '/api/checklists/:kind',
    params: z.object({ kind: ChecklistKind }).readonly(),
    body: z.object({ basedOn: z.int().min(0), items: ChecklistItems }).readonly(),
    answer: Checklists,
    action: 'change-checklists',
  },
  beginChecklist: {
    method: 'POST',
    path: '/api/filled-checklists',
    params: none,
    body: z
      .object({ kind: ChecklistKind, unit: UnitId.optional(), client: ClientAlias.optional() })
      .readonly()
      .describe('A unit, or a home by its alias'),
    answer: Checklists,
    action: 'use-checklists',
  },
  /** Who and when stand beside each; one that was ticked by mistake is taken back, and both are lines of the audit log. */
  tickChecklist: {
    method: 'POST',
    path: '/api/filled-checklists/:filled',
    params: z.object({ filled: z.uuid() }).readonly(),
    body: z.object({ item: z.string().min(1).max(40), done: z.boolean() }).readonly(),
    answer: Checklists,
    action: 'use-checklists',
  },
} as const satisfies Record<string, Route>;
