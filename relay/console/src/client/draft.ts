/** Pure. What stands on the screen of one client, as text: from the relay's view and back to what the routes take. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { CardFor, PlanForm } from '@nattfrid/shared/care/plan-form';
import type { ToldTo } from '@nattfrid/shared/desk/alarm-view';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { FallPlace, Mode } from '@nattfrid/shared/domain/plan';
import { printTimes } from './plan-times.ts';

export interface StepDraft {
  readonly to: ToldTo;
  /** Minutes. */
  readonly within: string;
}

export interface CardDraft {
  /** Who is told, one after the other. */
  readonly steps: readonly StepDraft[];
  readonly telephone: string;
  readonly fallback: string;
  readonly words: string;
}

export interface PersonDraft {
  readonly name: string;
  readonly personalNumber: string;
  readonly address: string;
  readonly telephone: string;
  readonly keyInformation: string;
  readonly travelMinutes: string;
  readonly travelKilometres: string;
  readonly relativeName: string;
  readonly relativeRelation: string;
  readonly relativeTelephone: string;
}

export const suits = [
  'hasPlannedVisitsAtNight',
  'wakesEasily',
  'needsNoMedicalCareAtNight',
  'needsNoOtherHelpAtNight',
  'isFarAway',
] as const;
export type Suits = (typeof suits)[number];

export interface DecisionDraft {
  readonly kind: 'granted' | 'without-needs-test';
  readonly reference: string;
  readonly by: string;
  readonly decidedOn: string;
  readonly from: string;
  readonly until: string;
  readonly mostLooks: string;
  readonly protectiveMeasure: string;
  readonly suits: Readonly<Record<Suits, boolean>>;
  readonly suitsWords: string;
}

/** What is about to be recorded; what has been stands in the view. */
export interface ConsentDraft {
  readonly technology: boolean;
  readonly supervision: boolean;
  readonly livesAlone: boolean;
  /** Names, with a comma between them. */
  readonly cohabitants: string;
  readonly by: 'self' | 'god-man' | 'forvaltare';
  readonly byName: string;
  readonly byScope: string;
  readonly doesNotObject: boolean;
  readonly how: 'in-writing' | 'spoken';
  readonly on: string;
  readonly folderVersion: string;
  readonly document: string;
}

export interface PlanDraft {
  readonly product: PlanForm['product'];
  readonly fall: boolean;
  readonly fallSeconds: string;
  readonly besideBedSeconds: string;
  readonly doorwaySeconds: string;
  /** Outlines that somebody has drawn, and hours: kept as they are. */
  readonly otherPlaces: readonly FallPlace[];
  readonly leftRoom: boolean;
  readonly leftMinutes: string;
  readonly bathroomMinutes: string;
  readonly leftFrom: string;
  readonly leftTo: string;
  readonly notInBed: boolean;
  readonly notInBedBy: string;
  readonly notInBedUntil: string;
  readonly other: string;
  readonly times: string;
  readonly comment: string;
  readonly stopWhenSeen: boolean;
  readonly mode: Mode;
  readonly alsoAgreed: readonly Mode[];
  readonly retryMinutes: string;
  readonly longestSeconds: string;
  readonly alarmLook: boolean;
  readonly alarmLookMinutes: string;
  readonly card: CardDraft;
  /** Those that differ from the one for all. */
  readonly ownCards: Partial<Readonly<Record<CardFor, CardDraft>>>;
  readonly physicalTimes: string;
  readonly physicalCode: string;
  readonly whilePaused: 'visits' | 'nobody';
  readonly code: string;
  readonly from: string;
  readonly until: string;
  readonly consoles: PlanForm['consoles'];
  readonly shadow: boolean;
}

export interface Draft {
  readonly person: PersonDraft;
  readonly decision: DecisionDraft;
  readonly consent: ConsentDraft;
  readonly plan: PlanDraft;
}

/** What this organisation wrote last, in this browser: no person in it. */
export interface Remembered {
  readonly card?: CardDraft | undefined;
  readonly folderVersion?: string | undefined;
  readonly by?: string | undefined;
  readonly physicalTimes?: string | undefined;
}

const noCard: CardDraft = { steps: [{ to: 'everybody', within: '3' }], telephone: '', fallback: '', words: '' };

/** @param today as «2026-11-29» @param in six months, the day by which a plan is looked over */
export function emptyDraft(today: string, until: string, last: Remembered): Draft {
  return {
    person: {
      name: '',
      personalNumber: '',
      address: '',
      telephone: '',
      keyInformation: '',
      travelMinutes: '',
      travelKilometres: '',
      relativeName: '',
      relativeRelation: '',
      relativeTelephone: '',
    },
    decision: {
      kind: 'granted',
      reference: '',
      by: last.by ?? '',
      decidedOn: today,
      from: today,
      until: '',
      mostLooks: '',
      protectiveMeasure: '',
      suits: Object.fromEntries(suits.map((one) => [one, false])) as Record<Suits, boolean>,
      suitsWords: '',
    },
    consent: {
      technology: false,
      supervision: false,
      livesAlone: false,
      cohabitants: '',
      by: 'self',
      byName: '',
      byScope: '',
      doesNotObject: false,
      how: 'in-writing',
      on: today,
      folderVersion: last.folderVersion ?? '',
      document: '',
    },
    plan: {
      product: 'looks-only',
      fall: false,
      fallSeconds: '20',
      besideBedSeconds: '',
      doorwaySeconds: '',
      otherPlaces: [],
      leftRoom: false,
      leftMinutes: '',
      bathroomMinutes: '',
      leftFrom: '',
      leftTo: '',
      notInBed: false,
      notInBedBy: '',
      notInBedUntil: '06:00',
      other: '',
      times: '',
      comment: '',
      stopWhenSeen: false,
      mode: 'silhouette',
      alsoAgreed: [],
      retryMinutes: '15',
      longestSeconds: '120',
      alarmLook: true,
      alarmLookMinutes: '30',
      card: last.card ?? noCard,
      ownCards: {},
      physicalTimes: last.physicalTimes ?? '',
      physicalCode: '',
      whilePaused: 'visits',
      code: '',
      from: today,
      until,
      consoles: 'vouched',
      shadow: false,
    },
  };
}

