/** What a night with many homes becomes on the screen: rounds, causes, lines of a table, and what is found. */
import { find, type Sought } from '@nattfrid/console/search/find';
import { boardOf } from '@nattfrid/console/state/board';
import { type DeskState, desk, isSameContent } from '@nattfrid/console/state/desk';
import { chosen, counted, homeLines } from '@nattfrid/console/state/homes';
import { isOutOfDate, mayLoadNew } from '@nattfrid/console/state/new-version';
import { byCause, causeOf } from '@nattfrid/console/state/unit-cause';
import { nightMarks } from '@nattfrid/console/watch/night-marks';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { briefUnit, UnitView } from '@nattfrid/shared/desk/unit-view';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { alarm, anna, at, iso, look, unit, uuid, visit, whole } from './night.ts';

const known = (things: Parameters<typeof whole>[0], more: Partial<LiveEvent> = {}) => {
  const event = { ...whole(things), ...more } as LiveEvent;
  const { state } = run(desk(at(0)), [{ type: 'live', event, at: at(0) }]);
  if (state.name !== 'known') throw new Error('the desk is not known');
  return state;
};
const homes = (count: number) => Array.from({ length: count }, (_, index) => `Hem ${index + 1}`);
const vitals = { camera: 'connected', lookOpen: false };

describe('the watch with many homes', () => {
  it('shows a window with 65 homes as one round, and says how far it has come', () => {
    const looks = homes(65).map((client, index) =>
      look(index, -5, { client, unit: `u-${index}`, ...(index < 2 && { state: 'done', verdict: 'all-well' }) }),
    );
    const { rounds, looks: alone, count } = boardOf(known({ looks }), anna, at(0));
    expect(alone).toEqual([]);
    expect(rounds.map(({ round, due }) => [round.done, round.homes.length, due.length])).toEqual([[2, 65, 63]]);
    expect(count).toBe(63);
  });

  it('keeps the look of a single home as a card, as with one home', () => {
    const { rounds, looks } = boardOf(known({ looks: [look(1, -5)] }), anna, at(0));
    expect([rounds, looks.map((one) => one.look)]).toEqual([[], [uuid(1)]]);
  });

  it('keeps out of the round what somebody has open, and what an alarm has led to', () => {
    const looks = [
      look(1, -5, { client: 'Ek 1' }),
      look(2, -5, { client: 'Ek 2', state: 'open', operator: 'Anna' }),
      look(3, -5, { client: 'Ek 3', reason: { type: 'alarm', alarm: uuid(9) } }),
    ];
    const board = boardOf(known({ looks }), anna, at(0));
    expect(board.rounds[0]?.due.map((one) => one.look)).toEqual([uuid(1)]);
    expect(board.looks.map((one) => one.look)).toEqual([uuid(2), uuid(3)]);
  });

  it('tells of the rounds to come, and counts no unit as something that waits', () => {
    const things = {
      looks: [look(1, 60, { client: 'Ek 1' }), look(2, 60, { client: 'Ek 2' })],
      units: [unit({ presence: 'silent' })],
      visits: [visit(3, 0)],
    };
    const { coming, count } = boardOf(known(things), anna, at(0));
    expect([coming.map(({ homes: all }) => all.length), count]).toEqual([[2], 1]);
  });

  it('draws one mark for a window that many homes have, done when all are', () => {
    const looks = homes(3).map((client, index) => look(index, -5, { client, ...(index === 0 && { state: 'done' }) }));
    expect(nightMarks(known({ looks }), at(0)).looks.map(({ done }) => done)).toEqual([false]);
  });
});

