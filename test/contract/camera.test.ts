/** The camera contract over each kind of camera: a recording, our test camera, and gst-rtsp-server. */
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import { afterAll } from 'vitest';
import { startTestCamera } from '../stand-ins/test-camera/server.ts';
import { openClipFolder } from '../support/counted-clip.ts';
import { cameraContract } from './camera.contract.ts';

const clips = await openClipFolder();
const file = await clips.draw();
const reordered = await clips.draw({ coding: ['-c:v', 'libx264', '-bf', '2', '-g', '10', '-crf', '10'] });
const scope = new AsyncDisposableStack();
scope.use(clips);
afterAll(() => scope.disposeAsync());

const user = 'anna';
const password = 'på:sk@lilja/"\\';
const secret = password;

for (const speed of ['max', 'life'] as const)
  cameraContract({
    name: `a recording, played at ${speed}`,
    open: async () => replayCamera({ file, clock, start: instant(1_000_000), speed }),
  });
cameraContract({
  name: 'a recording with pictures out of order',
  open: async () => replayCamera({ file: reordered, clock, start: instant(0), speed: 'max' }),
});

for (const scheme of ['digest-md5', 'digest-sha-256', 'basic'] as const) {
  const server = scope.use(await startTestCamera({ file, port: 0, user, password, scheme }));
  cameraContract({
    name: `our test camera with ${scheme}`,
    secret,
    open: async () => rtspCamera({ url: server.url, clock }),
  });
}
const free = scope.use(await startTestCamera({ file, port: 0 }));
cameraContract({ name: 'our test camera without a password', open: async () => rtspCamera({ url: free.url, clock }) });

if (hasGstCamera) {
  const open = scope.use(await startGstCamera(file));
  const udp = scope.use(await startGstCamera(file, undefined, 'udp'));
  cameraContract({ name: 'gst-rtsp-server over UDP alone', open: async () => rtspCamera({ url: udp.url, clock }) });
  const shut = scope.use(await startGstCamera(file, { user, password: 'hemlig' }));
  cameraContract({ name: 'gst-rtsp-server', open: async () => rtspCamera({ url: open.url, clock }) });
  cameraContract({
    name: 'gst-rtsp-server with Digest',
    secret: 'hemlig',
    open: async () => rtspCamera({ url: shut.url, clock }),
  });
}