const text = (given: number | string | undefined): string => (given === undefined ? '' : String(given));

/** @param empty where the relay has nothing yet */
export function draftOf({ personal, decision, plan }: ClientView, empty: Draft): Draft {
  const [relative] = personal.relatives ?? [];
  return {
    person: {
      name: personal.name,
      personalNumber: text(personal.personalNumber),
      address: personal.address,
      telephone: text(personal.telephone),
      keyInformation: text(personal.keyInformation),
      travelMinutes: text(personal.travelMinutes),
      travelKilometres: text(personal.travelKilometres),
      relativeName: text(relative?.name),
      relativeRelation: text(relative?.relation),
      relativeTelephone: text(relative?.telephone),
    },
    decision: decision
      ? {
          kind: decision.kind,
          reference: decision.reference,
          by: decision.by,
          decidedOn: decision.decidedOn,
          from: decision.from,
          until: text(decision.until),
          mostLooks: text(decision.mostLooksADay),
          protectiveMeasure: text(decision.protectiveMeasure),
          suits: Object.fromEntries(suits.map((one) => [one, decision.suitability?.[one] ?? false])) as Record<
            Suits,
            boolean
          >,
          suitsWords: text(decision.suitability?.words),
        }
      : empty.decision,
    consent: empty.consent,
    plan: plan ? planDraftOf(plan.form, empty.plan) : empty.plan,
  };
}

function planDraftOf(form: PlanForm, empty: PlanDraft): PlanDraft {
  const { fall, leftRoom, notInBed, other } = form.events;
  const secondsAt = (where: 'beside-bed' | 'in-doorway') => {
    const place = fall?.places.find((one) => isPlain(one, where));
    return place?.lying.type === 'told-after' ? text(place.lying.persistenceSeconds) : '';
  };
  const { card, own } = cardsOf(form.cards, empty.card);
  return {
    ...empty,
    product: form.product,
    fall: fall !== undefined,
    fallSeconds: text(fall?.persistenceSeconds ?? empty.fallSeconds),
    besideBedSeconds: secondsAt('beside-bed'),
    doorwaySeconds: secondsAt('in-doorway'),
    otherPlaces: (fall?.places ?? []).filter((one) => !isPlain(one, 'beside-bed') && !isPlain(one, 'in-doorway')),
    leftRoom: leftRoom !== undefined,
    leftMinutes: text(leftRoom?.minutes),
    bathroomMinutes: text(leftRoom?.bathroomMinutes),
    leftFrom: text(leftRoom?.hours?.from),
    leftTo: text(leftRoom?.hours?.to),
    notInBed: notInBed !== undefined,
    notInBedBy: text(notInBed?.by),
    notInBedUntil: notInBed?.until ?? empty.notInBedUntil,
    other: text(other),
    times: printTimes(form.windows),
    comment: text(form.comment),
    stopWhenSeen: form.stopWhenSeen,
    mode: form.mode,
    alsoAgreed: form.alsoAgreed,
    retryMinutes: text(form.retryMinutes),
    longestSeconds: text(form.longestLookSeconds),
    alarmLook: form.alarmLookMinutes !== undefined,
    alarmLookMinutes: text(form.alarmLookMinutes ?? empty.alarmLookMinutes),
    card,
    ownCards: own,
    physicalTimes: form.physical?.visits.join(', ') ?? '',
    physicalCode: text(form.physical?.code),
    whilePaused: form.physical?.whilePaused ?? 'visits',
    code: text(form.code),
    from: form.from,
    until: form.until,
    consoles: form.consoles,
    shadow: form.shadow,
  };
}

/** At all hours, and told after a time of its own: what the form has a field for. */
const isPlain = ({ where, hours, lying }: FallPlace, type: FallPlace['where']['type']): boolean =>
  where.type === type && hours === undefined && lying.type === 'told-after';

function cardsOf(cards: PlanForm['cards'], empty: CardDraft) {
  const all = Object.entries(cards).map(([kind, card]) => [kind as CardFor, cardDraftOf(card)] as const);
  const card = all.find(([kind]) => kind === 'technical')?.[1] ?? all[0]?.[1] ?? empty;
  const own = Object.fromEntries(all.filter(([, one]) => JSON.stringify(one) !== JSON.stringify(card)));
  return { card, own };
}

const cardDraftOf = ({ steps, words, fallback }: ActionCard): CardDraft => ({
  steps: steps.map(({ to, withinMinutes }) => ({ to, within: text(withinMinutes) })),
  telephone: fallback.telephone,
  fallback: fallback.words,
  words: text(words),
});