describe('a unit that is not well', () => {
  const plan = { state: 'in-force' };
  for (const [cause, more] of [
    [undefined, { vitals, inForce: plan }],
    ['silent', { presence: 'silent', vitals: { ...vitals, camera: 'lost' } }],
    ['camera-lost', { vitals: { ...vitals, camera: 'lost', power: 'battery' }, inForce: plan }],
    ['in-darkness', { vitals: { ...vitals, cannotSee: 'dark' }, inForce: plan }],
    ['cannot-keep', { vitals: { ...vitals, diskFull: true }, inForce: plan }],
    ['battery', { vitals: { ...vitals, power: 'battery' }, inForce: plan }],
    ['no-plan', { vitals, inForce: { state: 'none' } }],
    ['stopped', { vitals, halt: { type: 'stopped', why: 'plan-ended', since: iso(-60), told: 'yes' } }],
    ['paused', { vitals, inForce: plan, halt: { type: 'paused', from: iso(-60), until: iso(60), told: 'yes' } }],
    ['late', { presence: 'late', vitals, inForce: plan }],
    ['expected', { presence: 'expected' }],
  ] as const)
    it(`is named by its most pressing cause: ${cause ?? 'none'}`, () => {
      expect(causeOf(unit(more), at(0))).toBe(cause);
    });

  it('stands under one cause, so that the numbers add up, the most pressing first', () => {
    const units = [
      unit({ unit: 'a', client: 'Ek 10', vitals: { ...vitals, power: 'battery' }, inForce: plan }),
      unit({ unit: 'b', client: 'Ek 9', vitals: { ...vitals, power: 'battery' }, inForce: plan }),
      unit({ unit: 'c', client: 'Al 1', presence: 'silent', vitals: { ...vitals, power: 'battery' } }),
      unit({ unit: 'd', client: 'Al 2', vitals, inForce: plan }),
    ];
    const groups = byCause(new Map(units.map((one) => [one.unit, one])), at(0), 'sv');
    expect(groups.map((group) => [group.cause, group.units.map(({ client }) => client)])).toEqual([
      ['silent', ['Al 1']],
      ['battery', ['Ek 9', 'Ek 10']],
    ]);
  });
});

describe('the table of homes', () => {
  const units = [
    unit({ unit: 'a', client: 'Åsen 2', place: 'Sovrum', vitals, inForce: { state: 'in-force' } }),
    unit({ unit: 'b', client: 'Ek 10', presence: 'silent', lastHeardAt: iso(-9) }),
    unit({ unit: 'c', client: 'Ek 9', vitals, inForce: { state: 'in-force' } }),
  ];
  const looks = [look(1, 120, { client: 'Ek 9' }), look(2, 60, { client: 'Ek 9' }), look(3, 30, { client: 'Åsen 2' })];
  const lines = homeLines(known({ units, looks }), at(0));
  const names = (how: Partial<Parameters<typeof chosen>[1]>) =>
    chosen(lines, { show: 'all', sort: 'state', down: false, sought: '', ...how }, 'sv').map(
      ({ unit: { client } }) => client,
    );

  it('begins with what is not well, then by name in the order of the language', () =>
    expect(names({})).toEqual(['Ek 10', 'Ek 9', 'Åsen 2']));
  it('sorts by the next look and back', () => {
    expect(names({ sort: 'next' })).toEqual(['Åsen 2', 'Ek 9', 'Ek 10']);
    expect(names({ sort: 'home', down: true })).toEqual(['Åsen 2', 'Ek 10', 'Ek 9']);
  });
  it('filters, and says how many each choice has', () => {
    expect(counted(lines)).toEqual({ all: 3, 'not-well': 1, silent: 1, paused: 0 });
    expect(names({ show: 'silent' })).toEqual(['Ek 10']);
  });
  it('finds a home without its marks, a place, and a unit by its name', () => {
    expect([names({ sought: 'asen' }), names({ sought: 'SOV' }), names({ sought: 'nothing' })]).toEqual([
      ['Åsen 2'],
      ['Åsen 2'],
      [],
    ]);
  });
  it('says when the next look of a home is, the soonest of several', () =>
    expect(lines.find(({ unit: { client } }) => client === 'Ek 9')?.next).toBe(iso(60)));
});

