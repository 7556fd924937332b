/** Waits for a camera's first whole picture: whoever sets it up hears at once whether it can be watched, and why not. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, printDuration } from '@nattfrid/shared/time/duration';
import type { Camera } from './camera.ts';
import type { Packet } from './packet.ts';

/**
 * The camera is closed again afterwards.
 * @param within so long a camera is waited for that is connected and sends no whole picture
 * @throws Fault those of the camera, and `camera-silent` after so long
 */
export async function firstPicture(
  camera: Camera,
  { clock, within }: { readonly clock: Clock; readonly within: Duration },
  signal: AbortSignal,
): Promise<Packet> {
  const enough = new AbortController();
  const tooLong = clock.sleep(within, enough.signal).then(() => enough.abort());
  try {
    for await (const packet of camera.open(AbortSignal.any([signal, enough.signal]))) return packet;
  } finally {
    enough.abort();
    await tooLong;
  }
  throw new Fault(
    'camera-silent',
    `The camera ${camera.name} is connected, and no whole picture has come for ${printDuration(within)}. Set its I-frame interval to 1 or 2 s, and a smart codec (H.264+, H.265+, Zipstream) off.`,
    { fields: { camera: camera.name } },
  );
}
