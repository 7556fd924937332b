/** Pure. What other systems are told by webhook, by alias: no name, no address, nobody of the staff. Versioned; a version is only added to. */
import { z } from 'zod';
import { AlarmKind } from '../domain/alarm.ts';
import { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '../domain/ids.ts';
import { Verdict } from '../domain/look.ts';
import { LookFault } from './look-view.ts';

const of = { unit: UnitId, client: ClientAlias } as const;
const at = z.iso.datetime();

const alarm = z
  .object({
    ...of,
    alarm: AlarmId,
    kind: AlarmKind,
    receivedAt: at,
    overdue: z.boolean(),
    verdict: Verdict.optional(),
    visit: VisitId.optional(),
  })
  .readonly();
const look = z
  .object({
    ...of,
    look: LookId,
    reason: z.enum(['window', 'alarm']),
    attempt: z.int().min(1),
    dueFrom: at,
    dueUntil: at,
    openedAt: at.optional(),
    firstPictureAt: at.optional(),
    verdict: Verdict.optional(),
    verdictAt: at.optional(),
    fault: LookFault.optional(),
    visit: VisitId.optional(),
  })
  .readonly();
const visit = z
  .object({
    ...of,
    visit: VisitId,
    why: z.string().max(60),
    neededAt: at,
    onTheWayAt: at.optional(),
    thereAt: at.optional(),
    doneAt: at.optional(),
    look: LookId.optional(),
    alarm: AlarmId.optional(),
  })
  .readonly();
const test = z.object({ words: z.string().max(200) }).readonly();

/** THE table of what there is to be told: name > its data. */
export const outward = {
  'alarm.raised': alarm,
  'alarm.overdue': alarm,
  'alarm.taken': alarm,
  'alarm.over': alarm,
  'alarm.closed': alarm,
  'look.opened': look,
  'look.done': look,
  'look.failed': look,
  'visit.needed': visit,
  'visit.on-the-way': visit,
  'visit.there': visit,
  'visit.done': visit,
  test,
} as const satisfies Record<string, z.ZodType>;

export type OutwardName = keyof typeof outward;
export const outwardNames = Object.keys(outward) as readonly OutwardName[];
/** Those that can be chosen; a test is sent by a press. */
export const OutwardName = z.enum(outwardNames.filter((name) => name !== 'test') as [OutwardName, ...OutwardName[]]);

/** What stands in a request (Standard Webhooks: type, timestamp, data), for each name. */
export const outwardBody = (name: OutwardName) =>
  z
    .object({
      version: z.literal(1),
      type: z.literal(name),
      timestamp: at.describe('When it happened; the header webhook-timestamp says when it was sent'),
      data: outward[name] as z.ZodType,
    })
    .readonly();