describe('the search', () => {
  const all: Sought[] = [
    ['home', 'Åkerbärsvägen 12', 'Sovrum · hem-7'],
    ['client', 'Siv Berg', 'Bergen 1'],
    ['home', 'Bergen 1', 'hem-1'],
    ['person', 'Anna Lind', 'operatör'],
    ['page', 'Hem', 'Enheterna och hur de mår.'],
  ].map(([kind, name, about], index) => ({ id: `${index}`, kind, name, about, to: { page: 'watch' } }) as Sought);
  const names = (words: string) => find(all, words).map(({ name }) => name);

  it('finds by the beginning of a name first, then by a word of it, then by what stands beside', () => {
    expect(names('berg')).toEqual(['Bergen 1', 'Siv Berg']);
    expect(names('hem')).toEqual(['Hem', 'Åkerbärsvägen 12', 'Bergen 1']);
  });
  it('finds without marks and in any order of words', () => {
    expect(names('akerbar 12')).toEqual(['Åkerbärsvägen 12']);
    expect(names('lind anna')).toEqual(['Anna Lind']);
  });
  it('finds nothing for nothing, and for what is not there', () =>
    expect([names('  '), names('xyz')]).toEqual([[], []]));
});

describe('a newer console', () => {
  const state = (things: Parameters<typeof whole>[0]): DeskState => known(things, { build: 'new' } as never);
  it('is known by what the relay tells, and never where it tells nothing', () => {
    expect(isOutOfDate(state({}), 'old')).toBe(true);
    expect(isOutOfDate(state({}), 'new')).toBe(false);
    expect(isOutOfDate(known({}), 'old')).toBe(false);
    expect(isOutOfDate(state({}), undefined)).toBe(false);
    expect(isOutOfDate(state({}), 'old', 'new')).toBe(false);
  });
  for (const [name, things, path, expected] of [
    ['on a calm watch', {}, '/', true],
    ['on the page of a look', {}, '/look/1', false],
    ['on the page of an alarm', {}, '/alarm/1', false],
    ['while an alarm waits', { alarms: [alarm(1, -1)] }, '/', false],
    ['while I have an alarm', { alarms: [alarm(1, -1, { state: 'taken', takenBy: 'Anna' })] }, '/units', false],
    ['while a colleague has one', { alarms: [alarm(1, -1, { state: 'taken', takenBy: 'Bo' })] }, '/', true],
    ['while my look is open elsewhere', { looks: [look(1, -1, { state: 'open', operator: 'Anna' })] }, '/', false],
    [
      'while my look waits for its verdict',
      { looks: [look(1, -1, { state: 'awaiting-verdict', operator: 'Anna' })] },
      '/',
      false,
    ],
  ] as const)
    it(`is ${expected ? '' : 'not '}offered ${name}`, () =>
      expect(mayLoadNew(state(things as never), anna, path)).toBe(expected));
});

describe('a desk that is told in brief', () => {
  const full = unit({
    lastHeardAt: iso(0),
    vitals: {
      ...{ uptimeSeconds: 5, camera: 'connected', picturesPerSecond: 10, analysedPerSecond: 7, droppedPictures: 0 },
      ...{ outboxDepth: 0, memoryMegabytes: 400, lookOpen: false, power: 'mains', plan: { state: 'in-force' } },
    },
  });
  it('leaves out the figures of a unit that is there, and when it was heard, and can still be read', () => {
    const brief = briefUnit(full);
    expect(UnitView.parse(JSON.parse(JSON.stringify(brief)))).toEqual(brief);
    expect(brief.vitals).toEqual({ camera: 'connected', lookOpen: false, power: 'mains' });
    expect(brief.lastHeardAt).toBeUndefined();
    expect(causeOf(brief, at(0))).toBe(causeOf(full, at(0)));
  });
  it('says since when one is silent', () =>
    expect(briefUnit({ ...full, presence: 'silent' }).lastHeardAt).toBe(iso(0)));
  it('is the same desk after a beat, and another after a change', () => {
    const before = known({ units: [full] });
    const beat = { type: 'live', event: { type: 'beat', now: iso(1) }, at: at(1) } as const;
    const changed = { type: 'live', event: { type: 'unit', unit: full }, at: at(1) } as const;
    const machine = { ...desk(at(0)), initial: before as DeskState };
    expect(isSameContent(before, run(machine, [beat]).state)).toBe(true);
    expect(isSameContent(before, run(machine, [changed]).state)).toBe(false);
  });
});
