/** Pure. What is missing before a plan can be signed, each with the field of the form beside which it is said. */
import { z } from 'zod';
import type { ConsentRecord } from './consent-record.ts';
import { lackingConsents } from './consents-of.ts';
import type { Decision } from './decision.ts';
import type { CardFor, PlanForm } from './plan-form.ts';

export const WhyLacking = z.enum([
  'no-decision',
  'decision-not-begun',
  'beyond-decision',
  'more-looks-than-decided',
  'ends-before-it-begins',
  'no-unit',
  'place-not-allowed',
  'nothing-agreed',
  'looks-only-with-events',
  'window-named-twice',
  'no-card',
  'no-physical-visits',
  'no-consent',
]);
export type WhyLacking = z.infer<typeof WhyLacking>;

export const Lacking = z
  .object({
    field: z.string().max(60).describe('Of the form: «cards.fall», «consents.technology», «decision»'),
    why: WhyLacking,
  })
  .readonly();
export type Lacking = z.infer<typeof Lacking>;

export interface AroundPlan {
  readonly decision: Decision | undefined;
  readonly consents: readonly ConsentRecord[];
  /** Where each camera of the home looks. */
  readonly places: readonly (string | undefined)[];
}

/** No camera stands there, whatever anybody agrees to. */
const notAllowed = /bad|toalett|dusch|\bwc\b|bath|shower|toilet/i;

/** @returns nothing: it can be signed */
export function lackingInPlan(form: PlanForm, { decision, consents, places }: AroundPlan): readonly Lacking[] {
  const found: Lacking[] = [];
  const lacks = (field: string, why: WhyLacking) => void found.push({ field, why });
  if (!decision) lacks('decision', 'no-decision');
  else {
    if (form.from < decision.from) lacks('from', 'decision-not-begun');
    if (decision.until !== undefined && form.until > decision.until) lacks('until', 'beyond-decision');
    if (decision.mostLooksADay !== undefined && looksADay(form) > decision.mostLooksADay)
      lacks('windows', 'more-looks-than-decided');
  }
  if (form.until < form.from) lacks('until', 'ends-before-it-begins');
  if (places.length === 0) lacks('units', 'no-unit');
  if (places.some((place) => place !== undefined && notAllowed.test(place))) lacks('units', 'place-not-allowed');
  const events = eventsOf(form);
  if (form.windows.length === 0 && events.length === 0) lacks('windows', 'nothing-agreed');
  if (form.product === 'looks-only' && events.length > 0) lacks('product', 'looks-only-with-events');
  if (new Set(form.windows.map(({ id }) => id)).size < form.windows.length) lacks('windows', 'window-named-twice');
  for (const one of cardsNeeded(form)) if (!form.cards[one]) lacks(`cards.${one}`, 'no-card');
  if (!form.physical) lacks('physical', 'no-physical-visits');
  for (const one of lackingConsents(consents)) lacks(`consents.${one}`, 'no-consent');
  return found;
}

export const looksADay = ({ windows }: Pick<PlanForm, 'windows'>): number =>
  windows.reduce((sum, { looks }) => sum + looks, 0);

const eventsOf = ({ events }: PlanForm) =>
  (['fall', 'leftRoom', 'notInBed'] as const).filter((event) => events[event] !== undefined);

/** Each event, and beside them what looks come to: nobody seen, or nothing that works. */
export function cardsNeeded(form: PlanForm): readonly CardFor[] {
  return [...eventsOf(form), ...(form.windows.length > 0 ? (['notSeen'] as const) : []), 'technical'];
}
