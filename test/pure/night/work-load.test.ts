/** Whether those on shift can make the looks of the coming windows, on usual nights and on the two odd ones. */

import { tonight } from '@nattfrid/relay/looks/tonight';
import { lookView } from '@nattfrid/relay/looks/view';
import { whichCar } from '@nattfrid/relay/visits/which-car';
import type { Duty, NightView } from '@nattfrid/shared/desk/night-view';
import { isOnDuty, timePerLook, workLoad } from '@nattfrid/shared/desk/work-load';
import { Plan } from '@nattfrid/shared/domain/plan';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';
import { at, iso, look, uuid } from '../console/night.ts';

const desk = '10000000-0000-4000-8000-000000000001';
const crew = (many: number, looks: Duty = 'always'): NightView => ({
  teams: [
    {
      team: desk as never,
      organisation: 'own',
      name: 'Centralen',
      kind: 'desk',
      crew: 'double',
      looks,
      visits: 'never',
    },
  ],
  shifts: Array.from({ length: many }, (_, index) => ({
    shift: `shift-${index}`,
    team: desk as never,
    organisation: 'own',
    who: `Operatör ${index}`,
    operatorId: `operator-${index}`,
    since: iso(-60),
  })),
  handovers: [],
  reserved: [],
});
const homes = (many: number, from: number, more = {}) =>
  Array.from({ length: many }, (_, index) =>
    look(index + from * 1000, from, { client: `Hem ${index}`, unit: `unit-${index}`, ...more }),
  );

describe('A5.12 the work of a window', () => {
  it('is looks times what one takes, and says how many operators that needs', () => {
    // Half an hour, a minute for each look: 65 homes are 65 minutes.
    const [load] = workLoad(homes(65, 60), crew(2), at(0));
    expect(load).toMatchObject({ looks: 65, minutes: 65, needed: 3, operators: 2, short: true });
    expect(workLoad(homes(65, 60), crew(3), at(0))[0]).toMatchObject({ needed: 3, operators: 3, short: false });
  });

  it('grows as an open window closes, and shrinks with each look that is done', () => {
    const looks = homes(20, 0);
    expect(workLoad(looks, crew(1), at(0))[0]).toMatchObject({ needed: 1, short: false });
    expect(workLoad(looks, crew(1), at(20))[0]).toMatchObject({ needed: 2, short: true });
    const done = looks.map((one, index) => (index < 12 ? { ...one, state: 'done' as const } : one));
    expect(workLoad(done, crew(1), at(20))[0]).toMatchObject({ looks: 8, needed: 1, short: false });
  });

  it('counts what lies inside another window for both', () => {
    const inner = homes(20, 65, { dueUntil: iso(85) });
    const outer = homes(10, 60).map((one, index) => ({ ...one, client: `Ek ${index}` as never }));
    expect(workLoad([...inner, ...outer], crew(1), at(0)).map(({ looks, needed }) => [looks, needed])).toEqual([
      [20, 1],
      [10, 1],
    ]);
    expect(workLoad([...inner, ...outer, ...homes(1, 60)], crew(1), at(0)).at(-1)).toMatchObject({ needed: 2 });
  });

  it('is measured once enough looks have been made', () => {
    const made = Array.from({ length: 12 }, (_, index) =>
      look(index, index * 2, {
        state: 'done',
        operatorId: 'operator-0',
        openedAt: iso(index * 2),
        verdictAt: iso(index * 2 + 0.5),
      }),
    );
    expect(timePerLook(made.slice(0, 9))).toBe(60_000);
    expect(timePerLook(made)).toBe(120_000);
  });

  it('warns of nothing where nobody has said who is at work, and of all where nobody is', () => {
    const nothing: NightView = { teams: [], shifts: [], handovers: [], reserved: [] };
    expect(workLoad(homes(200, 60), nothing, at(0))[0]).toMatchObject({ short: false });
    expect(workLoad(homes(1, 60), crew(0), at(0))[0]).toMatchObject({ needed: 1, operators: 0, short: true });
  });

  it('A5.8 counts a team only at the times of day at which it looks', () => {
    // 04:00 to 04:30 in Stockholm.
    expect(workLoad(homes(1, 60), crew(2, { from: '22:00', to: '03:00' }), at(0))[0]).toMatchObject({ operators: 0 });
    expect(workLoad(homes(1, 60), crew(2, { from: '22:00', to: '07:00' }), at(0))[0]).toMatchObject({ operators: 2 });
    expect([isOnDuty('never', at(0)), isOnDuty('always', at(0))]).toEqual([false, true]);
  });
});

