/** A client, a decision, consents and a form that care tests start from: Lidköping's form, filled in. */
import type { GivenConsent } from '@nattfrid/shared/care/consent-record';
import type { Decision } from '@nattfrid/shared/care/decision';
import { PlanForm } from '@nattfrid/shared/care/plan-form';

/** Words that must stand nowhere but sealed. */
export const secrets = [
  'Gunborg Ekwall',
  '19350412-2387',
  'Tallstigen',
  '070-555 12 34',
  'nyckelskåp',
  'Sven-Åke Ekwall',
];

export const gunborg = {
  name: 'Gunborg Ekwall',
  personalNumber: '19350412-2387',
  address: 'Tallstigen 4, 531 30 Lidköping',
  telephone: '070-555 12 34',
  keyInformation: 'nyckelskåp vid dörren',
  travelMinutes: 20,
  travelKilometres: 18,
  relatives: [{ name: 'Sven-Åke Ekwall', relation: 'son', telephone: '070-555 99 99' }],
} as const;

export const aDecision = (more: Partial<Decision> = {}): Decision => ({
  kind: 'granted',
  reference: 'SN 2026/311',
  decidedOn: '2026-01-02',
  from: '2026-01-02',
  by: 'Karin Berg, biståndsenheten',
  mostLooksADay: 4,
  suitability: {
    hasPlannedVisitsAtNight: true,
    wakesEasily: true,
    needsNoMedicalCareAtNight: true,
    needsNoOtherHelpAtNight: true,
    isFarAway: true,
  },
  ...more,
});

export const aConsent = (what: GivenConsent['what'], more: Partial<GivenConsent> = {}): GivenConsent => ({
  what,
  by: { type: 'self' },
  ...(what === 'cohabitant' && { cohabitant: 'Sven-Åke Ekwall' }),
  how: 'in-writing',
  on: '2026-01-02',
  folderVersion: '2026:1',
  document: { reference: 'akt 311, blad 4' },
  ...more,
});

const card = {
  steps: [{ to: 'everybody', withinMinutes: 3 }],
  fallback: { telephone: '0510-77 00 00', words: 'Nattpatrullens telefon' },
} as const;

export const aForm = (more: Partial<PlanForm> = {}): PlanForm =>
  PlanForm.parse({
    product: 'looks-and-events',
    events: {
      fall: { persistenceSeconds: 20 },
      leftRoom: { minutes: 15, hours: { from: '22:00', to: '06:00' } },
      notInBed: { by: '23:30' },
      other: 'Ringer på larmklockan ibland',
    },
    windows: [{ id: 'dygnet', from: '00:00', to: '00:00', looks: 1 }],
    comment: 'Sover på höger sida, vaknar lätt',
    cards: { fall: card, leftRoom: card, notInBed: card, notSeen: card, technical: card },
    physical: { visits: ['23:45', '03:00'], code: 'HT-02' },
    code: 'DT-01',
    from: '2026-01-02',
    until: '2089-01-01',
    ...more,
  });
