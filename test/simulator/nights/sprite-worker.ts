/** Worker thread that renders its share of the empty room, then each requested animation. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawRoom, type StillRoom } from '../scene/still-room.ts';
import { animationsOf } from './animations.ts';
import { type HomeName, homeOf } from './home-of-night.ts';
import { drawSprite, size } from './sprite.ts';

const { room, share, of, name: night } = workerData as { room: StillRoom; share: number; of: number; name: HomeName };
const home = homeOf(night);
const animations = animationsOf(home);
drawRoom(room, home.camera, size, share, of, home);
parentPort!.postMessage('room');
parentPort!.on('message', (name: string) => {
  const animation = animations[name]!;
  const backdrop = { room, camera: home.camera, lamp: home.lamp };
  parentPort!.postMessage(
    Array.from({ length: animation.pictures }, (_, picture) => drawSprite(backdrop, animation.personsAt(picture))),
  );
});