describe('A1.9 on the two odd nights', () => {
  const received = instant(Date.parse('2020-01-01T00:00:00Z'));
  /** A plan for each of so many homes, as the relay puts it on the list. */
  const listed = (many: number, window: { from: string; to: string }, evening: string) => {
    const now = instant(Date.parse(evening));
    const looks = Array.from({ length: many }, (_, index) => {
      const plan = Plan.parse(aPlan(`unit-${index}`, { windows: [{ id: 'natt', looks: 1, ...window }] }));
      return tonight(plan, received, now).filter(({ dueFrom }) => dueFrom > now);
    }).flat();
    return { now, looks: looks.map((facts) => lookView({ name: 'due', facts })) };
  };

  for (const [night, evening, window, length, minutesOf] of [
    [
      '24-25 October 2026 has an hour more',
      '2026-10-24T20:00:00Z',
      { from: '01:00', to: '03:00' },
      'an hour is won',
      180,
    ],
    [
      '27-28 March 2027 has an hour less',
      '2027-03-27T20:00:00Z',
      { from: '01:00', to: '04:00' },
      'an hour is lost',
      120,
    ],
    [
      'a window in the hour that is lost keeps its length',
      '2027-03-27T20:00:00Z',
      { from: '02:30', to: '03:00' },
      'from 03:00',
      30,
    ],
  ] as const)
    it(`${night}: ${length}, and as many operators as that needs`, () => {
      const { now, looks } = listed(65, window, evening);
      expect(looks).toHaveLength(65);
      const [load, ...more] = workLoad(looks, crew(1), now);
      expect(more).toEqual([]);
      const lasts = (Date.parse(load!.until) - Date.parse(load!.from)) / 60_000;
      expect([lasts, load!.looks, load!.needed]).toEqual([minutesOf, 65, Math.ceil(65 / minutesOf)]);
    });
});

describe('A5.7 whose visit it is', () => {
  const team = (number: number, more = {}) => ({
    team: uuid(number) as never,
    organisation: 'own',
    name: `Bil ${number}`,
    kind: 'car' as const,
    crew: 'single' as const,
    looks: 'never' as const,
    visits: 'always' as const,
    ...more,
  });
  const teams = [team(1), team(2), team(3, { kind: 'desk' }), team(4, { organisation: 'other' })];
  const asked = { organisation: 'own', load: new Map(), preferred: [], now: at(0) };
  const all = new Set([1, 2, 3, 4].map(uuid));
  for (const [name, staffed, more, car] of [
    ['the car on shift with the least to do', all, { load: new Map([[uuid(1) as never, 1]]) }, 2],
    ['only of a car in which somebody is', new Set([uuid(2)]), {}, 2],
    ['of the team that the action card names', all, { preferred: ['everybody', uuid(3), uuid(2)] }, 3],
    ['of no car that has an alarm', all, { but: uuid(1) as never }, 2],
    ["never another organisation's", new Set([uuid(4)]), {}, undefined],
    ["nobody's where nobody is on shift", new Set<string>(), {}, undefined],
  ] as const)
    it(`is ${name}`, () =>
      expect(whichCar({ teams, staffed }, { ...asked, ...more })).toBe(car === undefined ? undefined : uuid(car)));
});
