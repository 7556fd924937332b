/** Worker thread of the studio: renders its share of the empty room, then each requested picture. */
import { parentPort, workerData } from 'node:worker_threads';
import { bodyOf } from './body.ts';
import { pictureOf } from './picture.ts';
import { camera, colour, fps, size } from './set.ts';
import { drawRoom, type StillRoom } from './still-room.ts';
import { posesAt, type Story, stories } from './story.ts';

const { room, share, of } = workerData as { room: StillRoom; share: number; of: number };
const told: readonly Story[] = stories();

drawRoom(room, camera, size, share, of);
parentPort!.postMessage('room');
parentPort!.on('message', ({ name, number }: { name: string; number: number }) => {
  const story = told.find((one) => one.name === name)!;
  const persons = posesAt(story, number / fps).map(({ appearance, pose }) => ({ appearance, body: bodyOf(pose) }));
  const picture = pictureOf({ camera, size, room, colour }, persons, story.seed * 100_003 + number);
  parentPort!.postMessage(picture, [picture.buffer]);
});
