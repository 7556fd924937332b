/** Stage: writes into a picture when it was taken, twice a second: whoever looks sees by it whether the pictures fall behind. */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { writePictureTime } from '@nattfrid/shared/wire/picture-time';
import type { Coded } from './coded.ts';

/** In every picture it would be a twentieth of what a silhouette needs. */
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
