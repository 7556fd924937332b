/** Pure. From what is typed to what the routes take, or the field that cannot be read: the very schemas of the relay decide. */
import { ActionCard } from '@nattfrid/shared/care/action-card';
import { PersonalDetails } from '@nattfrid/shared/care/client';
import { type ConsentRecord, GivenConsent } from '@nattfrid/shared/care/consent-record';
import { Decision } from '@nattfrid/shared/care/decision';
import { cardsNeeded } from '@nattfrid/shared/care/lacking-in-plan';
import { type CardFor, type GivenPlanForm, PlanForm } from '@nattfrid/shared/care/plan-form';
import type { ConsentId } from '@nattfrid/shared/domain/ids';
import type { FallPlace } from '@nattfrid/shared/domain/plan';
import type { z } from 'zod';
import { readWallTime } from '../parts/wall-time.ts';
import {
  type CardDraft,
  type ConsentDraft,
  type DecisionDraft,
  type Draft,
  type PersonDraft,
  type PlanDraft,
  suits,
} from './draft.ts';
import { readTimes } from './plan-times.ts';

/** Fields of the screen that cannot be read as they stand: «person:personalNumber», «plan:times». */
export type Unread = readonly string[];

export interface ReadDraft {
  readonly personal: PersonalDetails | undefined;
  readonly decision: Decision | undefined;
  readonly consents: readonly GivenConsent[];
  readonly form: PlanForm | undefined;
  readonly unread: Unread;
}

const some = <Value>(given: Value | undefined | '') => (given === '' || given === undefined ? undefined : given);
const figure = (typed: string): number | undefined =>
  typed.trim() === '' ? undefined : Number(typed.replace(',', '.'));

/** Leaves out what is not given: the schemas tell absent from undefined. */
const given = <Thing extends object>(thing: Thing): Thing =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as Thing;

export function readDraft(draft: Draft): ReadDraft {
  const unread: string[] = [];
  const take = <Schema extends z.ZodType>(schema: Schema, raw: unknown, name: (path: string) => string) => {
    const read = schema.safeParse(raw);
    if (read.success) return read.data;
    unread.push(...read.error.issues.map(({ path }) => name(path.join('.'))));
    return undefined;
  };
  const personal = take(PersonalDetails, personOf(draft.person), (path) => `person:${personField(path)}`);
  const decision = isBegun(draft.decision)
    ? take(Decision, decisionOf(draft.decision), (path) => `decision:${path === 'mostLooksADay' ? 'mostLooks' : path}`)
    : undefined;
  const consents = consentsOf(draft.consent).flatMap(
    (one) => take(GivenConsent, one, (path) => `consent:${consentField(path)}`) ?? [],
  );
  const times = readTimes(draft.plan.times);
  if (times.type === 'not-read') unread.push('plan:times');
  for (const field of clockFields)
    if (isUsed(draft.plan, field) && draft.plan[field] !== '' && !readWallTime(draft.plan[field]))
      unread.push(`plan:${field}`);
  const form = take(PlanForm, formOf(draft.plan), (path) => `plan:${planField(path)}`);
  return { personal, decision, consents, form, unread: [...new Set(unread)] };
}

/** As the records will be once they are saved, for what is still missing to be told before. */
export const withPending = (
  records: readonly ConsentRecord[],
  pending: readonly GivenConsent[],
): readonly ConsentRecord[] => [
  ...records,
  ...pending.map((one) => ({
    consent: '00000000-0000-4000-8000-000000000000' as ConsentId,
    given: one,
    recordedBy: '',
    recordedAt: `${one.on}T00:00:00Z`,
  })),
];

const personOf = (person: PersonDraft) =>
  given({
    name: person.name,
    address: person.address,
    personalNumber: some(person.personalNumber.trim()),
    telephone: some(person.telephone.trim()),
    keyInformation: some(person.keyInformation.trim()),
    travelMinutes: figure(person.travelMinutes),
    travelKilometres: figure(person.travelKilometres),
    relatives:
      person.relativeName.trim() === ''
        ? undefined
        : [{ name: person.relativeName, relation: person.relativeRelation, telephone: person.relativeTelephone }],
  });

const personField = (path: string): string => {
  const [, , part] = path.split('.');
  return part ? `relative${part[0]?.toUpperCase()}${part.slice(1)}` : path;
};

/** A decision that nobody has begun to write is missing, and not wrong. */
const isBegun = ({ reference }: DecisionDraft): boolean => reference.trim() !== '';

const decisionOf = (decision: DecisionDraft) => {
  const assessed = suits.some((one) => decision.suits[one]) || decision.suitsWords.trim() !== '';
  return given({
    kind: decision.kind,
    reference: decision.reference,
    by: decision.by,
    decidedOn: decision.decidedOn,
    from: decision.from,
    until: some(decision.until),
    mostLooksADay: figure(decision.mostLooks),
    protectiveMeasure: some(decision.protectiveMeasure.trim()),
    suitability: assessed ? given({ ...decision.suits, words: some(decision.suitsWords.trim()) }) : undefined,
  });
};

