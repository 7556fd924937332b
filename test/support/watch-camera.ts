/** Watches a network camera for so many pictures, with short limits. */
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';

const limits = { connect: milliseconds(1500), answer: milliseconds(3000), picture: milliseconds(1500) };

/** @returns how many pictures came, or the Fault that came instead */
export async function watchCamera(url: string, enough = 3, certificate?: string): Promise<number | Fault> {
  const stop = new AbortController();
  let pictures = 0;
  try {
    const camera = rtspCamera({ url, certificate, clock, limits });
    for await (const _ of camera.open(stop.signal)) if (++pictures >= enough) stop.abort();
    return pictures;
  } catch (error) {
    return asFault(error);
  }
}
