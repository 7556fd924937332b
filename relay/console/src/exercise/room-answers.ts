/** The room of the home that nobody lives in: what its unit would propose, and what is confirmed of it. */
import type { RoomView } from '@nattfrid/shared/desk/room-view';
import type { Answers } from './answer.ts';
import { bed, door, floor, points } from './drawn-room.ts';
import type { World } from './world.ts';

export function roomAnswers(world: World): Answers {
  let view: RoomView = {
    proposed: {
      at: world.now(),
      proposal: {
        watchedMinutes: 34,
        aspect: 16 / 9,
        beds: [{ outline: points(bed), certainty: 0.91, seen: 52, looked: 57, score: 0.7, restedMinutes: 18 }],
        floor: { outline: points(floor), certainty: 0.8, steps: 240, walks: 9 },
        exits: [{ outline: points(door), certainty: 0.55, at: 'inside', out: 3, in: 4 }],
      },
    },
  };
  return {
    room() {
      world.step('room-read');
      return view;
    },
    confirmRoom({ body: { room } }) {
      const confirmed = { version: 1, room, at: world.now(), who: world.me.name, inUseSince: world.now() };
      view = { ...view, confirmed };
      world.step('room-confirmed');
      return view;
    },
  };
}
