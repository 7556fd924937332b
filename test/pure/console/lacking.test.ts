/** What «all well» rests on too little for, as the console knows it from the desk. */

import { doesLack, lackingInAlarm, lackingInLook } from '@nattfrid/console/look/lacking';
import { lackingWords } from '@nattfrid/console/look/lacking-verdict-words';
import type { Known } from '@nattfrid/console/state/desk';
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { UnitId } from '@nattfrid/shared/domain/ids';
import { describe, expect, it } from 'vitest';
import { alarm, anna, iso, look, uuid } from './night.ts';

const [bed, hall] = [UnitId.parse('bed'), UnitId.parse('hall')];
const shown = { state: 'open', firstPictureAt: iso(1) };
const deskOf = (looks: readonly LookView[], alarms: readonly AlarmView[] = []) =>
  ({
    name: 'known',
    units: new Map([[hall, { unit: hall, place: 'Hallen' }]]),
    looks: new Map(looks.map((one) => [one.look, one])),
    alarms: new Map(alarms.map((one) => [one.alarm, one])),
  }) as unknown as Known;
const inBed = look(1, 0, { ...shown, unit: bed });

describe('«all well» of a home', () => {
  const lacking = (beside: Partial<Record<keyof LookView, unknown>>, leftOut: readonly UnitId[] = []) => {
    const looks = [inBed, look(2, 0, { unit: hall, beside: inBed.look, ...beside })];
    return lackingInLook(deskOf(looks), anna, { lead: inBed, looks, leftOut });
  };
  it('lacks nothing where each camera has been shown', () => expect(doesLack(lacking(shown))).toBe(false));
  for (const state of ['asked', 'open', 'refused', 'failed', 'done'])
    it(`lacks a camera that has shown nothing: ${state}`, () => expect(lacking({ state }).notShown).toEqual([hall]));
  it('lacks a camera that was left out', () =>
    expect(lacking(shown, [UnitId.parse('kitchen')]).notShown).toEqual(['kitchen']));
});

describe('«all well» of an alarm', () => {
  const taken = (by: string) => alarm(9, 0, { state: 'taken', takenBy: by, unit: bed });
  const forAlarm = (more: object) =>
    look(3, 0, { unit: bed, reason: { type: 'alarm', alarm: uuid(9) }, alarm: uuid(9), ...more });
  const closing = (one: AlarmView, looks: readonly LookView[]) => lackingInAlarm(deskOf(looks, [one]), anna, one);

  it('lacks nothing where a picture was shown, also after the look is over', () => {
    for (const state of ['open', 'awaiting-verdict', 'done'])
      expect(doesLack(closing(taken('Anna'), [forAlarm({ ...shown, state })]))).toBe(false);
  });
  it('lacks a look where none was made, or none showed anything, or it was of another camera or an earlier time', () => {
    for (const looks of [
      [],
      [forAlarm({ state: 'failed' })],
      [forAlarm({ ...shown, unit: hall })],
      [forAlarm({ ...shown, firstPictureAt: iso(-1) })],
    ])
      expect(closing(taken('Anna'), looks)).toMatchObject({ unseen: true });
  });
  it('lacks no look where none can be made', () =>
    expect(doesLack(closing({ ...taken('Anna'), kind: 'unit-silent' }, []))).toBe(false));
  it('is another’s to say where a colleague has taken it, also on the page of the look', () => {
    expect(closing(taken('Petra'), [forAlarm(shown)])).toMatchObject({ takenBy: 'Petra', unseen: false });
    const lead = forAlarm(shown);
    const dark = look(4, 0, { unit: hall, beside: lead.look, state: 'failed' });
    const desk = deskOf([lead, dark], [taken('Petra')]);
    // What the other camera has not shown says nothing of the alarm.
    expect(lackingInLook(desk, anna, { lead, looks: [lead, dark], leftOut: [] })).toEqual({
      notShown: [],
      unseen: false,
      takenBy: 'Petra',
    });
  });
});

it('says what lacks in one go, with the places by name', () => {
  const say = (key: string, put: object = {}) => `${key} ${Object.values(put).join(' ')}`.trim();
  const words = (lacking: Parameters<typeof lackingWords>[0]) => lackingWords(lacking, deskOf([]), say as never);
  expect(words({ notShown: [hall, bed], takenBy: 'Petra', unseen: true })).toBe(
    'verdict.lacks.notShown Hallen, place.unit bed verdict.lacks.takenBy Petra verdict.lacks.unseen',
  );
  expect(words({ notShown: [], unseen: false })).toBe('verdict.lacks.other');
});
