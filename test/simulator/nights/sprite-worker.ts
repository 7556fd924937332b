/** Worker thread that renders its share of the empty room, then each requested animation. */
import { parentPort, workerData } from 'node:worker_threads';
import { camera } from '../scene/set.ts';
import { drawRoom, type StillRoom } from '../scene/still-room.ts';
import { animationsOf } from './animations.ts';
import { drawSprite, size } from './sprite.ts';

const { room, share, of } = workerData as { room: StillRoom; share: number; of: number };
drawRoom(room, camera, size, share, of);
parentPort!.postMessage('room');
parentPort!.on('message', ({ outfit, name }: { outfit: number; name: string }) => {
  const animation = animationsOf(outfit)[name]!;
  parentPort!.postMessage(
    Array.from({ length: animation.pictures }, (_, picture) => drawSprite(room, animation.personsAt(picture))),
  );
});
