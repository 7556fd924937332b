/** A look into a home with several cameras, as it stands on the screen and on the list. */
import { readOther } from '@nattfrid/console/link/picture-notice';
import { camerasToReady, nextDue } from '@nattfrid/console/look/soon';
import { desk } from '@nattfrid/console/state/desk';
import { needs } from '@nattfrid/console/state/needs';
import { camerasOf, together } from '@nattfrid/console/viewing/together';
import { viewingOf, viewings } from '@nattfrid/console/viewing/viewings';
import { nightMarks } from '@nattfrid/console/watch/night-marks';
import { sv } from '@nattfrid/console/words/sv-all';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import { HardToSee } from '@nattfrid/shared/domain/look';
import { run } from '@nattfrid/shared/machine/machine';
import { minutes } from '@nattfrid/shared/time/duration';
import { LegibilityNotice } from '@nattfrid/shared/wire/legibility-notice';
import { describe, expect, it } from 'vitest';
import { alarm, anna, at, iso, look, unit, uuid, whole } from './night.ts';

const known = (more: Partial<Desk>) => {
  const [state] = desk(at(0)).step(desk(at(0)).initial, { type: 'live', event: whole(more), at: at(0) });
  if (state.name !== 'known') throw new Error('the desk is not known');
  return state;
};
const units = [
  unit({ unit: 'unit-1' }),
  unit({ unit: 'unit-2', place: 'Hall' }),
  unit({ unit: 'unit-3', client: 'Al 2' }),
];
const openedAt = iso(0);
const lead = look(1, 0, { state: 'open', operator: 'Anna', unit: 'unit-2', openedAt });
const beside = look(2, 0, { state: 'open', operator: 'Anna', unit: 'unit-1', openedAt, beside: lead.look });

describe('cameras of one home', () => {
  it('stand together, each in its place, whichever of them is asked for', () => {
    const state = known({ units, looks: [lead, beside] });
    for (const id of [lead.look, beside.look]) {
      const found = together(state, id)!;
      expect(found.lead.look).toBe(lead.look);
      expect(found.looks.map((one) => one.unit)).toEqual(['unit-1', 'unit-2']);
    }
  });
  it('begin with the one that raised the alarm', () => {
    const raised = look(1, 0, { state: 'open', unit: 'unit-2', reason: { type: 'alarm', alarm: uuid(7) }, openedAt });
    const found = together(known({ units, looks: [beside, raised] }), raised.look)!;
    expect(found.looks.map((one) => one.unit)).toEqual(['unit-2', 'unit-1']);
  });
  it('are without those of an earlier opening', () => {
    const before = look(3, 0, { state: 'done', unit: 'unit-1', openedAt: iso(-5), beside: lead.look });
    expect(together(known({ units, looks: [lead, beside, before] }), lead.look)!.looks).toHaveLength(2);
  });
  it('are one thing to do, and one mark on the night', () => {
    const state = known({ units, looks: [lead, beside] });
    expect(needs(state, anna, at(1)).mine).toHaveLength(1);
    expect(nightMarks(state, at(1)).looks).toHaveLength(1);
  });
  it('are all asked, the one that is meant first, and none of another home', () => {
    const state = known({ units });
    expect(camerasOf(state, units[1]!.unit)!.map((one) => one.unit)).toEqual(['unit-2', 'unit-1']);
  });
  it('have a state each: one may be lost while the other goes on', () => {
    const { state } = run(viewings, [
      { type: 'began', look: lead.look },
      { type: 'began', look: beside.look },
      { type: 'look', look: lead.look, event: { type: 'drawn', at: at(0) } },
      { type: 'look', look: beside.look, event: { type: 'link-lost' } },
    ]);
    expect([viewingOf(state, lead.look).name, viewingOf(state, beside.look).name]).toEqual(['live', 'link-lost']);
  });
  it('are cleared alone, and all when another home is opened', () => {
    const seen = [
      { type: 'began', look: lead.look },
      { type: 'began', look: beside.look },
    ] as const;
    const cleared = (...more: Parameters<typeof viewings.step>[1][]) =>
      run(viewings, [...seen, ...more])
        .effects.slice(2)
        .map((effect) => effect.look);
    expect(cleared({ type: 'look', look: beside.look, event: { type: 'untrusted' } })).toEqual([beside.look]);
    expect(cleared({ type: 'anew' })).toEqual([lead.look, beside.look]);
  });
});

