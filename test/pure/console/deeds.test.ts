/** What is pressed at visits without a link: kept, sent once and in order, refused in words; and the list that a telephone keeps. */
import { type CarList, carListOf, isOver } from '@nattfrid/console/deeds/car-list';
import {
  type Deed,
  type DeedsEvent,
  deedsMachine,
  refusedOf,
  type Step,
  withDeeds,
} from '@nattfrid/console/deeds/deeds';
import type { Known } from '@nattfrid/console/state/desk';
import { mapLink } from '@nattfrid/console/visit/map-link';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { anna, iso, uuid } from './night.ts';

const [bo, eva] = ['bo', 'eva'];
const steps: Readonly<Record<string, Step>> = {
  way: { to: 'on-the-way' },
  there: { to: 'there' },
  done: { to: 'done', outcome: 'Allt väl' },
};
const deed = (name: string, visit = 1, by = bo): Deed => ({
  deed: `${name} ${visit}`,
  visit: uuid(visit) as never,
  client: `Hem ${visit}` as never,
  step: steps[name]!,
  pressedAt: iso(visit * 10 + Object.keys(steps).indexOf(name)),
  by,
});
const press = (name: string, visit?: number, by?: string): DeedsEvent => ({
  type: 'pressed',
  deed: deed(name, visit, by),
});
const attempt = (by = bo): DeedsEvent => ({ type: 'try', by });
const sent = (name: string, visit = 1): DeedsEvent => ({ type: 'sent', deed: `${name} ${visit}` });
const not = (name: string, visit = 1): DeedsEvent => ({ type: 'not-sent', deed: `${name} ${visit}` });
const refused = (name: string, visit = 1): DeedsEvent => ({
  type: 'refused',
  deed: `${name} ${visit}`,
  why: 'not-now',
});

/** What was done in order, «keep», «send» and «drop» with the deed. */
const did = (events: readonly DeedsEvent[]) =>
  run(deedsMachine, events).effects.map((effect) =>
    effect.type === 'drop' ? `drop ${effect.deed}` : `${effect.type} ${effect.deed.deed}`,
  );

describe('a deed at a visit', () => {
  for (const [name, events, expected] of [
    ['is kept before it is sent', [press('way'), attempt()], ['keep way 1', 'send way 1']],
    [
      'is forgotten once the relay has it',
      [press('way'), attempt(), sent('way')],
      ['keep way 1', 'send way 1', 'drop way 1'],
    ],
    ['is sent by nobody else', [press('way'), attempt(eva)], ['keep way 1']],
    ['is one, though a thumb presses twice', [press('way'), press('way'), attempt()], ['keep way 1', 'send way 1']],
    [
      'waits for the one before it',
      [press('way'), press('there'), attempt(), attempt(), sent('way'), attempt()],
      ['keep way 1', 'keep there 1', 'send way 1', 'drop way 1', 'send there 1'],
    ],
    [
      'that could not be sent is sent again, as the same one, before what came after it',
      [press('way'), press('there'), attempt(), not('way'), attempt()],
      ['keep way 1', 'keep there 1', 'send way 1', 'send way 1'],
    ],
    [
      'that is refused stands in nobody’s way, and stays until it was read',
      [press('way'), press('there', 2), attempt(), refused('way'), attempt(), { type: 'read', deed: 'way 1' }],
      ['keep way 1', 'keep there 2', 'send way 1', 'keep way 1', 'send there 2', 'drop way 1'],
    ],
    [
      'of before the page was opened anew goes first',
      [press('there'), { type: 'kept', all: [deed('way')] }, attempt()],
      ['keep there 1', 'send way 1'],
    ],
    [
      'that was kept is not there twice',
      [press('way'), { type: 'kept', all: [deed('way')] }, attempt(), sent('way'), attempt()],
      ['keep way 1', 'send way 1', 'drop way 1'],
    ],
  ] as const satisfies readonly (readonly [string, readonly DeedsEvent[], readonly string[]])[])
    it(name, () => expect(did(events)).toEqual(expected));

  it('is told as refused to whoever pressed it, and to nobody else', () => {
    const { state } = run(deedsMachine, [press('way'), attempt(), refused('way')]);
    expect([refusedOf(state, bo).length, refusedOf(state, eva).length]).toEqual([1, 0]);
  });
});

