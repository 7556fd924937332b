/** For how long training homes stand on somebody's desk: eight hours, until the session is over, and past a locked computer. */
import { openTraining } from '@nattfrid/relay/organisations/training';
import { type Duration, hours, milliseconds } from '@nattfrid/shared/time/duration';
import { expect, it } from 'vitest';

it('A2.8 whoever signs in anew where they had locked a computer goes on training, no longer than at first', async () => {
  let now: Duration = hours(0);
  let told = 0;
  const training = openTraining({ clock: { steady: () => now }, tellDesk: async () => void told++ });
  await training.show({ id: 'anna', session: 'locked' }, true);
  training.moved('locked', 'anew');
  await training.tick(new Map([['anew', 'anna']]));
  expect([training.shows('anna'), told]).toEqual([true, 1]);
  now = milliseconds(hours(8) + 1);
  await training.tick(new Map([['anew', 'anna']]));
  expect([training.shows('anna'), told]).toEqual([false, 2]);
});
