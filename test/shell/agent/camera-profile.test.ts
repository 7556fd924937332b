/** The setting `camera.profile`: what a make wants otherwise is done on the wire. */
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import type { ProfileName } from '@nattfrid/agent/camera/profiles';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { quickClock } from '@nattfrid/stand-ins/quick-clock';
import { describe, expect, it } from 'vitest';
import { answer, keyPicture, play, startManneredCamera } from '../../support/mannered-camera.ts';

/** Watches for so many pictures. */
async function watch(url: string, profile: ProfileName, enough = 3): Promise<void> {
  const stop = new AbortController();
  let many = 0;
  for await (const _ of rtspCamera({ url, profile, clock: quickClock(1) }).open(stop.signal))
    if (++many >= enough) stop.abort();
}

describe('a camera with a profile', () => {
  it('is asked for the small stream of its make where the address has no path', async () => {
    using camera = await startManneredCamera();
    await watch(camera.url.replace('/live', ''), 'hikvision');
    expect(camera.asked[0]?.url).toBe(`rtsp://127.0.0.1:${camera.port}/Streaming/Channels/102`);
  });

  it('is kept alive in the way that it bears, whatever it says it knows', async () => {
    using camera = await startManneredCamera({
      SETUP: (asked) =>
        answer(asked, '200 OK', [`Transport: ${asked.headers.get('transport')}`, 'Session: 7;timeout=1']),
      PLAY: (asked, socket) => {
        play(socket);
        return answer(asked);
      },
    });
    await watch(camera.url, 'no-get-parameter', 40);
    const kept = camera.asked
      .map((one) => one.method)
      .slice(camera.asked.findIndex((one) => one.method === 'PLAY') + 1);
    expect(kept).toContain('OPTIONS');
    expect(kept).not.toContain('GET_PARAMETER');
  });

  it('gives its pictures over UDP without being asked for TCP', async () => {
    const media: Datagrams = createSocket('udp4');
    await new Promise<void>((resolve) => media.bind(0, '127.0.0.1', resolve));
    let to = 0;
    using camera = await startManneredCamera({
      SETUP: (asked) => {
        to = Number(/client_port=(\d+)/.exec(asked.headers.get('transport') ?? '')?.[1]);
        return answer(asked, '200 OK', [`Transport: ${asked.headers.get('transport')}`, 'Session: 7']);
      },
      PLAY: (asked, socket) => {
        let turn = 0;
        const timer = setInterval(() => {
          for (const packet of keyPicture(turn)) media.send(packet, to, '127.0.0.1');
          turn++;
        }, 40);
        socket.once('close', () => clearInterval(timer));
        return answer(asked);
      },
    });
    await watch(camera.url, 'over-udp');
    const setUps = camera.asked.filter((one) => one.method === 'SETUP').map((one) => one.headers.get('transport'));
    expect(setUps).toEqual([expect.stringContaining('client_port')]);
    media.close();
  });
});
