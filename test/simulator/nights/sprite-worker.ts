/** A worker that draws its share of the empty room, then the takes that it is asked for. */
import { parentPort, workerData } from 'node:worker_threads';
import { camera } from '../scene/set.ts';
import { drawRoom, type StillRoom } from '../scene/still-room.ts';
import { takesOf } from './animations.ts';
import { drawSprite, size } from './sprite.ts';

const { room, share, of } = workerData as { room: StillRoom; share: number; of: number };
drawRoom(room, camera, size, share, of);
parentPort!.postMessage('room');
parentPort!.on('message', ({ wears, name }: { wears: number; name: string }) => {
  const take = takesOf(wears)[name]!;
  parentPort!.postMessage(
    Array.from({ length: take.pictures }, (_, picture) => drawSprite(room, take.personsAt(picture))),
  );
});
