/** Stage: writes the capture time into a picture (H.264 SEI) twice a second, by which a viewer sees whether pictures fall behind. */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { writePictureTime } from '@nattfrid/shared/wire/picture-time';
import type { Coded } from './coded.ts';

/** Not in every picture: it would take a twentieth of a silhouette's bits. */
const every: Duration = milliseconds(500);

export async function* timed(source: AsyncIterable<Coded>): AsyncIterable<Coded> {
  let told: Instant | undefined;
  for await (const one of source) {
    if (one.type !== 'coded' || (told !== undefined && one.at >= told && one.at - told < every)) {
      yield one;
      continue;
    }
    told = one.at;
    yield { ...one, data: writePictureTime(one.data, one.at) };
  }
}
