/** What a look's screen shows: never an old picture as a new one, never a picture without a reason when there is none. */
import { face, shows } from '@nattfrid/console/viewing/face';
import { type Viewing, type ViewingEvent, viewing } from '@nattfrid/console/viewing/viewing';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after as later } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { anna, at, look, uuid } from './night.ts';

const id = look(1, 0).look;
const asked = look(1, 0, { state: 'asked', operator: 'Anna' });
const open = look(1, 0, { state: 'open', operator: 'Anna', mode: 'silhouette' });
const began: ViewingEvent = { type: 'began', look: id };
const opened: ViewingEvent = { type: 'opened' };
const drawn: ViewingEvent = { type: 'drawn', at: at(0) };
const lost: ViewingEvent = { type: 'link-lost' };

describe('the face of a look', () => {
  for (const [name, view, events, age, expected] of [
    ['asks for opening when it is due', look(1, 0), [], 0, 'due'],
    ['says that the unit is being asked', asked, [began], 0, 'asking'],
    ['says that the picture is being fetched', open, [began], 0, 'connecting'],
    ['shows the picture', open, [began, opened, drawn], 0.1, 'live'],
    ['still counts it as live after two seconds', open, [began, opened, drawn], 2, 'live'],
    ['marks a picture older than two seconds', open, [began, opened, drawn], 2.1, 'stale'],
    ['takes away a picture older than five seconds', open, [began, opened, drawn], 5.1, 'gone'],
    ['goes on with the picture for a moment when the link breaks', open, [began, opened, drawn, lost], 1, 'live'],
    ['takes it away when the link stays broken', open, [began, opened, drawn, lost], 6, 'gone'],
    [
      'says why there is none, as the unit said under seal',
      open,
      [began, { type: 'no-picture', why: 'room-not-learnt' }],
      0,
      'no-picture',
    ],
    [
      'waits again when the unit says that there will be one',
      open,
      [began, { type: 'no-picture', why: 'camera-lost' }, { type: 'picture-again' }],
      0,
      'connecting',
    ],
    [
      'says why there is none, as the relay was told',
      look(1, 0, { state: 'open', operator: 'Anna', noPicture: 'camera-lost' }),
      [began],
      0,
      'no-picture',
    ],
    [
      'says that a colleague was not let in, and keeps nothing of what was drawn',
      open,
      [began, opened, drawn, { type: 'put-out', look: id }, drawn],
      0,
      'put-out',
    ],
    [
      'believes no picture that is not proved',
      open,
      [began, opened, drawn, { type: 'untrusted' }, drawn],
      0,
      'untrusted',
    ],
    ['says that the unit refused', look(1, 0, { state: 'refused', refusal: 'outside-window' }), [began], 0, 'refused'],
    [
      'is not trusted where the unit’s key is not the known one, whatever is drawn',
      look(1, 0, { state: 'failed', fault: 'key-changed' }),
      [began, opened, drawn],
      0,
      'untrusted',
    ],
    ['says that it failed', look(1, 0, { state: 'failed', fault: 'no-answer' }), [began], 0, 'failed'],
    [
      'ends, and asks for the verdict',
      look(1, 0, { state: 'awaiting-verdict', end: 'time-up' }),
      [began, drawn, { type: 'ended' }],
      0,
      'ended',
    ],
    ['cannot show what another window has the key to', open, [], 0, 'elsewhere'],
    [
      'does not show the picture of another look',
      open,
      [{ type: 'began', look: look(2, 0).look }, drawn],
      0,
      'elsewhere',
    ],
    [
      'says what the browser lacks before anything is opened',
      look(1, 0),
      [{ type: 'lacks', what: 'video-decoder' }],
      0,
      'lacking',
    ],
  ] satisfies [string, LookView, ViewingEvent[], number, string][])
    it(name, () => {
      const { state } = run(viewing, events);
      expect(face(view, state, anna, later(at(0), seconds(age))).name).toBe(expected);
    });

  it('lets pixels stand only while they are live or marked as stale', () => {
    const states: Viewing[] = [0, 2100, 5100].map(() => run(viewing, [began, opened, drawn]).state);
    const shown = [0, 2100, 5100].map((age, index) =>
      shows(face(open, states[index]!, anna, later(at(0), milliseconds(age)))),
    );
    expect(shown).toEqual([true, true, false]);
  });
});

describe('the canvas is cleared', () => {
  for (const [name, events, cleared] of [
    ['when another look begins', [began, drawn, { type: 'began', look: look(2, 0).look }], 2],
    ['when the unit says that there is no picture', [began, drawn, { type: 'no-picture', why: 'camera-blind' }], 2],
    ['when a picture cannot be trusted', [began, drawn, { type: 'untrusted' }], 2],
    ['when it ends', [began, drawn, { type: 'ended' }], 2],
    ['and nothing is drawn after the end', [began, drawn, { type: 'ended' }, drawn, drawn], 2],
  ] satisfies [string, ViewingEvent[], number][])
    it(name, () => expect(run(viewing, events).effects).toHaveLength(cleared));

  it('counts the pictures that were drawn', () => {
    const { state } = run(viewing, [began, opened, drawn, drawn, lost, drawn]);
    expect(state).toEqual({ name: 'live', look: uuid(1), pictures: 3, at: at(0) });
  });
});
