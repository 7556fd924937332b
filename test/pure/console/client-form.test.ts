/** The form of a client as it is typed: Lidköping's becomes the plan that it says, and what is missing is named at its field. */
import { draftOf, emptyDraft } from '@nattfrid/console/client/draft';
import { notesOf } from '@nattfrid/console/client/notes';
import { printTimes, readTimes } from '@nattfrid/console/client/plan-times';
import { readDraft, withPending } from '@nattfrid/console/client/read-draft';
import { nextAt, noonOf } from '@nattfrid/console/halt/pause-times';
import { readWallTime } from '@nattfrid/console/parts/wall-time';
import { seedOf, wordsOf } from '@nattfrid/console/trust/recovery-words';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import { ClientView } from '@nattfrid/shared/desk/client-view';
import { PlanId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const empty = emptyDraft('2026-11-29', '2027-05-29', {});
const card = {
  steps: [{ to: 'everybody' as const, within: '3' }],
  telephone: '0510-77 00 00',
  fallback: 'Nattpatrullen',
  words: '',
};
/** As it was filled in at Lidköping, with what their form has no field for. */
const lidkoping: typeof empty = {
  person: {
    ...empty.person,
    name: 'Greta Ek',
    personalNumber: '193504122387',
    address: 'Ågatan 4, 531 30 Lidköping',
    telephone: '0510-12 34 56',
  },
  decision: { ...empty.decision, reference: 'SN 2026-311', by: 'Eva Ros, vård och omsorg' },
  consent: { ...empty.consent, technology: true, supervision: true, livesAlone: true, folderVersion: '3' },
  plan: {
    ...empty.plan,
    product: 'looks-and-events',
    fall: true,
    leftRoom: true,
    leftMinutes: '20',
    leftFrom: '22',
    leftTo: '6',
    notInBed: true,
    notInBedBy: '2330',
    times: '23:45 och 03:00',
    comment: 'Sover gärna i fåtöljen',
    card,
    physicalTimes: '23, 3',
  },
};
const lackingOf = (draft: typeof empty, places: readonly string[] = ['Sovrum']) => {
  const { form, decision, consents, unread } = readDraft(draft);
  const lacking = form ? lackingInPlan(form, { decision, consents: withPending([], consents), places }) : [];
  return [...notesOf(draft, lacking, unread, (key) => key).entries()];
};

describe('Lidköping’s form as it is typed', () => {
  it('A1.11 A2.1 A2.2 A2.3 A5.11 becomes the plan that it says', () => {
    expect(lackingOf(lidkoping)).toEqual([]);
    const { form, consents, personal } = readDraft(lidkoping);
    expect(personal).toMatchObject({ personalNumber: '19350412-2387', telephone: '0510-12 34 56' });
    const ids = { plan: PlanId.parse('0b6f5cf0-9a5b-4f6e-8a43-0d1c9a3b7a11'), unit: UnitId.parse('enhet-1') };
    const plan = planOfForm(form!, withPending([], consents), {
      ...ids,
      version: 1,
      unitKey: 'A'.repeat(43),
      client: 'Eken 4' as never,
    });
    if (plan instanceof Fault) throw plan;
    expect(plan).toMatchObject({
      mode: 'silhouette',
      watch: 'always',
      windows: [
        { from: '23:45', to: '00:15', looks: 1 },
        { from: '03:00', to: '03:30', looks: 1 },
      ],
      alarms: {
        fall: { persistenceSeconds: 20 },
        leftRoom: { afterMinutes: 20, hours: { from: '22:00', to: '06:00' } },
        notInBed: { by: '23:30', until: '06:00' },
      },
      consents: { cohabitants: 'lives-alone' },
    });
    // What is for people stays with people.
    expect(JSON.stringify(plan)).not.toContain('Greta');
    expect(JSON.stringify(plan)).not.toContain('fåtöljen');
  });

  const holes: readonly (readonly [string, (draft: typeof empty) => typeof empty, string, string])[] = [
    ['A5.1 no decision', (of) => ({ ...of, decision: empty.decision }), 'decision:reference', 'no-decision'],
    [
      'A7.2 no consent to technology',
      (of) => ({ ...of, consent: { ...of.consent, technology: false } }),
      'consent:technology',
      'no-consent',
    ],
    [
      'A7.2 no consent to supervision',
      (of) => ({ ...of, consent: { ...of.consent, supervision: false } }),
      'consent:supervision',
      'no-consent',
    ],
    [
      'A7.2 neither alone nor with somebody who consents',
      (of) => ({ ...of, consent: { ...of.consent, livesAlone: false } }),
      'consent:household',
      'no-consent',
    ],
    [
      'A7.3 a god man, and nobody has seen that the client does not object',
      (of) => ({ ...of, consent: { ...of.consent, by: 'god-man', byName: 'Per Ek', byScope: 'Sörja för person' } }),
      'consent:doesNotObject',
      'empty',
    ],
    [
      'A7.4 no folder',
      (of) => ({ ...of, consent: { ...of.consent, folderVersion: '' } }),
      'consent:folderVersion',
      'empty',
    ],
    ['A2.6 no card', (of) => ({ ...of, plan: { ...of.plan, card: empty.plan.card } }), 'cards:fall', 'no-card'],
    [
      'A2.5 events in the product without',
      (of) => ({ ...of, plan: { ...of.plan, product: 'looks-only' } }),
      'plan:product',
      'looks-only-with-events',
    ],
    [
      'no physical visits thought of',
      (of) => ({ ...of, plan: { ...of.plan, physicalTimes: '' } }),
      'plan:physicalTimes',
      'no-physical-visits',
    ],
    [
      'A5.11 a mistyped personal number',
      (of) => ({ ...of, person: { ...of.person, personalNumber: '193504122388' } }),
      'person:personalNumber',
      'wrong.personalNumber',
    ],
    ['no name', (of) => ({ ...of, person: { ...of.person, name: ' ' } }), 'person:name', 'empty'],
    ['a time that is none', (of) => ({ ...of, plan: { ...of.plan, times: '23:45, 25:00' } }), 'plan:times', 'wrong'],
    ['hours that are none', (of) => ({ ...of, plan: { ...of.plan, leftTo: 'natt' } }), 'plan:leftTo', 'wrong'],
  ];
  for (const [story, change, field, words] of holes)
    it(`says at its field: ${story}`, () => {
      const said = new Map(lackingOf(change(lidkoping)));
      expect(said.get(field)).toMatch(new RegExp(`\\.${words}$`));
    });

  it('says that no unit belongs to the home, and that none may look into a bathroom', () => {
    expect(lackingOf(lidkoping, [])).toEqual([['units', 'client.lacks.no-unit']]);
    expect(lackingOf(lidkoping, ['Badrum'])).toEqual([['units', 'client.lacks.place-not-allowed']]);
  });

  it('A2.4 keeps what is agreed beside the events for people to read, and tells it to no unit', () => {
    const { form, consents } = readDraft({ ...lidkoping, plan: { ...lidkoping.plan, other: 'Uppe ur sängen länge' } });
    expect(form?.events.other).toBe('Uppe ur sängen länge');
    const plan = planOfForm(form!, withPending([], consents), {
      plan: PlanId.parse('0b6f5cf0-9a5b-4f6e-8a43-0d1c9a3b7a11'),
      unit: UnitId.parse('enhet-1'),
      version: 1,
      unitKey: 'A'.repeat(43),
      client: 'Eken 4' as never,
    });
    expect(JSON.stringify(plan)).not.toContain('sängen länge');
  });

  it('A5.10 keeps with the decision for whom it suits, once somebody has assessed it', () => {
    expect(readDraft(lidkoping).decision?.suitability).toBeUndefined();
    const suits = { ...lidkoping.decision.suits, wakesEasily: true, isFarAway: true };
    const assessed = readDraft({ ...lidkoping, decision: { ...lidkoping.decision, suits } });
    expect(assessed.decision?.suitability).toMatchObject({ wakesEasily: true, hasPlannedVisitsAtNight: false });
  });

  it('stands on the screen again as it was saved', () => {
    const { form, decision, personal } = readDraft(lidkoping);
    const view = ClientView.parse({
      client: '0b6f5cf0-9a5b-4f6e-8a43-0d1c9a3b7a12',
      alias: 'Eken 4',
      organisation: 'own',
      state: 'enrolled',
      personal,
      decision,
      consents: [],
      plan: {
        carePlan: '0b6f5cf0-9a5b-4f6e-8a43-0d1c9a3b7a13',
        edition: 1,
        state: 'drafted',
        form,
        lacking: [],
        units: [],
      },
    });
    const again = draftOf(view, empty);
    expect(readDraft(again).form).toEqual(form);
    expect(readDraft(again).decision).toEqual(decision);
    expect(readDraft(again).personal).toEqual(personal);
  });
});

describe('times as they are typed', () => {
  for (const [typed, windows] of [
    ['23:45 och 03:00', ['23:45-00:15 1', '03:00-03:30 1']],
    ['2345,3', ['23:45-00:15 1', '03:00-03:30 1']],
    ['2–4', ['02:00-04:00 1']],
    ['22.30 - 23.15 x2 and 3', ['22:30-23:15 2', '03:00-03:30 1']],
    ['', []],
  ] as const)
    it(`«${typed}»`, () => {
      const read = readTimes(typed);
      expect(read.type === 'read' && read.windows.map(({ from, to, looks }) => `${from}-${to} ${looks}`)).toEqual(
        windows,
      );
      expect(read.type === 'read' && readTimes(printTimes(read.windows))).toEqual(read);
    });
  for (const typed of ['24:00', '3:60', 'natt', '3-', '3 x13'])
    it(`«${typed}» is none`, () => expect(readTimes(typed).type).toBe('not-read'));
  it('of one clock', () =>
    expect(['7', '07.05', '705', '24', 'x'].map(readWallTime)).toEqual([
      '07:00',
      '07:05',
      '07:05',
      undefined,
      undefined,
    ]));
});

describe('a pause', () => {
  const evening = instant(Date.parse('2026-11-29T20:00:00Z'));
  it('until the morning ends then, by the clock on the wall', () => {
    expect(printInstant(nextAt('7', evening)!)).toBe('2026-11-30T06:00:00.000Z');
    expect(printInstant(nextAt('23:30', evening)!)).toBe('2026-11-29T22:30:00.000Z');
    expect(nextAt('snart', evening)).toBeUndefined();
  });
  it('over dates goes from noon to noon', () => {
    expect(printInstant(noonOf('2026-12-01')!)).toBe('2026-12-01T11:00:00.000Z');
    expect(noonOf('')).toBeUndefined();
  });
});

describe('the words of the recovery sheet', () => {
  const seed = new Uint8Array(32).map((_, index) => index * 7);
  it('give the same secret again, however they are typed', () => {
    const words = wordsOf(seed);
    expect(words).toHaveLength(24);
    expect(seedOf(words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n'))).toEqual(seed);
  });
  it('are refused where one is missing, mistyped or in another place', () => {
    const words = [...wordsOf(seed)];
    expect(seedOf(words.slice(1).join(' '))).toBeUndefined();
    expect(seedOf([...words.slice(0, 23), 'nattfrid'].join(' '))).toBeUndefined();
    expect(seedOf([words[1], words[0], ...words.slice(2)].join(' '))).toBeUndefined();
  });
});
