/** From a form whose events are to be counted only, to the plan that a unit obeys. */
import type { ConsentRecord } from '@nattfrid/shared/care/consent-record';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import { type GivenPlanForm, PlanForm } from '@nattfrid/shared/care/plan-form';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { ClientAlias, ConsentId, PlanId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';

const consents = (['technology', 'supervision', 'lives-alone'] as const).map(
  (what): ConsentRecord => ({
    consent: '00000000-0000-4000-8000-0000000000c1' as ConsentId,
    given: { what, by: { type: 'self' }, how: 'in-writing', on: '2026-10-01', folderVersion: '1' },
    recordedBy: 'Karin',
    recordedAt: '2026-10-01T10:00:00Z',
  }),
);
const form = (more: Partial<GivenPlanForm>) =>
  PlanForm.parse({
    product: 'looks-only',
    events: { fall: {}, leftRoom: { minutes: 15 }, notInBed: { by: '23:30' } },
    windows: [{ id: 'a', from: '23:45', to: '00:15', looks: 1 }],
    from: '2026-11-01',
    until: '2027-03-01',
    ...more,
  });
const planOf = (more: Partial<GivenPlanForm>) => {
  const plan = planOfForm(form(more), consents, {
    plan: '00000000-0000-4000-8000-0000000000aa' as PlanId,
    version: 1,
    unit: 'unit-1' as UnitId,
    unitKey: 'k'.repeat(43),
    client: 'Björken 3' as ClientAlias,
  });
  if (plan instanceof Fault) throw plan;
  return plan;
};
const missing = (more: Partial<GivenPlanForm>) =>
  lackingInPlan(form(more), { decision: undefined, consents, places: ['Sovrum'] }).map(({ field }) => field);

describe('A2.7 a client who has looks only, whose events are to be counted', () => {
  it('is watched, and each event that is agreed is counted; nobody is called for one, nor for not being able to count', () => {
    expect(planOf({ shadow: true })).toMatchObject({
      watch: 'always',
      shadow: ['fall', 'left-room', 'not-in-bed'],
      alarms: { fall: {}, leftRoom: {}, notInBed: {} },
    });
    expect(planOf({ shadow: true }).alarms.blind).toBeUndefined();
    expect(planOf({ shadow: true, events: { fall: {} } }).shadow).toEqual(['fall']);
  });

  it('needs no action card for them, and is no looks-only plan with events', () => {
    expect(missing({ shadow: true })).not.toContain('cards.fall');
    expect(missing({ shadow: true })).not.toContain('product');
    expect(missing({})).toContain('product');
    expect(missing({ product: 'looks-and-events' })).toContain('cards.fall');
  });

  it('is as before where nothing is to be counted', () => {
    expect(planOf({})).toMatchObject({ watch: 'looks-only', alarms: {} });
    expect(planOf({}).shadow).toBeUndefined();
    expect(planOf({ shadow: true, events: {} })).toMatchObject({ watch: 'looks-only', alarms: {} });
    const told = planOf({ product: 'looks-and-events' });
    expect(told.shadow).toBeUndefined();
    expect(told.alarms.blind).toBeDefined();
  });
});