describe('what is made ready', () => {
  const soon = minutes(5);
  for (const [name, desk, expected] of [
    ['is as many cameras as the home has whose look is due', { looks: [look(1, 0)] }, 2],
    ['is something for a look that is due within minutes', { looks: [look(1, 4)] }, 2],
    ['is nothing for one that is due later', { looks: [look(1, 40)] }, 0],
    ['is something for an alarm', { alarms: [alarm(1, 0, { unit: 'unit-3', client: 'Al 2' })] }, 1],
    ['is nothing while nothing is near', {}, 0],
  ] satisfies [string, Partial<Desk>, number][])
    it(name, () => expect(camerasToReady(known({ units, ...desk }), anna, at(1), soon)).toBe(expected));

  it('is nothing for somebody who opens no looks', () =>
    expect(camerasToReady(known({ units, looks: [look(1, 0)] }), { ...anna, role: 'coordinator' }, at(1), soon)).toBe(
      0,
    ));
  it('offers the next look that is due, and none before its time', () => {
    expect(nextDue(known({ units, looks: [look(1, 0), look(2, 9)] }), anna, at(1))?.look).toBe(uuid(1));
    expect(nextDue(known({ units, looks: [look(2, 9)] }), anna, at(1))).toBeUndefined();
  });
  it('is none of a home that is a colleague’s by turn, and the one whose time is over first', () => {
    const looks = [
      look(1, 0, { client: 'Hem 1', dueUntil: iso(40) }),
      look(2, 0, { client: 'Hem 2', dueUntil: iso(20) }),
      look(3, 0, { client: 'Hem 3', dueUntil: iso(10) }),
    ];
    const reserved = [
      { look: uuid(3), client: 'Hem 3', who: 'Bo', operatorId: 'bo', organisation: 'a', home: 'a', until: iso(2) },
    ];
    const night = { teams: [], shifts: [], handovers: [], reserved } as unknown as NonNullable<Desk['night']>;
    expect(nextDue(known({ units, looks, night }), anna, at(1))?.client).toBe('Hem 2');
    expect(nextDue(known({ units, looks, night }), anna, at(3))?.client).toBe('Hem 3');
  });
  it('offers no look while an alarm waits', () =>
    expect(nextDue(known({ units, looks: [look(1, 0)], alarms: [alarm(1, 0)] }), anna, at(1))).toBeUndefined());
});

describe('what a newer unit says of its picture', () => {
  for (const [name, said, expected] of [
    [
      'is read with its reasons and what is offered',
      { type: 'hard-to-see', why: ['dark', 'far-away'], offers: ['blur'], score: 3 },
      { kind: 'hard-to-see', why: ['dark', 'far-away'], offers: ['blur'] },
    ],
    ['is read when it says nothing but its kind', { type: 'tilted' }, { kind: 'tilted', why: [], offers: [] }],
    [
      'is read without what cannot be understood of it',
      { type: 'tilted', why: 7, offers: 'naked' },
      { kind: 'tilted', why: [], offers: [] },
    ],
    ['is nothing where it is no notice', { kind: 'tilted' }, undefined],
  ] satisfies [string, unknown, unknown][])
    it(name, () => expect(readOther(said)).toEqual(expected));
  it('is what an agreed notice says, in words that this console has', () => {
    for (const why of HardToSee.options) {
      const said = LegibilityNotice.parse({ type: 'hard-to-see', why, offers: ['blur'] });
      expect(readOther(said)).toEqual({ kind: 'hard-to-see', why: [why], offers: ['blur'] });
      expect(sv[`noticeWhy.${why}`]).not.toBe('');
    }
  });
});