function consentsOf(consent: ConsentDraft): readonly unknown[] {
  const common = given({
    by: consent.by === 'self' ? { type: 'self' } : { type: consent.by, name: consent.byName, scope: consent.byScope },
    how: consent.how,
    on: consent.on,
    doesNotObjectOn: consent.by !== 'self' && consent.doesNotObject ? consent.on : undefined,
    folderVersion: consent.folderVersion,
    document: consent.document.trim() === '' ? undefined : { reference: consent.document },
  });
  // A cohabitant speaks for nobody but themselves.
  const own = given({ ...common, by: { type: 'self' }, doesNotObjectOn: undefined });
  const cohabitants = consent.cohabitants.split(',').map((one) => one.trim());
  return [
    ...(consent.technology ? [{ ...common, what: 'technology' }] : []),
    ...(consent.supervision ? [{ ...common, what: 'supervision' }] : []),
    ...(consent.livesAlone ? [{ ...common, what: 'lives-alone' }] : []),
    ...cohabitants.filter((one) => one !== '').map((cohabitant) => ({ ...own, what: 'cohabitant', cohabitant })),
  ];
}

const consentField = (path: string): string => {
  if (path === 'by.name') return 'byName';
  if (path === 'by.scope') return 'byScope';
  if (path === 'doesNotObjectOn') return 'doesNotObject';
  return path.startsWith('document') ? 'document' : path;
};

const clockFields = ['leftFrom', 'leftTo', 'notInBedBy', 'notInBedUntil'] as const;
const isUsed = (plan: PlanDraft, field: (typeof clockFields)[number]) =>
  field.startsWith('left') ? plan.leftRoom : plan.notInBed;

function formOf(plan: PlanDraft): GivenPlanForm {
  const times = readTimes(plan.times);
  const hours = { from: readWallTime(plan.leftFrom), to: readWallTime(plan.leftTo) };
  const whole = {
    product: plan.product,
    events: given({
      fall: plan.fall ? { persistenceSeconds: figure(plan.fallSeconds), places: placesOf(plan) } : undefined,
      leftRoom: plan.leftRoom
        ? given({
            minutes: figure(plan.leftMinutes),
            bathroomMinutes: figure(plan.bathroomMinutes),
            hours: plan.leftFrom === '' && plan.leftTo === '' ? undefined : hours,
          })
        : undefined,
      notInBed: plan.notInBed
        ? { by: readWallTime(plan.notInBedBy), until: readWallTime(plan.notInBedUntil) }
        : undefined,
      other: some(plan.other.trim()),
    }),
    shadow: plan.shadow,
    windows: times.type === 'read' ? times.windows : [],
    comment: some(plan.comment.trim()),
    stopWhenSeen: plan.stopWhenSeen,
    mode: plan.mode,
    alsoAgreed: plan.alsoAgreed.filter((one) => one !== plan.mode),
    retryMinutes: figure(plan.retryMinutes),
    longestLookSeconds: figure(plan.longestSeconds),
    alarmLookMinutes: plan.alarmLook && plan.product === 'looks-and-events' ? figure(plan.alarmLookMinutes) : undefined,
    physical: physicalOf(plan),
    code: some(plan.code.trim()),
    from: plan.from,
    until: plan.until,
    consoles: plan.consoles,
  };
  const form = given(whole) as GivenPlanForm;
  const read = PlanForm.safeParse(form);
  return { ...form, cards: read.success ? cardsOf(plan, cardsNeeded(read.data)) : {} };
}

function placesOf(plan: PlanDraft): readonly FallPlace[] {
  const toldAfter = (where: 'beside-bed' | 'in-doorway', typed: string): readonly FallPlace[] => {
    const persistenceSeconds = figure(typed);
    return persistenceSeconds === undefined
      ? []
      : [{ where: { type: where }, lying: { type: 'told-after', persistenceSeconds } }];
  };
  return [
    ...plan.otherPlaces,
    ...toldAfter('beside-bed', plan.besideBedSeconds),
    ...toldAfter('in-doorway', plan.doorwaySeconds),
  ];
}

/** Nothing typed: nobody has thought of it yet. «inga» says that nobody goes there. */
function physicalOf({ physicalTimes, physicalCode, whilePaused }: PlanDraft) {
  const typed = physicalTimes.trim();
  if (typed === '') return undefined;
  const read = /^(inga|none|-)$/i.test(typed) ? { type: 'read' as const, windows: [] } : readTimes(typed);
  const visits = read.type === 'read' ? read.windows.map(({ from }) => from) : [typed];
  return given({ visits, code: some(physicalCode.trim()), whilePaused });
}

/** Only those that can be read: what is missing is told beside its field. */
function cardsOf(plan: PlanDraft, needed: readonly CardFor[]): NonNullable<GivenPlanForm['cards']> {
  return Object.fromEntries(
    needed.flatMap((kind) => {
      const card = cardOf(plan.ownCards[kind] ?? plan.card);
      return card ? [[kind, card]] : [];
    }),
  );
}

function cardOf({ telephone, fallback, words, steps }: CardDraft): ActionCard | undefined {
  const read = ActionCard.safeParse(
    given({
      steps: steps.map(({ to, within }) => ({ to, withinMinutes: figure(within) })),
      words: some(words.trim()),
      fallback: { telephone, words: fallback },
    }),
  );
  return read.success ? read.data : undefined;
}

const planFields: Readonly<Record<string, string>> = {
  'events.fall.persistenceSeconds': 'fallSeconds',
  'events.leftRoom.minutes': 'leftMinutes',
  'events.leftRoom.bathroomMinutes': 'bathroomMinutes',
  'events.leftRoom.hours.from': 'leftFrom',
  'events.leftRoom.hours.to': 'leftTo',
  'events.notInBed.by': 'notInBedBy',
  'events.notInBed.until': 'notInBedUntil',
  longestLookSeconds: 'longestSeconds',
};

function planField(path: string): string {
  if (path.startsWith('events.fall.places')) return 'besideBedSeconds';
  if (path.startsWith('physical')) return 'physicalTimes';
  if (path.startsWith('windows')) return 'times';
  return planFields[path] ?? path;
}
