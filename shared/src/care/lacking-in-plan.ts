/** Pure. What is missing before a plan can be signed, each with the field of the form beside which it is said. */
import { z } from 'zod';
import type { TeamId } from '../domain/ids.ts';
import type { ActionCard } from './action-card.ts';
import type { ConsentRecord } from './consent-record.ts';
import { consentsInPlan, lackingConsents } from './consents-of.ts';
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
  'no-such-team',
  'not-alone',
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
  /** The teams of the client's organisation; undefined: not known, and none is missed. */
  readonly teams?: ReadonlySet<string> | undefined;
}

/** No camera stands there, whatever anybody agrees to. */
const notAllowed = /bad|toalett|dusch|\bwc\b|bath|shower|toilet/i;

/** @returns nothing: it can be signed */
export function lackingInPlan(form: PlanForm, around: AroundPlan): readonly Lacking[] {
  const { decision, consents, places, teams } = around;
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
  if (form.product === 'looks-only' && events.length > 0 && !form.shadow) lacks('product', 'looks-only-with-events');
  if (new Set(form.windows.map(({ id }) => id)).size < form.windows.length) lacks('windows', 'window-named-twice');
  for (const one of cardsNeeded(form)) {
    const card = form.cards[one];
    if (!card) lacks(`cards.${one}`, 'no-card');
    else if (lostTeams(card, teams).length > 0) lacks(`cards.${one}`, 'no-such-team');
  }
  // A unit does not know whom it sees: where others live, all cameras are looked through.
  const household = consentsInPlan(consents)?.cohabitants;
  if (form.stopWhenSeen && household !== undefined && household !== 'lives-alone') lacks('stopWhenSeen', 'not-alone');
  if (!form.physical) lacks('physical', 'no-physical-visits');
  for (const one of lackingConsents(consents)) lacks(`consents.${one}`, 'no-consent');
  return found;
}

/** Teams that a card names and that are not there: taken away, or another organisation's. An alarm steps over them at once. */
export const lostTeams = ({ steps }: ActionCard, teams: ReadonlySet<string> | undefined): readonly TeamId[] =>
  steps.flatMap(({ to }) => (to === 'everybody' || !teams || teams.has(to) ? [] : [to]));

export const looksADay = ({ windows }: Pick<PlanForm, 'windows'>): number =>
  windows.reduce((sum, { looks }) => sum + looks, 0);

const eventsOf = ({ events }: PlanForm) =>
  (['fall', 'leftRoom', 'notInBed'] as const).filter((event) => events[event] !== undefined);

/** Each event, and beside them what looks come to: nobody seen, or nothing that works. */
export function cardsNeeded(form: PlanForm): readonly CardFor[] {
  // Nobody is called for what is only counted.
  return [
    ...(form.shadow ? [] : eventsOf(form)),
    ...(form.windows.length > 0 ? (['notSeen'] as const) : []),
    'technical',
  ];
}
