/** A look that was opened in this browser, on every camera of the home. */
import { type OpenedLookEvent, openedLook } from '@nattfrid/console/viewing/opened-look';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { UnitId } from '@nattfrid/shared/domain/ids';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { look, uuid } from './night.ts';

const [bed, hall] = [UnitId.parse('bed'), UnitId.parse('hall')];
const [lead, beside] = [uuid(1), uuid(2)] as [LookView['look'], LookView['look']];
const inBed = (state: LookView['state']) => look(1, 0, { state, unit: bed });
const inHall = (state: LookView['state'], id = 2) => look(id, 0, { state, unit: hall, beside: lead });
const told = (view: LookView): OpenedLookEvent => ({ type: 'told', view });
const opened = (state: LookView['state'], units = [bed, hall]): OpenedLookEvent => ({
  type: 'opened',
  lead: inBed(state),
  units,
});
const names: ReadonlyMap<string, string> = new Map([
  [lead, 'bed'],
  [beside, 'hall'],
]);

const effectsOf = (events: readonly OpenedLookEvent[]) =>
  run(openedLook, events).effects.map((effect) => {
    const where = 'unit' in effect ? effect.unit : names.get(effect.look);
    return `${effect.type} ${where}${effect.type === 'close' && effect.why ? ` ${effect.why}` : ''}`;
  });

describe('a look that is opened on every camera of a home', () => {
  for (const [name, events, expected] of [
    [
      'asks for the pictures with the look, and waits for the unit’s yes',
      [opened('asked')],
      ['began bed', 'watch bed'],
    ],
    ['has them once it has', [opened('asked'), told(inBed('open'))], ['began bed', 'watch bed', 'allowed bed']],
    [
      'fetches them once, however often the relay tells',
      [opened('open'), told(inBed('open')), told(inBed('asked'))],
      ['began bed', 'watch bed', 'allowed bed'],
    ],
    [
      'is not ended by what the live stream tells late, of before it was asked for',
      [opened('asked'), told(inBed('due')), told(inBed('open'))],
      ['began bed', 'watch bed', 'allowed bed'],
    ],
    [
      'is ended where it is due again, because its unit does not know this console',
      [opened('asked'), told({ ...inBed('due'), refusal: 'console-unknown' })],
      ['began bed', 'watch bed', 'finish bed', 'ended bed'],
    ],
    [
      'has each camera in its own time',
      [opened('open'), told(inHall('asked')), told(inHall('open'))],
      ['began bed', 'watch bed', 'allowed bed', 'began hall', 'watch hall', 'allowed hall'],
    ],
    [
      'ends one camera alone when its look is over',
      [opened('open'), told(inHall('open')), told(inHall('failed'))],
      [
        'began bed',
        'watch bed',
        'allowed bed',
        'began hall',
        'watch hall',
        'allowed hall',
        'finish hall',
        'ended hall',
      ],
    ],
    [
      'takes nothing for this camera’s that belongs to another look of it',
      [opened('open'), told(inHall('open')), told(inHall('failed', 3))],
      ['began bed', 'watch bed', 'allowed bed', 'began hall', 'watch hall', 'allowed hall'],
    ],
    [
      'ends at once where its only camera can show nothing, and leaves the relay’s look as it is',
      [opened('failed', [bed])],
      ['finish bed'],
    ],
    [
      'goes on with the camera beside where the one that leads can show nothing',
      [opened('failed'), told(inHall('open'))],
      ['began hall', 'watch hall', 'allowed hall'],
    ],
    [
      'fails at the relay where one camera is not to be trusted, and the other goes on',
      [opened('open'), { type: 'untrusted', look: lead }, told(inHall('open'))],
      [
        'began bed',
        'watch bed',
        'allowed bed',
        'finish bed',
        'close bed key-changed',
        'began hall',
        'watch hall',
        'allowed hall',
      ],
    ],
    [
      'ends everywhere when its screen is left, and the relay is told of the one that leads',
      [opened('open'), { type: 'left', look: beside, tellRelay: true }, { type: 'left', look: lead, tellRelay: true }],
      ['began bed', 'watch bed', 'allowed bed', 'finish bed', 'ended bed', 'finish hall', 'close bed'],
    ],
    [
      'ends without telling the relay what it knows already',
      [opened('open', [bed]), { type: 'left', look: lead, tellRelay: false }],
      ['began bed', 'watch bed', 'allowed bed', 'finish bed', 'ended bed'],
    ],
    [
      'waits for its verdict where no camera was seen: leaving the screen does not close it',
      [opened('failed'), { type: 'left', look: lead, tellRelay: true }],
      ['finish bed', 'finish hall'],
    ],
    [
      'ends when the window is closed, once',
      [opened('open', [bed]), { type: 'closed' }, { type: 'closed' }],
      ['began bed', 'watch bed', 'allowed bed', 'finish bed', 'ended bed', 'close bed'],
    ],
  ] satisfies [string, OpenedLookEvent[], string[]][])
    it(name, () => expect(effectsOf(events)).toEqual(expected));
});