describe('a visit as whoever pressed sees it', () => {
  const visit = { visit: uuid(1), state: 'needed' } as unknown as VisitView;
  const shown = (events: readonly DeedsEvent[], from = visit) =>
    withDeeds(from, run(deedsMachine, events).state, from.visit);
  it('has come as far as was pressed, with the times of the presses', () =>
    expect(shown([press('way'), press('there')])).toMatchObject({
      state: 'there',
      onTheWayAt: iso(10),
      thereAt: iso(11),
    }));
  it('never goes back for a press that comes late', () =>
    expect(shown([press('way')], { ...visit, state: 'there' }).state).toBe('there'));
  it('is as the relay says once that has refused', () =>
    expect(shown([press('way'), attempt(), refused('way')]).state).toBe('needed'));
  it('is not moved by what was pressed at another', () => expect(shown([press('way', 2)]).state).toBe('needed'));
});

describe('the list that a telephone keeps', () => {
  const car = { team: uuid(50), kind: 'car', name: 'Bil 1' };
  const desk = { team: uuid(51), kind: 'desk', name: 'Centralen', telephone: '0500-1' };
  const visits = [1, 2, 3].map((each) => ({
    visit: uuid(each),
    unit: 'unit',
    client: `Hem ${each}`,
    why: each === 3 ? 'help-needed' : 'not-seen-twice',
    state: 'needed',
    neededAt: iso(each),
    team: each === 2 ? uuid(99) : car.team,
    outcome: 'aldrig',
    who: 'Cia Berg',
  }));
  const known = (shifts: readonly object[], teams: readonly object[] = [car, desk]) =>
    ({
      name: 'known',
      visits: new Map(visits.map((one) => [one.visit, one])),
      night: { teams, shifts, handovers: [], reserved: [] },
      ahead: milliseconds(0),
    }) as unknown as Known;
  const self = { ...anna, id: 'anna', role: 'night-patrol' } as const;
  const inCar = [{ team: car.team, who: anna.name, operatorId: 'anna' }];
  const way = new Map([['Hem 1', { address: 'Storgatan 1', keyInformation: 'Kod 1234' }]]);
  const list = (shifts: readonly object[] = inCar, teams?: readonly object[]) =>
    carListOf(known(shifts, teams), self, way, instant(0));

  it('has the visits of the own car, the most urgent first', () =>
    expect(list()?.visits.map(({ client }) => client)).toEqual(['Hem 3', 'Hem 1']));
  it('has the way in where somebody has asked for it', () =>
    expect(list()?.visits.map(({ wayIn }) => wayIn?.address)).toEqual([undefined, 'Storgatan 1']));
  it('has no name of anybody, and nothing that is done already', () =>
    expect(JSON.stringify(list())).not.toMatch(/Cia|Berg|Anna|aldrig/));
  it('has whom to call', () => expect(list()?.desks).toEqual([{ name: 'Centralen', telephone: '0500-1' }]));
  it('is not kept of whoever is not on shift in a car', () => expect(list([])).toBeUndefined());
  it('is kept of the night patrol where there are no teams', () => expect(list([], [])).toBeDefined());
  for (const [hoursOld, over] of [
    [11, false],
    [13, true],
    [-2, true],
  ] as const)
    it(`${over ? 'is over' : 'stands'} ${hoursOld} hours later`, () =>
      expect(isOver(list() as CarList, instant(hoursOld * 3_600_000))).toBe(over));
});

describe('the way there', () => {
  for (const [name, agent, begins] of [
    ['Android', 'Mozilla/5.0 (Linux; Android 15)', 'geo:0,0?q='],
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)', 'maps:?daddr='],
  ] as const)
    it(`opens the map of ${name} with the address, every sign of it as it is`, () =>
      expect(mapLink('Åsgatan 3 & 5, lgh #2', agent)).toBe(`${begins}%C3%85sgatan%203%20%26%205%2C%20lgh%20%232`));
});
